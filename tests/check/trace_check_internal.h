/*
 * trace_check_internal.h -- what the files of the checker share.
 *
 *   trace_check.c        places and machines, and reading the trace
 *   trace_check_rule.c   telling which rule was broken
 *   trace_check_steps.c  steps, work, and the objects tasks share
 *   trace_check_sync.c   of these: semaphores, conditions, readers-writer locks
 */
#ifndef CONCVIZ_TESTS_CHECK_TRACE_CHECK_INTERNAL_H
#define CONCVIZ_TESTS_CHECK_TRACE_CHECK_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"
#include "sched/workload/step_cursor.h"

enum whereabouts {
    AT_UNKNOWN, /* no event yet */
    AT_NOWHERE, /* created, but not in line; a generator between calls */
    AT_LINE,
    AT_SWITCHING,
    AT_RUNNING,
    AT_HELD,
    AT_CALLING,
    AT_AWAY,
    AT_BLOCKED,
    AT_DONE,
};

/* What is known of a task so far. */
struct checked_task {
    enum whereabouts where;
    int machine; /* where it is or runs as a generator, or -1 */
    int partner; /* the generator it calls, or -1 */
    int64_t until_ns;
    bool began; /* cursor is in use */
    struct step_cursor cursor;
    struct request request; /* the step underway */
    int64_t left_ns;
    bool complete;        /* the step underway has had its effect */
    bool gave;            /* it waits for a condition: it gave the lock away */
    bool awaits;          /* and nobody has woken it */
    bool cancelled, quit; /* somebody wants it to end; it does so */
    bool job_over;        /* a periodic task's, which may have another */
    bool working;
    bool without_gil; /* at a machine where only the holder computes */
    bool stolen;      /* off its core: it does nothing until it is back */
    int copy_of;      /* the shared variable it read last, or -1 */
    int64_t copy, result;
    int64_t answer; /* what the step underway has read or received … */
    bool got;       /* … if it has */
    int chosen;     /* by its select */
    bool spins;     /* its work only waits for a change */
};

struct channel_seen {
    int64_t *value; /* sent and not yet received: [first, count) */
    size_t first, count, room;
    bool closed;
};

struct rwlock_seen {
    int64_t readers;
    int writer; /* or -1 */
};

struct check {
    const struct trace *trace;       /* borrowed */
    const struct workload *workload; /* borrowed */
    struct diag *diag;
    size_t index; /* of the event */
    struct checked_task *task;
    int *machine; /* whose turn it is, or -1 */
    int machines;
    int *owner; /* of each lock, or -1 */
    struct channel_seen *channel;
    int64_t *shared;
    int64_t *permits; /* of each semaphore */
    struct rwlock_seen *rwlock;
};

/* Fill diag with what, in English, if it does not hold. Returns holds. */
bool trace_check_rule(struct check *check, bool holds, const char *what);

/* Is this the effect of the step underway, which is of that kind and names the
 * event's object? */
bool trace_check_belongs(struct check *check, const struct event *event,
                         int kind);

/* The same for the choice that its select has taken. */
bool trace_check_chosen(struct check *check, const struct event *event,
                        int kind);

/* An event of those objects; and how many there are of the kind it is about,
 * SIZE_MAX: it is about none of them. */
bool trace_check_sync(struct check *check, const struct event *event);
size_t trace_check_sync_objects(const struct workload *workload,
                                enum event_kind kind);

/* An event of steps; and what one of place means for the step underway. */
bool trace_check_step(struct check *check, const struct event *event);
bool trace_check_place(struct check *check, const struct event *event);

#endif
