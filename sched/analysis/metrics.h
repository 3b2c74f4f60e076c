/*
 * metrics.h -- every number of a run, each with one definition.
 *
 * Definitions are in the manual page, section NUMBERS, and behind the `n` key;
 * they hold for real and modelled runs alike. Times are in nanoseconds;
 * TIME_NEVER where something did not happen.
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_METRICS_H
#define CONCVIZ_SCHED_ANALYSIS_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

struct history;
struct workload;

struct task_metrics {
    int64_t arrival_ns; /* when it came into line for the first time */
    int64_t first_ns;   /* first moment on a machine */
    int64_t finish_ns;
    int64_t response_ns, turnaround_ns; /* from the arrival to these two; of a
                                           task with a period the longest of
                                           its jobs */
    int64_t missed;                     /* deadlines */
    int64_t wait_ns;    /* total of all stays in line that are over */
    int64_t maxwait_ns; /* longest single stay in line, over or not */
    int64_t entries;    /* times control entered it: start + resumptions */
    int64_t cpu_ns;     /* model: work done; real: processor time measured,
                           TIME_NEVER as long as it is not known */
    int64_t stolen_ns;  /* at machines while others had the core */
    int64_t result;
    int64_t tid;    /* thread id, 0 in the model */
    const int *cpu; /* ids of the CPUs it was seen on, ascending */
    size_t cpu_count;
};

/* A job of a task with a period or a deadline. */
struct job_metrics {
    int task, number; /* which of the task's, from 1 */
    int64_t arrival_ns, first_ns, finish_ns, deadline_ns;
    int64_t response_ns, turnaround_ns; /* as of a task */
    bool missed;
    size_t next; /* of the same task, or SIZE_MAX */
};

struct log_line {
    int64_t t_ns;
    int task;         /* -1: somebody else's program, nobody knows which task */
    const char *text; /* the workload's */
};

struct metrics {
    const struct workload *workload; /* borrowed */
    enum outcome outcome;
    bool ended;               /* false: the run still goes on */
    int64_t makespan_ns;      /* TIME_NEVER unless finished */
    bool part;                /* only of a stretch of the run: */
    int64_t from_ns;          /* from here (else 0) ... */
    int64_t end_ns;           /* ... to here; when the run ended, or is now */
    int in_progress, working; /* maxima */
    int machines;
    int os_threads; /* distinct threads that ran tasks; 0: model */
    /* Over all machines. Idle is all that is not busy: held, stolen,
     * switching too. */
    int64_t busy_ns, idle_ns, switching_ns;
    double utilization, overhead; /* percent */
    enum observed observed;       /* OBSERVED_NOT: the model */
    int64_t stolen_ns; /* others had the core of a task at a machine */
    double others;     /* percent: stolen of all that is stolen or busy */
    int64_t switches, preemptions;
    double average_finish_ns; /* of tasks that finished, without generators;
                                 negative if none did */
    double average_wait_ns;
    /* Over jobs where a task has a period; negative if there is none. */
    double average_response_ns, average_turnaround_ns;
    double throughput; /* tasks done per second */
    double fairness;   /* from 1 / tasks to 1; negative: not known */
    int64_t missed;    /* deadlines */
    struct job_metrics *job;
    size_t job_count; /* in order of arrival */
    int *order;       /* tasks, in the order of visits that used cpu */
    size_t order_count;
    int *cycle;      /* the deadlock: task, task, …; first == last */
    int *cycle_lock; /* cycle[i] waits for this lock, or -1 */
    size_t cycle_count;
    int64_t *shared; /* final value of each shared variable */
    struct log_line *log;
    size_t log_count;
    int status;        /* of somebody else's program, as in waitpid; -1: none */
    uint64_t checksum; /* over the work of all tasks */
    struct task_metrics *task;
    size_t task_count;
    int *cpu; /* all ids of CPUs: the tasks point into it */
};

/* Compute everything from what the history knows now. Borrows the workload,
 * but not the history. Free with metrics_free (NULL is fine). */
struct metrics *metrics_new(const struct history *history);
void metrics_free(struct metrics *metrics);

/*
 * The same of the stretch from one instant to a later one: what happened after
 * the first and up to the second. What only a whole run has is missing: the
 * makespan, the circle of a deadlock, when tasks began and finished, how often
 * they were entered; wait_ns is all the time in line within the stretch.
 */
struct metrics *metrics_between(const struct history *history, int64_t from_ns,
                                int64_t to_ns);

/* Is it known when others had the core of a task? */
bool metrics_know_stolen(const struct metrics *metrics);

/* Percent of the cores that others took, if that is enough to be worth a word
 * (diagnose.h says from when on); else, and in the model, 0. */
int metrics_others(const struct metrics *metrics);

#endif
