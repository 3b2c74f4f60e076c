/*
 * explore_circle.h -- a run has come back to a state it was in: do its tasks go
 * round for ever, or is it only that somebody else must get the machine? For
 * the search only.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_CIRCLE_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_CIRCLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trace;
struct workload;

/* A loop without a count that nothing but its own steps can end. */
bool explore_circle_possible(const struct workload *workload);

/* A number for those who could go on when the run ended, but for daemons. */
uint64_t explore_circle_able(const struct workload *workload,
                             const struct trace *trace);

/*
 * The run was in one state after `from` and after all its events. Is that a
 * livelock: has everybody who could go on gone on meanwhile, and wants out of a
 * loop? Then *what is a number for who goes round. At most 64 tasks.
 */
bool explore_circle(const struct workload *workload, const struct trace *trace,
                    size_t from, uint64_t *what);

#endif
