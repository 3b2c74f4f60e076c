/*
 * wait_cycle.h -- who waits for whom, round and round, at the end of a run.
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_WAIT_CYCLE_H
#define CONCVIZ_SCHED_ANALYSIS_WAIT_CYCLE_H

#include <stddef.h>

struct history;

/* Each task waits for the next one; the last one is the first one again. */
struct wait_cycle {
    int *task;
    int *lock;    /* lock[i] is what task[i] wants, or -1: no lock */
    size_t count; /* of both; 0: there is no cycle */
};

/* Find the cycle at the end of what the history knows, from the first task in
 * the file on. Free with wait_cycle_fini. O(tasks). */
struct wait_cycle wait_cycle_find(const struct history *history);
void wait_cycle_fini(struct wait_cycle *cycle);

#endif
