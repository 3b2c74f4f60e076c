/*
 * history_value.h -- what the things that tasks share were worth at any
 * instant, who had them, and where in the text each task was.
 *
 * All is asked of the moment after the first `events` events (history_after
 * finds it), because much can happen at one instant. Numbers come from the
 * trace: an index that names nothing has no values. Nothing is found by going
 * through the run from its start. As in history.h, one thread.
 */
#ifndef CONCVIZ_SCHED_HISTORY_HISTORY_VALUE_H
#define CONCVIZ_SCHED_HISTORY_HISTORY_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

struct history;

/* --- shared variables ----------------------------------------------------- */

/*
 * A shared variable. If the last one to write it had read it, and others wrote
 * in between, then what they wrote is lost: nobody has seen it.
 */
struct value_shared {
    int64_t value, before; /* before the last write */
    int by;                /* who wrote last; -1: nobody yet */
    int64_t since_ns;      /* when */
    bool had_read;         /* the writer had read it, since its last write, */
    int64_t read;          /* this value, */
    int64_t read_ns;       /* at this time */
    bool update;           /* and what it wrote was made from that: `write`, a
                              program in C, or n = n + 1 */
    int lost;              /* the last one whose write is lost so, or -1 */
    bool lost_others;      /* and those of others, too */
};

struct value_shared history_value_shared(const struct history *history,
                                         int shared, size_t events);

/* A copy that a task has read and not yet written from: one of its last 64. A
 * task that is done has none. */
struct value_copy {
    int task;
    int64_t value, read_ns;
    bool old; /* somebody else has written since */
};

/* Fill copy[] (room for max), first read first; returns how many there are,
 * which may be more. */
size_t history_value_copies(const struct history *history, int shared,
                            size_t events, struct value_copy *copy, size_t max);

/* --- what tasks wait for -------------------------------------------------- */

/*
 * Fill task[] (room for max) with those who wait so for the object (0 for
 * WAIT_GIL; WAIT_TIME and WAIT_JOIN are not known), first come first; returns
 * how many there are, which may be more. Who waits at a machine waits, too.
 */
size_t history_value_waiting(const struct history *history, enum wait_kind wait,
                             int object, size_t events, int *task, size_t max);

/* Who has the GIL, and since when; -1: nobody. */
int history_value_gil(const struct history *history, size_t events,
                      int64_t *since_ns);

/* A channel. */
struct value_channel {
    size_t count; /* values in it */
    bool closed;
    int sender, receiver; /* who did so last; -1: nobody */
};

struct value_channel history_value_channel(const struct history *history,
                                           int channel, size_t events);

/* Fill sent[] (room for max) with the SENT events of what is in the channel,
 * what comes out first first; returns how many there are, which may be more. */
size_t history_value_in(const struct history *history, int channel,
                        size_t events, size_t *sent, size_t max);

/* How many permits a semaphore has. */
int64_t history_value_permits(const struct history *history, int semaphore,
                              size_t events);

/* Fill task[] (room for max) with those who have a readers-writer lock, and
 * whether one of them does to write; returns how many there are. */
size_t history_value_holders(const struct history *history, int rwlock,
                             size_t events, bool *writes, int *task,
                             size_t max);

/* The SENT event whose value the RECEIVED event `received` has taken out. Returns
 * false where there is none, as of a channel that is closed. */
bool history_value_given(const struct history *history, size_t received,
                         size_t *sent);

/* Is what the SENT event `sent` put into its channel still there after the first
 * `events` events? */
bool history_value_stays(const struct history *history, size_t sent,
                         size_t events);

/* How many values a generator was asked for, and by whom last (-1: nobody). */
size_t history_value_asked(const struct history *history, int generator,
                           size_t events, int *by);

/* --- the text ------------------------------------------------------------- */

/* Where in the text the task is, or was when it ended: the event of its last
 * STEP. Returns false before its first. */
bool history_value_step(const struct history *history, int task, size_t events,
                        size_t *step);

/* How many lines have been said, and the event that said line `index`. */
size_t history_value_said(const struct history *history, size_t events);
size_t history_value_say(const struct history *history, size_t index);

/* What a SAY event says; "" if it is not known. */
const char *history_value_text(const struct history *history, size_t event);

/* Is there anything in the run that says something? */
bool history_value_can_say(const struct history *history);

#endif
