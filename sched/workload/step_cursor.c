/*
 * step_cursor.c -- the only interpreter of steps.
 *
 * A place in steps is a number, since blocks stand among them (workload.h), and
 * how many rounds each repeat around it has still to come. Nothing is ever
 * written out: `repeat 1000000000 (…)` costs one number.
 *
 * A body may ask for nothing at all (a repeat of nothing, nested). Such a
 * repeat has no counter and is passed over: nobody can make a cursor turn for
 * ever.
 */
#include "sched/workload/step_cursor.h"

#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"

void step_cursor_init(struct step_cursor *cursor, const struct steps *steps)
{
    *cursor = (struct step_cursor){ .steps = steps };
    if (steps->counters > 0)
        cursor->rounds = xcalloc((size_t)steps->counters,
                                 sizeof *cursor->rounds);
}

void step_cursor_fini(struct step_cursor *cursor)
{
    free(cursor->rounds);
    cursor->rounds = NULL;
}

uint64_t step_cursor_hash(const struct step_cursor *cursor)
{
    uint64_t hash = random_mix((uint64_t)cursor->turns_left_ns * 4 +
                               (cursor->turns ? 2U : 0U) + cursor->turn_ended);

    hash = random_mix(hash + cursor->next);
    for (int i = 0; i < cursor->steps->counters; i++)
        hash = random_mix(hash + (uint64_t)cursor->rounds[i]);
    return hash;
}

/* Where a step of control leads: how many steps further. */
static int follow(struct step_cursor *cursor, const struct step *step)
{
    int64_t *rounds;

    if (step->object < 0)
        return step->skip;
    rounds = &cursor->rounds[step->object];
    if (step->kind == STEP_REPEAT) {
        *rounds = step->value - 1;
        return 1;
    }
    if (*rounds == 0)
        return 1;
    --*rounds;
    return step->skip;
}

static void ask(struct request *request, const struct step *step)
{
    *request = (struct request){
        .kind = step->kind,
        .line = step->line,
        .column = step->column,
        .object = step->object,
        .ns = step->ns,
        .value = step->value,
        .last = step->last,
    };
}

/* `cpu N by K`: a turn, or the yield that ended the last one. */
static void ask_turn(struct step_cursor *cursor, struct request *request)
{
    const struct step *step = cursor->turns;

    ask(request, step);
    if (cursor->turn_ended) {
        cursor->turn_ended = false;
        request->kind = STEP_YIELD;
        request->object = -1;
        return;
    }
    if (cursor->turns_left_ns > step->by_ns) {
        request->ns = step->by_ns;
        cursor->turn_ended = true;
    } else {
        request->ns = cursor->turns_left_ns;
        cursor->turns = NULL;
    }
    if (step->ns != STEP_FOREVER)
        cursor->turns_left_ns -= request->ns;
}

/* Follow control until a step asks for something. */
bool step_cursor_next(struct step_cursor *cursor, struct request *request)
{
    while (!cursor->turns) {
        const struct step *step = &cursor->steps->step[cursor->next];

        if (cursor->next == cursor->steps->count)
            return false;
        if (step->kind == STEP_REPEAT || step->kind == STEP_AGAIN) {
            cursor->next += (size_t)follow(cursor, step);
            continue;
        }
        cursor->next++;
        if (step->kind != STEP_CPU || step->by_ns <= 0) {
            ask(request, step);
            return true;
        }
        cursor->turns = step;
        cursor->turns_left_ns = step->ns;
    }
    ask_turn(cursor, request);
    return true;
}
