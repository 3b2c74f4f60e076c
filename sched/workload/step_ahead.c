/*
 * step_ahead.c -- see step_ahead.h.
 *
 * What a round of a repeat asks for does not depend on the round, so each body
 * is looked at once, however often it is repeated; and the rest of one that the
 * cursor is in before its beginning.
 */
#include "sched/workload/step_ahead.h"

#include <stdbool.h>

#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

/* Does the step take no time, and leave the task at its machine? After a yield
 * the task is in line again, as before, so it is passed as well. */
static bool is_passed(const struct step *step)
{
    switch (step->kind) {
    case STEP_CPU:
    case STEP_SLEEP:
    case STEP_BLOCK:
        return step->ns == 0;
    case STEP_YIELD:
    case STEP_UNLOCK:
    case STEP_READ:
    case STEP_WRITE:
    case STEP_CLOSE:
    case STEP_SPAWN:
    case STEP_SAY:
    case STEP_SUM:
    case STEP_PRIORITY:
    case STEP_RELEASE:
    case STEP_SIGNAL:
    case STEP_BROADCAST:
    case STEP_RELINQUISH:
        return true;
    default:
        return false;
    }
}

static int64_t turn_ns(const struct step *step, int64_t left_ns)
{
    return step->by_ns > 0 && step->by_ns < left_ns ? step->by_ns : left_ns;
}

/* Look at the steps from index on, up to end. Returns true when they settle the
 * question. */
static bool look(const struct steps *steps, size_t index, size_t end,
                 int64_t *ns)
{
    for (; index < end; index++) {
        const struct step *step = &steps->step[index];

        if (step->kind == STEP_REPEAT && step->object < 0)
            index += (size_t)step->skip - 1;
        else if (step->kind != STEP_REPEAT && step->kind != STEP_AGAIN &&
                 !is_passed(step)) {
            *ns = step->kind == STEP_CPU ? turn_ns(step, step->ns) : 0;
            return true;
        }
    }
    return false;
}

int64_t step_ahead_first_ns(const struct steps *steps)
{
    int64_t ns = 0;

    look(steps, 0, steps->count, &ns);
    return ns;
}

/* Up to the end of each body that the cursor is in, and then another round. */
int64_t step_ahead_ns(const struct step_cursor *cursor)
{
    const struct steps *steps = cursor->steps;
    size_t from = cursor->next;
    int64_t ns = 0;

    if (cursor->turns)
        return turn_ns(cursor->turns, cursor->turns_left_ns);
    for (size_t i = from; i < steps->count; i++) {
        const struct step *step = &steps->step[i];
        size_t first = i + (size_t)step->skip;

        if (step->kind != STEP_AGAIN || first >= from)
            continue;
        if (look(steps, from, i, &ns) ||
            (cursor->rounds[step->object] > 0 && look(steps, first, from, &ns)))
            return ns;
        from = i + 1;
    }
    look(steps, from, steps->count, &ns);
    return ns;
}
