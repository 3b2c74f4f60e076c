/*
 * history.h -- the trace by task, by machine and by count, with exact sums.
 *
 * For every task a list of intervals (a state, from, to), for every machine a
 * list of who was served, and two step functions: how many tasks were in
 * progress and how many were working. Every list carries cumulative sums, so
 * the time spent in a state between any two instants is exact and costs two
 * binary searches, at any zoom.
 *
 * A history follows a live trace: history_update reads what is new, in order,
 * up to HISTORY_EVENTS_MOST events; what comes after those is not in it. It
 * belongs to one thread and borrows the trace.
 */
#ifndef CONCVIZ_SCHED_HISTORY_HISTORY_H
#define CONCVIZ_SCHED_HISTORY_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

#define HISTORY_EVENTS_MOST (UINT32_MAX - 1)

struct history;
struct trace;

enum task_state {
    STATE_ABSENT,   /* not yet arrived, or a generator nobody is asking */
    STATE_RUNNING,  /* at a machine, computing */
    STATE_IN_LINE,  /* ready */
    STATE_AWAITING, /* away: timer, I/O */
    STATE_BLOCKED,  /* waits for a lock, a channel, a barrier, a task */
    STATE_HELD,     /* at a machine without computing; also while the machine
                       changes over to the task */
    STATE_STOLEN,   /* at a machine, but others keep its thread off the core */
    STATE_DONE,
    STATE_COUNT
};

/* A stretch of one task's life, [from_ns, to_ns); the last one of a live
 * history is open and ends at history_end. */
struct interval {
    int64_t from_ns, to_ns;
    enum task_state state;
    int machine;      /* RUNNING, HELD, STOLEN; else -1 */
    int wait;         /* BLOCKED, HELD: enum wait_kind; else -1 */
    int object;       /* BLOCKED, HELD: lock, channel, …; HELD in a call: the
                         generator; IN_LINE: enum ready_cause; else -1 (a
                         machine that changes over has neither) */
    int64_t until_ns; /* AWAITING, HELD: planned end, or TIME_NEVER */
    int by;           /* IN_LINE: the task that woke or stopped it, or -1 */
    size_t event;     /* index of the event that began it */
};

/* A stretch of one machine's life; task -1: nobody is there. */
struct service {
    int64_t from_ns, to_ns;
    int task;
    enum {
        SERVICE_IDLE,
        SERVICE_BUSY,
        SERVICE_HELD,
        SERVICE_STOLEN, /* the task is there, but on no core */
        SERVICE_SWITCHING
    } kind;
};

struct history *history_new(const struct trace *trace);
void history_free(struct history *history);
const struct trace *history_trace(const struct history *history);

/* Read new events. Returns whether there were any. */
bool history_update(struct history *history);

/*
 * Tell a live history what time it is: open intervals end there. Ignored
 * once the END event was read, or if now_ns is earlier than what is known.
 */
void history_extend(struct history *history, int64_t now_ns);

/* The last known instant; the end of the run once history_ended. */
int64_t history_end(const struct history *history);
bool history_ended(const struct history *history);
enum outcome history_outcome(const struct history *history);

/* --- by task -------------------------------------------------------------- */

size_t history_intervals(const struct history *history, int task);
struct interval history_interval(const struct history *history, int task,
                                 size_t index);

/* The index of the interval of task at time t_ns; 0 before its first. */
size_t history_find(const struct history *history, int task, int64_t t_ns);

/* The interval of task at time t_ns; before it arrived: STATE_ABSENT. */
struct interval history_at(const struct history *history, int task,
                           int64_t t_ns);

/* Nanoseconds task spent in state within [from_ns, to_ns). Exact. */
int64_t history_time_in(const struct history *history, int task,
                        enum task_state state, int64_t from_ns, int64_t to_ns);

/* What task does in its stretch `index`, and since when; unlike the whole
 * interval it costs no look at the trace. */
struct stay {
    int64_t from_ns, to_ns;
    enum task_state state;
    bool changing; /* HELD: the machine changes over to the task */
};
struct stay history_stay(const struct history *history, int task, size_t index);

/*
 * What a task did, at an instant, that deserves a sign. Where several fall into
 * one stretch of time, the last one of this list is shown.
 */
enum history_mark {
    MARK_NONE,
    MARK_READ, /* of a shared variable */
    MARK_WRITE,
    MARK_MISSED, /* its deadline passed */
    MARKS
};

/* What an event deserves, or MARK_NONE. */
enum history_mark history_mark_of(const struct event *event);

/* The mark of task in [from_ns, to_ns), or MARK_NONE. O(log n). */
enum history_mark history_mark(const struct history *history, int task,
                               int64_t from_ns, int64_t to_ns);

/* --- by group of tasks ---------------------------------------------------- */

/*
 * So many tasks that nobody can look at each: neighbours are put together in
 * at most HISTORY_GROUPS groups of the same size (the last one may be smaller),
 * and for each group the time spent in every state is added up.
 */
enum {
    HISTORY_GROUPS = 64
};

int history_groups(const struct history *history);
int history_group_size(const struct history *history);

/*
 * A walk through time from one instant to another, best forward. For each group
 * it knows how long its tasks, added up, were in each state before the instant.
 * Sums may wrap around; the difference of two is exact as long as it is less
 * than 2^63 ns. A walk borrows the history and ends before it changes.
 */
struct group_walk;
struct group_times {
    uint64_t ns[STATE_COUNT];
};

struct group_walk *history_group_walk_new(const struct history *history);
void history_group_walk_free(struct group_walk *walk);

/* Go to t_ns and fill times[] (one for each group). Bounded work for each call
 * and group, however long the run is. */
void history_group_walk_to(struct group_walk *walk, int64_t t_ns,
                           struct group_times *times);

/* --- by machine ----------------------------------------------------------- */

int history_machines(const struct history *history);
size_t history_services(const struct history *history, int machine);
struct service history_service(const struct history *history, int machine,
                               size_t index);
size_t history_service_find(const struct history *history, int machine,
                            int64_t t_ns); /* 0 before its first */
struct service history_service_at(const struct history *history, int machine,
                                  int64_t t_ns);
/* Nanoseconds machine was busy (not held, stolen or switching) in [from, to);
 * nanoseconds others kept its task off the core meanwhile; nanoseconds it
 * changed over. */
int64_t history_busy(const struct history *history, int machine,
                     int64_t from_ns, int64_t to_ns);
int64_t history_stolen(const struct history *history, int machine,
                       int64_t from_ns, int64_t to_ns);
int64_t history_switching(const struct history *history, int machine,
                          int64_t from_ns, int64_t to_ns);

/* How this run told computing from stolen, so far; OBSERVED_NOT: the model. */
enum observed history_observed(const struct history *history);

/* From when on a machine may have been on any core; TIME_NEVER: it was on the
 * one that the trace says. */
int64_t history_unbound(const struct history *history, int machine);

/* --- by count ------------------------------------------------------------- */

/* How many tasks have begun and are not finished at t_ns (generators and
 * tasks of their own only while begun; a generator is part of its caller and
 * not counted); how many compute at t_ns. */
int history_in_progress(const struct history *history, int64_t t_ns);
int history_working(const struct history *history, int64_t t_ns);

/* Is task one of those in progress at t_ns? */
bool history_is_in_progress(const struct history *history, int task,
                            int64_t t_ns);

/*
 * Both after the first `events` events (at least 1), for texts that go event by
 * event. Work takes time: of those these events let compute, only who still
 * computes after the last event of that instant is working. So the largest
 * value in such a text, in any picture and in history_max_working is the same.
 */
void history_counts(const struct history *history, size_t events,
                    int *in_progress, int *working);

/*
 * The largest value of either. Begun is begun, and be it for no time at all:
 * in progress counts after each event, working at each instant when everything
 * that happens then has happened.
 */
int history_max_in_progress(const struct history *history);
int history_max_working(const struct history *history);

/* The same of the time from one instant to a later one. Walks through all events
 * in between. */
void history_max_between(const struct history *history, int64_t from_ns,
                         int64_t to_ns, int *in_progress, int *working);

/* How many tasks were in state at t_ns. */
int history_count(const struct history *history, enum task_state state,
                  int64_t t_ns);

/*
 * Fill task[] (room for max) with the tasks in line number `line` (0: all) at
 * t_ns, first in line first; returns how many there are, which may be more. A
 * task that a machine is changing over to has left the line. The next instant
 * costs what happened since; one further away, or with priorities each, O(n
 * log n) in the length of all lines.
 */
size_t history_line(const struct history *history, int line, int64_t t_ns,
                    int *task, size_t max);

/* Who owns a lock at t_ns, and since when; -1: nobody. */
int history_lock_owner(const struct history *history, int lock, int64_t t_ns,
                       int64_t *since_ns);

/* Who owns it after the first `events` events: all those of one instant have
 * the same time, but what is said of one of them must be true before the
 * next. */
int history_lock_owner_after(const struct history *history, int lock,
                             size_t events);

/* --- by event ------------------------------------------------------------- */

/* Index of the first event with t > t_ns (the count if there is none). */
size_t history_after(const struct history *history, int64_t t_ns);

/*
 * The nearest instant after (forward) or before t_ns at which something a
 * person can see changes; t_ns itself if there is none.
 */
int64_t history_step(const struct history *history, int64_t t_ns, bool forward);

/*
 * The nearest instant after (forward) or before t_ns at which somebody comes
 * into state and is in it then, and who that is. Returns false if there is none.
 * To get back the core that others took is not to come into RUNNING.
 */
bool history_enter(const struct history *history, enum task_state state,
                   int64_t t_ns, bool forward, int64_t *when_ns, int *task);

#endif
