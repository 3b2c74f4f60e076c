/*
 * sum.h -- the numbers of a `sum` step, added up.
 */
#ifndef CONCVIZ_SCHED_CPU_SUM_H
#define CONCVIZ_SCHED_CPU_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/cpu/burner.h"

struct request;

/* So few additions are done without letting go of a lock: some microseconds. */
enum {
    SUM_FEW = 10000
};

/* How many numbers there are from first to last, both included. */
uint64_t sum_count(int64_t first, int64_t last);

/* first + ... + last modulo 2^64, as Gauss did it: for the model. */
uint64_t sum_formula(int64_t first, int64_t last);

/*
 * Really add the numbers of a sum request, one by one, and keep the sum in it
 * (request.sum, .summed). stop (may be NULL) is asked every 100 us or so; when
 * it returns true the sum is given up and false returned.
 */
bool sum_really(struct request *request, burner_stop *stop, void *context);

#endif
