/*
 * perf_line.h -- the lines of `perf script`, cut in pieces.
 *
 * They are cut in place. Any thread.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_PERF_LINE_H
#define CONCVIZ_SCHED_EXCHANGE_PERF_LINE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PERF_COMM_BYTES = 64 /* the kernel keeps 16 */
};

/* The beginning of a line. */
struct perf_head {
    const char *comm; /* ends with NUL */
    int64_t tid;
    int64_t cpu; /* -1: not known */
    int64_t t_ns;
    const char *event; /* what stands behind the time, without blanks */
};

/* Cut the beginning of a line off; false: it is no line of an event. */
bool perf_line_head(char *line, struct perf_head *head);

/* What a switch says: [0] leaves in that state, [1] comes. */
struct perf_switch {
    char comm[2][PERF_COMM_BYTES];
    int64_t tid[2];
    char state;
};

/* Read what stands behind "sched_switch:"; false: it is none. */
bool perf_line_switch(const char *text, struct perf_switch *s);

/* Read whom "sched_wakeup:" or the like names. */
bool perf_line_woken(const char *text, char comm[PERF_COMM_BYTES],
                     int64_t *tid);

/*
 * The value behind "key=", up to the last `next`, or, if that is NULL or not
 * there, up to a blank; empty if there is no such key. As a number: -1 if it is
 * none.
 */
void perf_line_field(const char *text, const char *key, const char *next,
                     char out[PERF_COMM_BYTES]);
int64_t perf_line_number(const char *text, const char *key);

#endif
