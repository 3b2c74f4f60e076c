/*
 * exported.h -- a run on its way into a file that other programs read.
 *
 * Files of these formats are for programs: their words are never translated.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_EXPORTED_H
#define CONCVIZ_SCHED_EXCHANGE_EXPORTED_H

#include <stdio.h>

struct history;
struct interval;
struct service;
struct strbuf;

/* All of it borrowed. */
struct exported {
    const struct history *history; /* of a run that has ended */
    const char *label;             /* what the run is called */
};

/* What a task does in a stretch of its life: "running", "in line", …; NULL
 * where it is not there, or done. */
const char *exported_state(const struct interval *at);

/* Append what it waits for there, "lock m"; nothing if it does not wait, or it
 * is not known for what. */
void exported_waits_for(struct strbuf *out, const struct history *history,
                        const struct interval *at);

/* Append both as one name, "blocked on lock m". at has a state. */
void exported_stretch(struct strbuf *out, const struct history *history,
                      const struct interval *at);

/* Append whom a machine serves, and how if the task does not compute: "A",
 * "A (held)". at is not idle. */
void exported_service(struct strbuf *out, const struct history *history,
                      const struct service *at);

/* Write text to out and empty it, unless it is shorter than least. Returns 0 or
 * a negative errno value. */
int exported_flush(FILE *out, struct strbuf *text, size_t least);

enum {
    EXPORTED_PIECE = 1 << 16 /* bytes that are worth a write */
};

#endif
