/*
 * metrics_internal.h -- how metrics are put together; for metrics*.c only.
 *
 *   metrics.c        the run as a whole
 *   metrics_task.c   one pass over the events: what tasks did
 *   metrics_jobs.c   from arrivals on: responses, deadlines, fairness
 *   metrics_cores.c  on which cores and threads they did it
 *   metrics_table.c  the metrics as people read them
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_METRICS_INTERNAL_H
#define CONCVIZ_SCHED_ANALYSIS_METRICS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"

struct history;
struct says;
struct trace;

/* Sums and products that stop at the largest number: a damaged trace may say
 * anything. */
static inline int64_t metrics_sum(int64_t a, int64_t b)
{
    int64_t sum;

    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static inline int64_t metrics_product(int64_t a, int64_t b)
{
    int64_t product;

    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

enum metrics_average {
    AVERAGE_FINISH,
    AVERAGE_RESPONSE,
    AVERAGE_TURNAROUND,
    AVERAGE_WAIT
};

/* What shares of the time are shares of: the makespan, or, where that is never,
 * all the time until the end; of a stretch its length. */
static inline int64_t metrics_span_ns(const struct metrics *metrics)
{
    return metrics->makespan_ns != TIME_NEVER
               ? metrics->makespan_ns
               : metrics->end_ns - metrics->from_ns;
}

/* Whether something counts in an average: a task, or, from task_count on, a job;
 * if so, *ns is what it adds. */
bool metrics_term(const struct metrics *metrics, size_t index,
                  enum metrics_average average, int64_t *ns);

/* What must be remembered of a task between two of its events. */
struct metrics_course {
    int64_t in_line_ns; /* since when, or TIME_NEVER */
    int64_t change_ns;  /* since when a machine changes over to it, or … */
    int64_t cpu_ns;     /* since when it works, or TIME_NEVER */
    int64_t seen_ns;    /* its last event, if it ran after it, or … */
    int64_t between_ns; /* ran between its events without working */
    int core;           /* the last one it was seen on, -1: none */
    size_t slot;        /* of this visit in the order, or NO_SLOT */
    uint64_t checksum;
    bool called;          /* its last event of place was a CALL */
    size_t job, last_job; /* the first that is not done; the last that came */
};

struct metrics_seen {
    uint32_t task;
    int id;
};

struct metrics_counter {
    struct metrics *metrics;
    const struct trace *trace;
    const struct workload *workload;
    struct says *says;
    bool real;
    bool open;          /* what is counted begins: of a stretch, later */
    bool shares_thread; /* tasks do not have threads of their own */
    struct metrics_course *course;
    uint32_t *served; /* by machine: the last task, or EVENT_NO_TASK */
    int64_t *thread;  /* by machine: of the system; 0: none of its own */
    int *core;        /* by machine: the core it is bound to, or -1 */
    bool *used;       /* order[i] used the processor */
    size_t order_capacity, used_capacity, log_capacity, job_capacity;
    struct metrics_seen *seen;
    size_t seen_count, seen_capacity;
};

/* Give every task the ids of the cores it was seen on, ascending, each once. */
void metrics_hand_out_cores(struct metrics_counter *c);

/* Fill os_threads: those that a task ended on, and those of machines that served
 * somebody: a coroutine may have gone through several. */
void metrics_count_threads(struct metrics_counter *c);

/* Begin with no jobs; an event about a job; a task goes on at a machine. */
void metrics_jobs_init(struct metrics_counter *c);
void metrics_jobs_event(struct metrics_counter *c, const struct event *event);
void metrics_jobs_run(struct metrics_counter *c, const struct event *event);

/* Fill what is counted from arrivals on, when the makespan is known. */
void metrics_jobs_measure(struct metrics *metrics,
                          const struct history *history);

/* Fill everything that comes from single events: metrics->task[], order, log,
 * shared, switches, preemptions, switching_ns, checksum, os_threads. */
void metrics_count_events(struct metrics *metrics,
                          const struct history *history);

#endif
