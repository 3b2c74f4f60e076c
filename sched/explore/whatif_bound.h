/*
 * whatif_bound.h -- is the span a bound? For whatif.c only.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_WHATIF_BOUND_H
#define CONCVIZ_SCHED_EXPLORE_WHATIF_BOUND_H

#include <stdbool.h>

struct run_options;
struct workload;

/*
 * Can no number of machines be faster than as many as there are tasks? Where
 * nobody knows, as of tasks in C that meet others, the answer is no.
 */
bool whatif_bound(const struct workload *workload,
                  const struct run_options *options);

#endif
