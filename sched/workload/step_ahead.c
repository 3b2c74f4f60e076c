/*
 * step_ahead.c -- see step_ahead.h.
 *
 * What a round of a repeat asks for does not depend on the round, so each body
 * is looked at once, however often it is repeated; and the rest of one that the
 * cursor is in before its beginning. A time that is calculated is what a copy of
 * the cursor comes to: its luck is a copy, too.
 */
#include "sched/workload/step_ahead.h"

#include <stdbool.h>
#include <string.h>

#include "sched/base/xalloc.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

enum {
    REQUESTS_MAX = 1000 /* between a cursor and its next cpu step */
};

/* Does the step take no time, and leave the task at its machine? After a yield
 * the task is in line again, as before, so it is passed as well. */
static bool is_passed(const struct step *step)
{
    switch (step->kind) {
    case STEP_CPU:
    case STEP_SLEEP:
    case STEP_BLOCK:
        return step->ns == 0 && !step->computed;
    case STEP_SET:
    case STEP_ATOMIC:
    case STEP_ELSE:
    case STEP_END:
    case STEP_AGAIN:
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

static int64_t turn_ns(int64_t left_ns, int64_t by_ns)
{
    return by_ns > 0 && by_ns < left_ns ? by_ns : left_ns;
}

/* Let a copy of the cursor come to its next cpu step: nothing is in its way but
 * what it calculates. */
static int64_t calculate(const struct step_cursor *cursor)
{
    const struct steps *steps = cursor->steps;
    size_t memory = (size_t)(steps->variables + steps->counters +
                             steps->values);
    struct step_cursor copy = *cursor;
    struct request request = { .kind = STEP_SET };

    copy.choice = NULL; /* that of a select before it stays where it is */
    copy.choices = 0;
    copy.memory = xcalloc(memory + 1, sizeof *copy.memory);
    if (memory > 0)
        memcpy(copy.memory, cursor->memory, memory * sizeof *copy.memory);
    for (int i = 0; i < REQUESTS_MAX && !copy.asked; i++)
        if (request.kind == STEP_CPU || !step_cursor_next(&copy, &request))
            break;
    step_cursor_fini(&copy);
    return request.kind == STEP_CPU ? request.ns : 0;
}

/* Look at the steps from index on, up to end. Returns the one that settles the
 * question, or NULL. */
static const struct step *look(const struct steps *steps, size_t index,
                               size_t end)
{
    for (; index < end; index++) {
        const struct step *step = &steps->step[index];

        if ((step->kind == STEP_REPEAT && step->object < 0) ||
            step->kind == STEP_ELSE)
            index += (size_t)step->skip - 1;
        else if (step->kind == STEP_REPEAT ? step->computed != 0
                                           : !is_passed(step))
            return step;
    }
    return NULL;
}

/* Up to the end of each body that the cursor is in, and then another round. */
static const struct step *find(const struct step_cursor *cursor)
{
    const struct steps *steps = cursor->steps;
    const struct step *found = NULL;
    size_t from = cursor->next;

    for (size_t i = from; i < steps->count && !found; i++) {
        const struct step *step = &steps->step[i];
        size_t first = i + (size_t)step->skip;

        if (step->kind != STEP_AGAIN || step->object < 0 || first >= from)
            continue;
        found = look(steps, from, i);
        if (!found && cursor->memory[steps->variables + step->object] > 0)
            found = look(steps, first, from);
        from = i + 1;
    }
    return found ? found : look(steps, from, steps->count);
}

int64_t step_ahead_ns(const struct step_cursor *cursor)
{
    const struct step *step;

    if (cursor->turning)
        return turn_ns(cursor->turns_left_ns, cursor->turn_ns);
    if (cursor->busy)
        return 0; /* it waits for an answer */
    step = find(cursor);
    if (!step || step->kind != STEP_CPU)
        return 0;
    return step->computed ? calculate(cursor) : turn_ns(step->ns, step->by_ns);
}

int64_t step_ahead_first_ns(const struct workload *workload, int task,
                            uint64_t seed)
{
    struct step_cursor cursor;
    int64_t ns;

    step_cursor_init(&cursor, workload, task, seed);
    ns = step_ahead_ns(&cursor);
    step_cursor_fini(&cursor);
    return ns;
}
