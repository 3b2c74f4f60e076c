/*
 * sum.h -- the numbers of a `sum` step, added up.
 */
#ifndef CONCVIZ_SCHED_BASE_SUM_H
#define CONCVIZ_SCHED_BASE_SUM_H

#include <stdbool.h>
#include <stdint.h>

/* So few additions are made without releasing a lock: some microseconds. */
enum {
    SUM_FEW = 10000
};

/* How many numbers there are from first to last, both included. 2^64 of them
 * are counted as UINT64_MAX. */
uint64_t sum_count(int64_t first, int64_t last);

/* first + ... + last modulo 2^64, as Gauss did it: for the model. */
uint64_t sum_formula(int64_t first, int64_t last);

/*
 * Really add the numbers from first to last, one by one, into *sum. stop (may
 * be NULL) is asked every 100 us or so; when it returns true the sum is given
 * up and false returned.
 */
bool sum_really(int64_t first, int64_t last, uint64_t *sum,
                bool (*stop)(void *context), void *context);

#endif
