/*
 * history_value_internal.h -- what the values of a history are made of; for its
 * own files only.
 *
 *   history_value.c        answers
 *   history_value_note.c   reads the events
 */
#ifndef CONCVIZ_SCHED_HISTORY_HISTORY_VALUE_INTERNAL_H
#define CONCVIZ_SCHED_HISTORY_HISTORY_VALUE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/history/attendance.h"
#include "sched/history/history_internal.h"
#include "sched/history/track.h"
#include "sched/trace/trace.h"

#define HISTORY_NO_EVENT UINT32_MAX

/* What the values of a history are made of; all arrays but the first two may
 * be NULL if there is nothing of the kind, and are until somebody asks. */
struct history_values {
    size_t read;        /* so many events are in what follows, up to said */
    struct track *step; /* by task */
    struct waiting {    /* by task: */
        struct attendance *line; /* where it waits; NULL: nowhere */
        size_t visit;
    } * waiting;
    struct own_visits *own; /* by task */
    struct shared_past {
        struct past_write {
            uint32_t event;
            uint32_t
                read; /* the READ of the same task before, or HISTORY_NO_EVENT */
            uint32_t other; /* the last write of another: its place + 1, or 0 */
        } * write;
        size_t count, capacity;
        struct attendance copies;
    } * shared;
    struct channel_past {
        struct track sent, received;
        uint32_t closed; /* the event, or HISTORY_NO_EVENT */
        struct attendance senders, receivers;
    } * channel;
    struct semaphore_past {
        struct track changed; /* how many permits it has */
        struct attendance line;
    } * semaphore;
    struct rwlock_past {
        struct attendance holders, readers, writers; /* these two wait */
    } * rwlock;
    struct attendance *lock, *barrier, *condition, gil_line;
    struct lane gil;     /* what a stretch remembers: the event; state 1: had */
    uint32_t gil_owner;  /* now, or EVENT_NO_TASK */
    struct track *asked; /* by task: CALL events, of its generator */
    struct track said;
    struct says *says; /* NULL until somebody asks */
};

/* The copies one task has, and the readers-writer locks: a list, as tasks have
 * one or two. */
struct own_visits {
    struct own_visit {
        struct attendance *at;
        uint32_t event; /* with which it came */
        uint32_t visit;
    } * own;
    size_t count, capacity;
};

/* Is there such an object? Traces may be damaged. */
static inline bool history_value_names(int64_t object, size_t count)
{
    return object >= 0 && (uint64_t)object < count;
}

/* Whose event it is. */
static inline uint32_t history_value_task(const struct history *history,
                                          uint32_t event)
{
    return trace_at(history->trace, event)->task;
}

/* The values, with all events that the history has read. */
struct history_values *history_values(const struct history *history);

/* Where those wait who wait so for the object; NULL: nobody asks about it. */
struct attendance *history_value_line(const struct history *history,
                                      struct history_values *v,
                                      enum wait_kind wait, int64_t object);

#endif
