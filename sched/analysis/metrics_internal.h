/*
 * metrics_internal.h -- how numbers are put together; for their own files only.
 *
 *   numbers.c         the numbers of the whole run
 *   numbers_task.c    one pass over the events: what tasks did
 *   numbers_circle.c  who waits for whom at the end
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_METRICS_INTERNAL_H
#define CONCVIZ_SCHED_ANALYSIS_METRICS_INTERNAL_H

#include <stdint.h>

struct history;
struct metrics;

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

/* Fill everything that comes from single events: numbers->task[], order, log,
 * shared, switches, preemptions, switching_ns, checksum, os_threads. */
void metrics_count_events(struct metrics *numbers,
                          const struct history *history);

/* Fill cycle, cycle_lock and cycle_count. */
void metrics_find_cycle(struct metrics *numbers, const struct history *history);

#endif
