/*
 * step_ahead.h -- how long a task's next cpu step is, without doing anything.
 *
 * For policies that want to know (sjf, srtf). Looks past steps that take no
 * time and leave the task where it is; 0 where a branch, a step that may wait,
 * or the end comes first, or where the time depends on a shared variable. A turn of `cpu N by K` is a step. STEP_FOREVER is possible.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_STEP_AHEAD_H
#define CONCVIZ_SCHED_WORKLOAD_STEP_AHEAD_H

#include <stdint.h>

struct step_cursor;
struct workload;

/* From where a cursor is; from the beginning of a task's steps, in a run with
 * that seed. */
int64_t step_ahead_ns(const struct step_cursor *cursor);
int64_t step_ahead_first_ns(const struct workload *workload, int task,
                            uint64_t seed);

#endif
