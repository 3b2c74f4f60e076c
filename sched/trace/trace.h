/*
 * trace.h -- what happened, in order: an append-only list of events.
 *
 * One writer at a time: single-threaded executors just write; those with
 * several threads write under their scheduler's lock, which also makes the
 * order of events the order of decisions. Any number of readers, at any time,
 * without a lock: an event that trace_count has counted never changes and
 * never moves.
 *
 * The trace borrows the workload; keep it alive longer.
 */
#ifndef CONCVIZ_SCHED_TRACE_TRACE_H
#define CONCVIZ_SCHED_TRACE_TRACE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

struct diag;
struct says;
struct trace;
struct workload;

/* How a run was made; fixed before the first event. */
struct trace_info {
    const char *mode;     /* "coroutine", … (static string) */
    bool real;            /* really executed; else computed by the model */
    const char *imported; /* what wrote it down, if not concviz: "perf script"
                             (borrowed); else NULL */
    int machines;
    int64_t slice_ns; /* 0: none */
    int64_t gil_ns;   /* 0: none */
    int64_t switch_cost_ns;
    bool lines_own;
    const char *policy;  /* "fifo", … (static string) */
    bool preempted_last; /* not to the front (R9) */
    bool seeded;
    uint64_t seed;
    int64_t limit_ns; /* 0: none */
    /* When it was made, in ns of Unix time (0: nobody knows); where, and by
     * which command (NULL: here, by this one). Borrowed. */
    int64_t recorded_ns;
    const char *machine_name, *command;
    const char *program; /* somebody else's, "./prog 5", that the run is of, or
                            NULL. Borrowed. */
};

struct trace *trace_new(const struct workload *workload,
                        const struct trace_info *info);
void trace_free(struct trace *trace);

/* A trace for one thread, most of whose events are only read: they take a few
 * bytes each. */
struct trace *trace_new_packed(const struct workload *workload,
                               const struct trace_info *info);

/* The workload; exchange it for a larger one with the same beginning, if the
 * tasks of a trace become known only as it is read. The writer only. */
const struct workload *trace_workload(const struct trace *trace);
void trace_set_workload(struct trace *trace, const struct workload *workload);
const struct trace_info *trace_info(const struct trace *trace);

/* There are more machines than was known. The writer only, where all readers
 * are on its thread and see by another workload that they begin anew. */
void trace_set_machines(struct trace *trace, int machines);

/* Append one event. The writer only. t_ns is raised to the last event's if
 * it is smaller. Where trace is NULL nobody wants to know: nothing happens. */
void trace_add(struct trace *trace, struct event event);

/*
 * Keep a copy of what a task written in C says; returns its number, from 1, for
 * the SAY event that follows. The writer only. trace_text returns it ("" for a
 * number that was not given), to any thread that has seen that event;
 * trace_texts how many there are.
 */
int trace_add_text(struct trace *trace, const char *text);
const char *trace_text(const struct trace *trace, int64_t number);
int trace_texts(const struct trace *trace);

/* What the task of a SAY event says; says may be NULL: then only what tasks
 * written in C say is known. "" if it is not. Any thread. */
const char *trace_said(const struct trace *trace, const struct says *says,
                       const struct event *event);

/* The event EVENT_END, which is the last one, but for how the program ended that
 * ran it in a process of its own. NULL: the run goes on, or was cut. */
const struct event *trace_end(const struct trace *trace);

/* Has the run failed at a step, and was that written down? Then diag is filled
 * as it was for those who ran it. */
bool trace_failure(const struct trace *trace, struct diag *diag);

/*
 * Before a run that is timed: have memory for this many events at hand, so
 * that the system does not look for it in the middle. trace may be NULL.
 */
void trace_prepare(struct trace *trace, size_t events);

/*
 * Who is told of every event as soon as it is written, by the writer, in its
 * turn. begin may say no; it is called before the first event.
 */
struct trace_listener {
    bool (*begin)(struct trace_listener *listener, const struct trace *trace);
    void (*event)(struct trace_listener *listener, const struct event *event);
};

/* Before the first event: have listener told, which is borrowed until the last
 * one. trace or listener may be NULL: nobody is. */
void trace_listen(struct trace *trace, struct trace_listener *listener);

/* How many events there are. Any thread; pairs with the release in trace_add:
 * all events below the count may be read. */
size_t trace_count(const struct trace *trace);

/* The event at index < trace_count(). Any thread. Valid until trace_free,
 * or of a packed trace until others are asked for: who goes on asking copies
 * it. */
const struct event *trace_at(const struct trace *trace, size_t index);

/* --- writing, inlined ----------------------------------------------------- */

/* What a writer needs at every event: a trace begins with it. */
struct trace_pen {
    struct event *next, *end; /* where the next event goes; end of the room */
    int64_t last_ns;
    atomic_size_t count; /* release in trace_placed, acquire in trace_count */
    struct trace_listener *listener; /* or NULL; borrowed */
};

/* Go to the next piece of memory. */
void trace_turn(struct trace *trace);

/*
 * trace_add where every nanosecond counts, in two halves: fill all fields of
 * the event but the time where it will stay, then trace_placed. (An event that
 * is built elsewhere and copied costs 8 ns more: processors wait when 16 bytes
 * are read that were just written in smaller pieces.) trace is not NULL.
 */
static inline struct event *trace_place(struct trace *trace, int64_t t_ns)
{
    struct trace_pen *pen = (struct trace_pen *)trace;

    if (pen->next == pen->end)
        trace_turn(trace);
    if (t_ns > pen->last_ns)
        pen->last_ns = t_ns;
    pen->next->t_ns = pen->last_ns;
    return pen->next;
}

static inline void trace_placed(struct trace *trace)
{
    struct trace_pen *pen = (struct trace_pen *)trace;
    size_t count = atomic_load_explicit(&pen->count, memory_order_relaxed);

    pen->next++;
    atomic_store_explicit(&pen->count, count + 1, memory_order_release);
    if (pen->listener)
        pen->listener->event(pen->listener, pen->next - 1);
}

#endif
