/*
 * step_cursor_internal.h -- what the files of the cursor share: step_cursor.c
 * goes from step to step, and step_cursor_request.c makes requests of them.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_STEP_CURSOR_INTERNAL_H
#define CONCVIZ_SCHED_WORKLOAD_STEP_CURSOR_INTERNAL_H

#include "sched/workload/step_cursor.h"

/* The numbers of the calculation under way. */
static inline int64_t *step_cursor_stack(const struct step_cursor *cursor)
{
    return &cursor->memory[cursor->steps->variables + cursor->steps->counters];
}

static inline void step_cursor_push(struct step_cursor *cursor, int64_t value)
{
    step_cursor_stack(cursor)[cursor->values++] = value;
}

/* Fill request with the step under way, without numbers that are
 * calculated. */
void step_cursor_ask(struct step_cursor *cursor, struct request *request);

/* Go through the terms of the step under way; true: there is a request
 * first. */
bool step_cursor_calculate(struct step_cursor *cursor, struct request *request);

/* Then: fill request with the step and its numbers. Returns true if one of them
 * cannot be: that is the request. */
bool step_cursor_use(struct step_cursor *cursor, struct request *request);

#endif
