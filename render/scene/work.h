/*
 * work.h -- how far a task at a machine has come with what it does there.
 */
#ifndef CONCVIZ_RENDER_SCENE_WORK_H
#define CONCVIZ_RENDER_SCENE_WORK_H

#include <stdint.h>

struct history;

/*
 * Fill in how much of its current cpu step (or, if it is held, of the hold) a
 * task has done by t_ns, and how much there is in all: TIME_NEVER if it
 * has no end, 0 if the trace does not say.
 */
void work_progress(const struct history *history, int task, int64_t t_ns,
                   int64_t *done_ns, int64_t *planned_ns);

/* The CPU a machine began on, or -1. */
int64_t work_cpu(const struct history *history, int machine);

#endif
