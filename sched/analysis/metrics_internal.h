/*
 * metrics_internal.h -- how metrics are put together; for metrics*.c only.
 *
 *   metrics.c        the run as a whole
 *   metrics_task.c   one pass over the events: what tasks did
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
    AVERAGE_WAIT
};

/* What shares of the time are shares of: the makespan, or, where that is never,
 * all the time until the end. */
static inline int64_t metrics_span_ns(const struct metrics *metrics)
{
    return metrics->makespan_ns != TIME_NEVER ? metrics->makespan_ns
                                              : metrics->end_ns;
}

/* Whether a task counts in an average; if so, *ns is what it adds. */
bool metrics_term(const struct metrics *metrics, size_t task,
                  enum metrics_average average, int64_t *ns);

/* Fill everything that comes from single events: metrics->task[], order, log,
 * shared, switches, preemptions, switching_ns, checksum, os_threads. */
void metrics_count_events(struct metrics *metrics,
                          const struct history *history);

#endif
