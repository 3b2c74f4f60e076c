/*
 * pick_score.h -- how well orders of service do, for somebody who chooses them.
 *
 * All are computed by the model: first in first out, in turns (round robin),
 * shortest first, shortest rest first, levels with feedback, and the best there
 * is. The best one is found by trying all
 * orders of choices, at the end of each slice, too; where there are too many it
 * is the best one found, next to a bound that no order can go below.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_PICK_SCORE_H
#define CONCVIZ_SCHED_EXPLORE_PICK_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/run/executor.h"

struct history;

/* Of one order. Negative: it did not finish. */
struct pick_score {
    double average_finish_ns;
    int64_t makespan_ns;
};

struct pick_scores {
    struct pick_score fifo, turns, shortest, remaining, levels;
    struct pick_score best; /* the least of each, perhaps by different orders */
    struct pick_score bound; /* no order can be below */
    bool complete; /* all orders were tried: best is the best there is */
    int tried;
};

/*
 * Compute them for workload with the machines, lines, slice and limit of
 * options (fifo and shortest without slices). The same arguments give the same
 * answer; takes as long as some hundred runs of the model. A workload the model
 * cannot run has no scores (all negative).
 */
void pick_score_compute(struct pick_scores *scores,
                        const struct executor *executor,
                        const struct workload *workload,
                        const struct run_options *options);

/* The score of a run that has ended. */
struct pick_score pick_score_of(const struct history *history);

/* The score of the model where it chooses as a person did in trace, as long as
 * those choices can be had: the same, without what others did to the real
 * run. */
struct pick_score pick_score_again(const struct executor *executor,
                                   const struct trace *trace,
                                   const struct run_options *options);

#endif
