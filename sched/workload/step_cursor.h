/*
 * step_cursor.h -- where a task is in its steps: the only interpreter of them.
 *
 * A cursor is asked for one request after the other and says "the end" when
 * there are no more. What is asked for is then performed by whoever runs the
 * task (scheduler_perform for everything that takes no time), so all modes
 * understand the workload language in the same way.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_STEP_CURSOR_H
#define CONCVIZ_SCHED_WORKLOAD_STEP_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/workload/workload.h"

/*
 * One primitive thing a task wants: a step, but never one of control, and
 * `cpu N by K` comes as cpu K, yield, cpu K, … Only the fields its kind uses
 * mean something; they are those of struct step.
 */
struct request {
    enum step_kind kind; /* or REQUEST_FD */
    int line, column;    /* of the step; 0 when a C program asks: then */
    int call_line;       /* is that of the call, or 0 if it is not known */
    int object;
    int64_t ns;
    int64_t value, last;
    bool tries;   /* what makes others wait: no longer than for ns */
    uint64_t sum; /* of STEP_SUM, if it has been added up (sum.h) */
    bool summed;
};

/* What only a task in C asks for: wait until the file descriptor `object` is
 * ready for the poll events `value`. */
#define REQUEST_FD STEP_KINDS

/* A task without repeat needs no memory of its own. */
struct step_cursor {
    const struct steps *steps;
    size_t next;              /* index of the next step */
    int64_t *rounds;          /* by counter: how many are still to come */
    const struct step *turns; /* the `cpu N by K` under way, or NULL */
    int64_t turns_left_ns;
    bool turn_ended; /* next comes the yield between two turns */
};

/* Set cursor before the first of steps, which are borrowed. */
void step_cursor_init(struct step_cursor *cursor, const struct steps *steps);

/* Release what a cursor holds; may be called in the middle. */
void step_cursor_fini(struct step_cursor *cursor);

/* A number for where the cursor is: equal for cursors over the same steps that
 * have the same still before them. */
uint64_t step_cursor_hash(const struct step_cursor *cursor);

/* Fill request with what comes next. Returns false at the end. */
bool step_cursor_next(struct step_cursor *cursor, struct request *request);

/*
 * The yield that comes next, which step_cursor_skip then passes; NULL if
 * something else does, or if it would take long to find out.
 */
static inline const struct step *step_cursor_yield(struct step_cursor *cursor)
{
    const struct step *step;

    if (cursor->turns || cursor->next == cursor->steps->count)
        return NULL;
    step = &cursor->steps->step[cursor->next];
    if (step->kind == STEP_AGAIN) { /* as step_cursor_next would */
        if (cursor->rounds[step->object] == 0)
            return NULL;
        cursor->rounds[step->object]--;
        step += step->skip;
        cursor->next = (size_t)(step - cursor->steps->step);
    }
    return step->kind == STEP_YIELD ? step : NULL;
}

static inline void step_cursor_skip(struct step_cursor *cursor)
{
    cursor->next++;
}

#endif
