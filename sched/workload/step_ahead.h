/*
 * step_ahead.h -- how long a task's next cpu step is, without doing anything.
 *
 * For policies that want to know (sjf, srtf). Looks past steps that take no
 * time and leave the task where it is; 0 where a step that may wait, or the
 * end, comes first. A turn of `cpu N by K` is a step. STEP_FOREVER is possible.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_STEP_AHEAD_H
#define CONCVIZ_SCHED_WORKLOAD_STEP_AHEAD_H

#include <stdint.h>

struct step_cursor;
struct steps;

/* From where a cursor is; from the beginning. */
int64_t step_ahead_ns(const struct step_cursor *cursor);
int64_t step_ahead_first_ns(const struct steps *steps);

#endif
