/*
 * json_read.h -- JSON as a tree, for tests of what we write: strict, as RFC 8259
 * has it.
 */
#ifndef CONCVIZ_TESTS_CHECK_JSON_READ_H
#define CONCVIZ_TESTS_CHECK_JSON_READ_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct json_value {
    enum {
        JSON_NULL,
        JSON_BOOL,
        JSON_NUMBER,
        JSON_STRING,
        JSON_ARRAY,
        JSON_OBJECT
    } kind;
    int64_t number;   /* rounded towards 0; of a bool 0 or 1 */
    const char *text; /* of a string, in UTF-8 */
    const char *name; /* in an object */
    struct json_value **item;
    size_t count;
};

/* Read one value and nothing behind it but spaces; NULL if that is not what the
 * text is. All of it lives in arena. */
const struct json_value *json_read(struct arena *arena, const char *text);

/* The member of an object; NULL if there is none. */
const struct json_value *json_read_member(const struct json_value *value,
                                          const char *name);

#endif
