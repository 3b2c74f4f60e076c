/*
 * kernel_internal.h -- what kernel_*.c and host_kernel.c share; nobody else
 * includes it.
 *
 * One mutex protects everything that decides: scheduler, trace, and all fields
 * below that are not atomic or set before the threads start. It is held for
 * microseconds; work and waiting happen without it.
 */
#ifndef CONCVIZ_SCHED_RUN_KERNEL_INTERNAL_H
#define CONCVIZ_SCHED_RUN_KERNEL_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "sched/base/waker.h"
#include "sched/cpu/cores.h"
#include "sched/program/task_input.h"
#include "sched/scheduler/run_options.h"
#include "sched/trace/event.h"

struct kernel_host;
struct observer;

enum {
    SEEN_BITS = 64,
    SEEN_CORES = 16 * SEEN_BITS,
    WAKE_MAX = 16
};

/* One task and its thread. */
struct kernel_task {
    struct kernel_host *host;
    int index;
    pthread_t thread;
    bool made; /* thread exists; false for generators */
    /* The fields of the turn, under the mutex: */
    pthread_cond_t turn; /* its place has changed, or the run is over */
    bool begun;          /* had a machine at least once */
    bool done;
    bool gone; /* its thread has ended, used_ns says what it used */
    int tid;
    int pinned;        /* machine whose core the thread is bound to, or -1 */
    int64_t looked_ns; /* when its alarm rang last, in this wait; else 0 */
    int64_t lent_ns;   /* processor time its thread spent for generators … */
    int64_t used_ns;   /* … and, of a generator, what it used of others' */
    uint64_t seen[SEEN_CORES / SEEN_BITS]; /* cores it ran on */
    struct task_input input;
    /* When the work must stop at the latest; set under the mutex, read
     * by the thread that works. Relaxed: it is only a reason to go and look. */
    _Atomic int64_t stop_ns;
};

struct kernel_host {
    const struct workload *workload; /* borrowed */
    struct run_options options;      /* ours: some make no sense here */
    struct trace *trace;             /* borrowed; NULL: nobody looks */
    struct cores cores;
    pthread_mutex_t mutex;
    pthread_cond_t started; /* started_count has changed */
    int64_t start_ns;       /* when the clock of the run began; 0: not yet */
    /* Time that stood still while a person picked. Written under the mutex. */
    _Atomic int64_t held_ns;
    atomic_bool holding;     /* a person picks: all wait at the mutex */
    atomic_bool stopping;    /* the run is over: every thread ends */
    _Atomic int64_t next_ns; /* the earliest alarm. Written under the mutex */
    _Atomic int64_t look_ns; /* the observer must look again. So is this */
    /* mutex must be held for these: */
    struct scheduler *scheduler;
    struct observer *observer; /* NULL: nobody looks */
    struct programs *programs; /* NULL: no task is written in C */
    struct kernel_task *task;  /* one a task */
    size_t thread_count;       /* threads that have been made, … */
    size_t started_count;      /* … and that wait for their first turn */
    int working_count;         /* tasks that work now */
    enum outcome outcome;      /* once stopping */
    bool ended;                /* END is written */
    int pin_error;             /* 0, or why a thread could not be bound */
    bool moved;                /* others did: nobody is bound any more */
    struct kernel_task *wake[WAKE_MAX]; /* to be signalled after unlocking */
    int wake_count;
    struct waker stop; /* readable when stopping */
};

/* Nanoseconds since the run began, without the time a person took to pick. */
int64_t kernel_now_ns(const struct kernel_host *host);

/* Is the run over? Read without the mutex too, where a late answer does no
 * harm. */
static inline bool kernel_is_over(const struct kernel_host *host)
{
    return atomic_load_explicit(&host->stopping, memory_order_relaxed);
}

/* When the run's clock began, as if nobody had ever picked. */
int64_t kernel_zero_ns(const struct kernel_host *host);

/* Now, for whoever holds the mutex and is about to write something: what the
 * observer has seen until then is written first. */
int64_t kernel_moment(struct kernel_host *host);

/* Lock; unlock, and then wake those who got a machine in between. */
void kernel_lock(struct kernel_host *host);
void kernel_unlock(struct kernel_host *host);

/*
 * To be called under the mutex after anything has happened at now_ns: gives
 * free machines away, tells those who compute that they are wanted, and ends
 * the run when all are done or all are stuck. self is the calling thread's
 * task, or NULL.
 */
void kernel_settle(struct kernel_host *host, const struct kernel_task *self,
                   int64_t now_ns);

/* Let everything happen that is due. Mutex held. */
void kernel_tick(struct kernel_host *host, const struct kernel_task *self,
                 int64_t now_ns);

/* End the run with outcome, unless it is ending already. Mutex held. */
void kernel_stop(struct kernel_host *host, enum outcome outcome);

/* Write END once the run is stopping and nobody computes. Mutex held. */
void kernel_end_if_quiet(struct kernel_host *host);

/* Write what only the system knows of a task, its processor time included.
 * Mutex held. */
void kernel_write_facts(struct kernel_host *host,
                        const struct kernel_task *task, int tid,
                        int64_t cpu_ns);

/* Ask a person who is next (run_choose); the run's clock stands still. */
int kernel_choose(void *host, const int *candidate, size_t count,
                  int64_t *waited_ns);

/* The life of a task's thread; argument: its task. */
void *kernel_task_main(void *argument);

#endif
