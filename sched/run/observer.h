/*
 * observer.h -- on a core, or only at the machine?
 *
 * A scheduler of ours knows who is at a machine; whether the thread that
 * computes there really has the core, only the kernel knows. An observer asks
 * it and writes STOLEN and BACK into the trace, in order with everything else.
 *
 * All functions are called under the lock that protects the trace (new and free
 * excepted), and do nothing where the observer is NULL.
 */
#ifndef CONCVIZ_SCHED_RUN_OBSERVER_H
#define CONCVIZ_SCHED_RUN_OBSERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/scheduler/run_options.h"

struct observer;
struct scheduler;

/*
 * Get ready to observe the calling thread and those it makes from now on, which
 * will be bound to cpu[machines]. Returns NULL if nobody wants to know. Borrows
 * scheduler and trace. Free with observer_free.
 */
struct observer *observer_new(const struct scheduler *scheduler,
                              const struct run_options *options,
                              struct trace *trace, const int *cpu);
void observer_free(struct observer *observer);

/* The run begins; pinned: the threads really are bound to their cores. */
void observer_begin(struct observer *observer, bool pinned);

/* From now on the thread computes at the machine. is_on: it is on its core, as
 * it is the calling one or takes over from itself; else it has been woken. */
void observer_serve(struct observer *observer, int machine, int tid, bool is_on,
                    int64_t now_ns);

/* A thread that has been woken is here; zero_ns as below. */
void observer_arrive(struct observer *observer, int machine, int64_t now_ns,
                     int64_t zero_ns);

/*
 * Write what has become known, if enough time has passed since the last look.
 * To be called after the clock was read and before anything is written that
 * happens now, and at least every OBSERVER_LOOK_NS while tasks work. zero_ns:
 * when the run's clock began, on the monotonic one.
 */
#define OBSERVER_LOOK_NS NS_PER_MS
static inline void observer_look(struct observer *observer, int64_t now_ns,
                                 int64_t zero_ns);

/*
 * The calling thread computes at the machine. If others have moved it away from
 * the core it was bound to (taskset, a cpuset, a core that is switched off),
 * that is written, and from now on the clocks of threads have to do. Returns
 * whether it has become known now.
 */
bool observer_find_moved(struct observer *observer, int machine,
                         int64_t now_ns);

/* END comes next: write nothing any more. */
void observer_end(struct observer *observer);

/* --- inlined: asked at every step ------------------------------------------ */

/* An observer begins with it. */
struct observer_due {
    int64_t due_ns; /* when to look again; TIME_NEVER: not in a run */
};

/* The part that is not inlined. */
void observer_look_now(struct observer *observer, int64_t now_ns,
                       int64_t zero_ns);

static inline void observer_look(struct observer *observer, int64_t now_ns,
                                 int64_t zero_ns)
{
    if (observer && now_ns >= ((const struct observer_due *)observer)->due_ns)
        observer_look_now(observer, now_ns, zero_ns);
}

#endif
