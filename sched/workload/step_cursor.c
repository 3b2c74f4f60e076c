/*
 * step_cursor.c -- the only interpreter of steps.
 *
 * Steps nest, so a place in them is a stack: the innermost body on top, each
 * frame with the rounds that are still to come. Nothing is ever written out:
 * `repeat 1000000000 (…)` costs one frame.
 *
 * A body may ask for nothing at all (a repeat of nothing, nested). What a
 * round asks for does not depend on the round, so one silent round proves that
 * all are, and the frame is left: nobody can make a cursor turn for ever.
 */
#include "sched/workload/step_cursor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"

void step_cursor_init(struct step_cursor *cursor, const struct steps *steps)
{
    memset(cursor, 0, sizeof *cursor);
    cursor->bottom.body = steps;
    cursor->inner = &cursor->bottom;
}

void step_cursor_fini(struct step_cursor *cursor)
{
    free(cursor->stack);
    cursor->stack = NULL;
}

/* Which repeats a frame stands for is known from the one around it. */
static uint64_t hash_frame(uint64_t hash, const struct cursor_frame *frame)
{
    return random_mix(random_mix(hash + frame->next) + (uint64_t)frame->rounds);
}

uint64_t step_cursor_hash(const struct step_cursor *cursor)
{
    uint64_t hash = random_mix((uint64_t)cursor->turns_left_ns * 4 +
                               (cursor->turns ? 2U : 0U) + cursor->turn_ended);

    hash = hash_frame(hash, &cursor->bottom);
    for (int i = 0; i < cursor->depth; i++)
        hash = hash_frame(hash, &cursor->stack[i]);
    return hash;
}

/* A repeat of 0 rounds is passed over and needs no frame. */
static void enter(struct step_cursor *cursor, const struct step *repeat)
{
    struct cursor_frame *frame;

    if (repeat->value <= 0)
        return;
    assert(cursor->depth < WORKLOAD_NESTING_MAX);
    if (cursor->depth == cursor->room) {
        cursor->room = cursor->room == 0 ? 1 : 2 * cursor->room;
        cursor->stack = xreallocarray(cursor->stack, (size_t)cursor->room,
                                      sizeof *cursor->stack);
    }
    frame = cursor->inner = &cursor->stack[cursor->depth++];
    *frame = (struct cursor_frame){ &repeat->body, 0, repeat->value - 1,
                                    false };
}

/* At the end of a body: begin its next round or leave it. */
static void end_round(struct step_cursor *cursor)
{
    struct cursor_frame *frame = cursor->inner;
    bool spoke = frame->spoke;

    if (spoke && frame->rounds > 0) {
        frame->rounds--;
        frame->next = 0;
        return;
    }
    cursor->depth--;
    cursor->inner = cursor->depth == 0 ? &cursor->bottom : frame - 1;
    if (spoke)
        cursor->inner->spoke = true;
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

/* Pass ends of bodies and beginnings of repeats until a step asks for
 * something. */
bool step_cursor_next(struct step_cursor *cursor, struct request *request)
{
    while (!cursor->turns) {
        struct cursor_frame *frame = cursor->inner;
        const struct step *step;

        if (frame->next == frame->body->count) {
            if (cursor->depth == 0)
                return false;
            end_round(cursor);
            continue;
        }
        step = &frame->body->step[frame->next++];
        if (step->kind == STEP_REPEAT) {
            enter(cursor, step);
            continue;
        }
        frame->spoke = true;
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
