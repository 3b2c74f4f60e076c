/*
 * json_record.h -- the records in a stream of JSON, one by one.
 *
 * A record is an object in the array that is the whole text, in an array of
 * the outermost object, or one that stands alone. Of each only what is wanted is
 * kept, so that the memory needed does not grow with the text. One thread at a
 * time.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_JSON_RECORD_H
#define CONCVIZ_SCHED_EXCHANGE_JSON_RECORD_H

#include <stdbool.h>
#include <stddef.h>

struct json_reader;

enum {
    JSON_WANTED_MAX = 16,
    JSON_TEXT_MAX = 4096,     /* bytes kept of a string */
    JSON_TOKEN_MAX = 1 << 20, /* bytes of one in the text */
    JSON_DEPTH_MAX = 200,
};

/* What a record says of something; valid while it is looked at. */
struct json_value {
    enum json_kind {
        JSON_ABSENT,
        JSON_STRING,
        JSON_NUMBER,
        JSON_OTHER
    } kind;
    const char *text; /* of a string, without quotes, or of a number; NULs in
                         it have become '?'; ends with NUL */
    size_t length;
};

struct json_shape {
    const char *list;  /* of the outermost object: where records are; NULL: the
                         outermost objects themselves are records */
    const char *alone; /* an object of the outermost object that is one, too */
    const char *const *wanted; /* "name", "args.name"; at most JSON_WANTED_MAX.
                         In an array its last value, or first object, counts */
    int wanted_count;
    /* Look at a record, with a value for each that is wanted; false: no more */
    bool (*record)(void *context, const struct json_value *value);
};

enum json_state {
    JSON_FINE,
    JSON_BROKEN,   /* this is not JSON */
    JSON_TOO_DEEP, /* more than JSON_DEPTH_MAX */
    JSON_TOO_LONG, /* something has more than JSON_TOKEN_MAX */
    JSON_ENOUGH,   /* record returned false */
    JSON_COMMA,    /* a comma before a bracket: no more records, but these
                       were all */
};

struct json_reader *json_record_new(const struct json_shape *shape,
                                    void *context);
void json_record_free(struct json_reader *reader);

/* Read on; not again once the state is another than JSON_FINE. */
enum json_state json_record_read(struct json_reader *reader, const char *text,
                                 size_t length);

/* Whether the text may end here: nothing is begun but, at most, a list of
 * records. */
bool json_record_is_whole(const struct json_reader *reader);

/* How far it has been read: line and column, from 1. */
void json_record_place(struct json_reader *reader, int *line, int *column);

#endif
