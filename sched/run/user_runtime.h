/*
 * user_runtime.h -- what every run at user level has in common: time, work, waiting.
 *
 * The scheduler decides but has no clock and never works; here is the other
 * half for the modes in which we switch tasks ourselves (sequential, coroutine,
 * hybrid). One lock protects the scheduler, the trace and all fields that
 * change: whoever calls a function below holds it, and the functions let go
 * of it exactly while a task works or a thread waits.
 */
#ifndef CONCVIZ_SCHED_RUN_USER_RUNTIME_H
#define CONCVIZ_SCHED_RUN_USER_RUNTIME_H

#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>

#include "sched/run/executor.h"
#include "sched/scheduler/scheduler.h"

struct burner;
struct diag;
struct loop;
struct request;
struct task_calls;

/* One OS thread that serves one machine. */
struct server {
    struct loop *loop;
    int machine;
    int cpu; /* where it is pinned; -1: it may be anywhere */
    int tid;
    bool waiting;      /* in the loop; under the lock of struct user_runtime */
    int64_t looked_ns; /* at descriptors, last */
};

struct user_runtime {
    const struct workload *workload; /* borrowed, as all const ones */
    const struct run_options *options;
    struct trace *trace;
    struct diag *diag;
    int64_t iterations_per_ms;
    /* A semaphore and not a mutex: one coroutine may take it and another one,
     * of the same thread, let it go. */
    sem_t lock;
    /* lock must be held for these: */
    struct scheduler *scheduler;
    int64_t start_ns; /* on the monotonic clock */
    int64_t limit_ns; /* TIME_NEVER: none */
    int working;      /* servers at which a task works now */
    bool over;
    enum outcome outcome; /* when over */
    int64_t ended_ns;
    int64_t moment_ns; /* see user_runtime_moment */
    int unread;        /* how many steps may still take that for now */
    int error;         /* 0, or negative errno with OUTCOME_FAILED */
    int64_t *cpu_ns;   /* by task: processor time used */
    int *cpu;          /* by task: where it was seen last, -1: nowhere */
    struct server *server;
    int servers;
};

/* Get ready: calibrate if nobody has, make scheduler and servers. options
 * must say how many machines; one server each. Nobody needs the lock before user_runtime_begin. */
void user_runtime_init(struct user_runtime *real,
                       const struct workload *workload, unsigned traits,
                       const struct run_options *options, struct trace *trace,
                       struct diag *diag);
void user_runtime_fini(struct user_runtime *real);

/* Take and let go of the lock; with one server there is nothing to do. */
void user_runtime_lock(struct user_runtime *real);
void user_runtime_unlock(struct user_runtime *real);

/* The calling thread is this server from now on: pin it to its core. Needs no
 * lock. user_runtime_leave lets it go anywhere again. */
void user_runtime_enter(struct server *server);
void user_runtime_leave(void);

/* All servers have entered: the clock starts, and the first tasks arrive.
 * user_runtime_finish writes END. */
void user_runtime_begin(struct user_runtime *real);
void user_runtime_finish(struct user_runtime *real);

/* Nanoseconds since the run began. */
int64_t user_runtime_now(const struct user_runtime *real);

/* End the run; only the first call counts. Every server is woken. */
void user_runtime_end(struct user_runtime *real, enum outcome outcome);
void user_runtime_fail(struct user_runtime *real, int error);

/* Is the run over, or must it end now (limit, a person)? */
bool user_runtime_over(struct user_runtime *real, int64_t now_ns);

/* The part of the next one that is not inlined. */
int64_t user_runtime_moment_slowly(struct user_runtime *real);

/*
 * Ask before every step of a task what time it is; -1: the run is over. Without
 * a trace nobody sees the times of steps, only alarms need them, and a clock
 * costs more than a step: it is read every 128th time then, and after all that
 * takes time or ends the run.
 */
static inline int64_t user_runtime_moment(struct user_runtime *real)
{
    return real->unread-- > 0 ? real->moment_ns
                              : user_runtime_moment_slowly(real);
}

/* Let alarms and the hand-over of the key happen if they are due; wake servers that wait and now have somebody
 * to serve. */
void user_runtime_tick(struct user_runtime *real, int64_t now_ns);

/* The task, at this server, must wait for a descriptor: watch it there. And
 * see from time to time whether any that is watched here is ready, now. */
void user_runtime_watch(struct user_runtime *real, struct server *server,
                        int task);
void user_runtime_look(struct user_runtime *real, struct server *server,
                       int64_t now_ns);
void user_runtime_wake(struct user_runtime *real);

/* Let a task do the work the scheduler says is left: with its burner, or, if
 * calls say so, its own. On return it is done, the run is over, or the task had
 * to leave its machine (it lost the GIL's key). */
void user_runtime_work(struct user_runtime *real, struct server *server,
                       struct burner *burner, struct task_calls *calls,
                       int task);

/* Really add the numbers of a sum. Returns false if the run was over first. */
bool user_runtime_sum(struct user_runtime *real, struct server *server,
                      int task, struct request *request);

/* A task is held at its machine: wait there until it is not. */
void user_runtime_hold(struct user_runtime *real, struct server *server,
                       int task);

/* There is nobody to serve: wait until something may have changed, or end
 * the run if nothing can change any more. */
void user_runtime_wait(struct user_runtime *real, struct server *server);

/* Write what only we know of a task that is about to be done. */
void user_runtime_facts(struct user_runtime *real, const struct server *server,
                        int task);

#endif
