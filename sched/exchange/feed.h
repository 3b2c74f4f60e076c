/*
 * feed.h -- an input told to a reader, and what went wrong told as remarks.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_FEED_H
#define CONCVIZ_SCHED_EXCHANGE_FEED_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
