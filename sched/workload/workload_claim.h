/*
 * workload_claim.h -- what a workload claims of its shared variables: that
 * something is never so, or is so in the end.
 *
 * Any thread.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_WORKLOAD_CLAIM_H
#define CONCVIZ_SCHED_WORKLOAD_WORKLOAD_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

struct claim_spec;
struct workload;

/* Is a claim not true of these values, by shared variable? What cannot be
 * calculated (a division by zero, an index out of range) is not so: that breaks
 * `finally` and not `never`. */
bool workload_claim_broken(const struct claim_spec *claim,
                           const int64_t *shared);

/* Index of the first claim of that kind that is broken, or -1. */
int workload_claim_find(const struct workload *workload, bool finally,
                        const int64_t *shared);

#endif
