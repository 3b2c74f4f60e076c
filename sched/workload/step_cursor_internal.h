/*
 * step_cursor_internal.h -- what the files of the cursor share: step_cursor.c
 * goes from step to step, and step_cursor_request.c makes requests of them.
 * What each step needs is inline.
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
static inline void step_cursor_ask(struct step_cursor *cursor,
                                   struct request *request)
{
    const struct step *step = cursor->busy;

    *request = (struct request){
        .kind = (int)step->kind,
        .line = step->line,
        .column = step->column,
        .object = step->object,
        .ns = step->ns,
        .value = step->value,
        .last = step->last,
        .together = cursor->together == 2,
        .within = cursor->together != 0,
    };
    if (cursor->together == 1)
        cursor->together = 2;
}

/* Go through the terms of the step under way; true: there is a request
 * first. */
bool step_cursor_go_through(struct step_cursor *cursor,
                            struct request *request);

static inline bool step_cursor_calculate(struct step_cursor *cursor,
                                         struct request *request)
{
    return cursor->term < cursor->busy->terms &&
           step_cursor_go_through(cursor, request);
}

/* Put the numbers that were calculated for the step into request; true: one of
 * them cannot be, and that is the request. */
bool step_cursor_fill(struct step_cursor *cursor, struct request *request);

/* Fill request with the step and its numbers; returns the same. */
static inline bool step_cursor_use(struct step_cursor *cursor,
                                   struct request *request)
{
    const struct step *step = cursor->busy;

    step_cursor_ask(cursor, request);
    cursor->turn_ns = step->by_ns;
    cursor->target = step->target.object;
    return step->computed && step_cursor_fill(cursor, request);
}

#endif
