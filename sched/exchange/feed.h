/*
 * feed.h -- an input told to a reader, and what went wrong told as remarks.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_FEED_H
#define CONCVIZ_SCHED_EXCHANGE_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "sched/base/strbuf.h"

struct input;
struct journal;
struct json_reader;

/* All of the input to a JSON reader, as far as it goes. */
void feed_json(struct journal *journal, struct input *input,
               struct json_reader *reader);

/*
 * All lines to take, which is told the line (at most FEED_LINE_MAX bytes of it,
 * NUL in place of its end, no NULs in it) and its number; it returns false for
 * no more.
 */
enum {
    FEED_LINE_MAX = 64 * 1024
};
void feed_lines(struct journal *journal, struct input *input,
                bool (*take)(void *context, char *line, size_t length,
                             int number),
                void *context);

/* The same piece by piece: as the pieces come, a line once it has ended, and the
 * last one when there is no more. */
struct feed {
    struct strbuf line; /* as far as it was read */
    int number;         /* of lines, so far */
    bool more;          /* take wants it */
    bool (*take)(void *context, char *line, size_t length, int number);
    void *context;
};

void feed_init(struct feed *feed,
               bool (*take)(void *context, char *line, size_t length,
                            int number),
               void *context);
void feed_add(struct feed *feed, const char *text, size_t length);
void feed_end(struct feed *feed);
void feed_fini(struct feed *feed);

#endif
