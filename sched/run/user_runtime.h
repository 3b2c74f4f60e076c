/*
 * user_runtime.h -- what every run at user level has in common: time, work,
 * waiting.
 *
 * The scheduler decides but has no clock and never works; here is the other
 * half for the modes in which we switch tasks ourselves (sequential, coroutine,
 * hybrid). One lock protects the scheduler, the trace and all fields that
 * change: whoever calls a function below holds it, and the functions release it
 * exactly while a task works or a thread waits.
 */
#ifndef CONCVIZ_SCHED_RUN_USER_RUNTIME_H
#define CONCVIZ_SCHED_RUN_USER_RUNTIME_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/cpu/cores.h"
#include "sched/run/baton.h"
#include "sched/scheduler/run_options.h"
#include "sched/scheduler/scheduler.h"

struct diag;
struct loop;
struct observer;
struct programs;
struct request;
struct task_input;

/* One OS thread that serves one machine. */
struct worker {
    struct loop *loop;
    int machine;
    int cpu; /* where it is pinned; -1: it may be anywhere */
    int tid;
    bool waiting;      /* in the loop; under the lock of struct user_runtime */
    int64_t looked_ns; /* at descriptors, last */
};

struct user_runtime {
    const struct workload *workload; /* borrowed */
    struct run_options options;      /* ours: as they are for this run */
    struct trace *trace;             /* borrowed; NULL: nobody looks */
    struct diag *diag;               /* borrowed */
    /* A baton and not a mutex: one coroutine may take it and another one,
     * of the same thread, release it. */
    struct baton lock;
    /* lock must be held for these: */
    struct scheduler *scheduler;
    struct programs *programs; /* NULL: no task is written in C */
    struct observer *observer; /* NULL: nobody looks */
    int64_t start_ns;          /* on the monotonic clock */
    int working;               /* workers at which a task works now */
    bool over;
    enum outcome outcome; /* when over */
    int64_t ended_ns;
    int64_t moment_ns; /* see user_runtime_moment */
    int unread;        /* how many steps may still take that for now */
    int error;         /* 0, or negative errno with OUTCOME_FAILED */
    int64_t *cpu_ns;   /* by task: processor time used */
    int *cpu;          /* by task: where it was seen last, -1: nowhere */
    struct worker *worker;
    int workers;
    struct cores cores; /* as they were before */
};

/* --- the run -------------------------------------------------------------- */

/* Get ready: calibrate if nobody has, make the scheduler, and one worker for
 * each of options->machines. Nobody needs the lock before user_runtime_begin.
 * */
void user_runtime_init(struct user_runtime *runtime,
                       const struct workload *workload, unsigned traits,
                       const struct run_options *options, struct trace *trace,
                       struct diag *diag);
void user_runtime_fini(struct user_runtime *runtime);

/* Take and release the lock; with one worker there is nothing to do. trylock
 * returns false if somebody else has it. */
void user_runtime_lock(struct user_runtime *runtime);
bool user_runtime_trylock(struct user_runtime *runtime);
void user_runtime_unlock(struct user_runtime *runtime);

/* The calling thread is this worker from now on: pin it to its core. Needs no
 * lock. user_runtime_leave, of the first one, lets it go where it was allowed
 * before. */
void user_runtime_enter(struct worker *worker);
void user_runtime_leave(const struct user_runtime *runtime);

/* All workers have entered: the clock starts, and the first tasks arrive.
 * user_runtime_finish writes END. */
void user_runtime_begin(struct user_runtime *runtime);
void user_runtime_finish(struct user_runtime *runtime);

/* End the run; only the first call counts. Every worker is woken. fail is for
 * what the system refused: a negative errno value. */
void user_runtime_end(struct user_runtime *runtime, enum outcome outcome);
void user_runtime_fail(struct user_runtime *runtime, int error);

/* --- time ----------------------------------------------------------------- */

/* Nanoseconds since the run began. What the observer has seen until then is
 * written. */
int64_t user_runtime_now(struct user_runtime *runtime);

/* Is the run over, or must it end now (limit, a person, a wrong result)? */
bool user_runtime_over(struct user_runtime *runtime, int64_t now_ns);

/* The part of the next one that is not inlined. */
int64_t user_runtime_moment_slowly(struct user_runtime *runtime);

/*
 * Ask before every step of a task what time it is; -1: the run is over. Without
 * a trace nobody sees the times of steps, only alarms need them, and a clock
 * costs more than a step: it is read every 128th time then, and after all that
 * takes time or ends the run.
 */
static inline int64_t user_runtime_moment(struct user_runtime *runtime)
{
    return runtime->unread-- > 0 ? runtime->moment_ns
                                 : user_runtime_moment_slowly(runtime);
}

/* Let alarms go off that are due, and hand the GIL over if nobody works who
 * would do so. Wakes no worker: user_runtime_wake does. */
void user_runtime_tick(struct user_runtime *runtime, int64_t now_ns);

/* Must whoever has the GIL hand it over now? */
bool user_runtime_gil_is_due(const struct user_runtime *runtime,
                             int64_t now_ns);

/* Let the alarms go off that come, in a script, before what tasks do next. */
void user_runtime_keep_time(struct user_runtime *runtime);

/* --- waiting -------------------------------------------------------------- */

/* Wake the workers that wait while somebody whom they serve is ready. */
void user_runtime_wake(struct user_runtime *runtime);

/* The task, at this worker, must wait for a descriptor: watch it there. And
 * see from time to time whether any that is watched here is ready now. */
void user_runtime_watch(struct user_runtime *runtime, struct worker *worker,
                        int task);
void user_runtime_look(struct user_runtime *runtime, struct worker *worker,
                       int64_t now_ns);

/* A task is held at its machine: wait there until it is not. */
void user_runtime_hold(struct user_runtime *runtime, struct worker *worker,
                       int task);

/* There is nobody to serve: wait until something may have changed, or end
 * the run if nothing can change any more. */
void user_runtime_wait(struct user_runtime *runtime, struct worker *worker);

/* --- work (user_work.c) --------------------------------------------------- */

/* Let a task do the work the scheduler says is left. On return it is done, the
 * run is over, or the task had to leave its machine (it lost the GIL). */
void user_runtime_work(struct user_runtime *runtime, struct worker *worker,
                       struct task_input *input, int task);

/* Really add the numbers of a sum. Returns false if the run was over first. */
bool user_runtime_sum(struct user_runtime *runtime, struct worker *worker,
                      int task, struct request *request);

/* A task has no more steps: write what only we know of it, and leave. When it
 * was the last one the run is over, whatever daemons still do. */
enum performed user_runtime_done(struct user_runtime *runtime,
                                 const struct worker *worker, int task,
                                 int64_t now_ns);

#endif
