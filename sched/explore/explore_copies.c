/*
 * explore_copies.c -- see explore_copies.h.
 *
 * `n = n + 1` can lose an update, `turn = 1` cannot: whatever was there before
 * does not matter to it. So it is worked out from the text what every variable
 * of a task may be made of: x is made of n after `x = n`, and y of n as well
 * after `y = x + 1`. A step that sets n to something made of n goes by a copy.
 * The order of steps is not looked at; a loop could bring any.
 */
#include "sched/explore/explore_copies.h"

#include <stdint.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/trace/event.h"
#include "sched/workload/workload.h"

/* The bit of a shared variable; the elements of an array have one together, and
 * with more than 64 variables some share theirs. */
static uint64_t bit_of(const struct workload *workload, int shared)
{
    const struct array_spec *array = workload_array(workload, ARRAY_SHARED,
                                                    shared);

    return UINT64_C(1) << (array ? array->first : shared) % 64;
}

/* What the terms of a step read, directly or through the task's own variables:
 * made_of[] is by own variable. */
static uint64_t read_by(const struct workload *workload,
                        const struct step *step, const uint64_t *made_of)
{
    uint64_t bits = 0;

    for (int i = 0; i < step->terms; i++) {
        const struct term *term = &step->term[i];

        if (term->kind == TERM_OWN)
            bits |= made_of[term->object];
        else if (term->kind == TERM_SHARED || term->kind == TERM_ELEMENT)
            bits |= bit_of(workload, term->object);
    }
    return bits;
}

/* Follow what is set until nothing new comes of it. */
static void follow_sets(const struct workload *workload,
                        const struct steps *steps, uint64_t *made_of)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (size_t i = 0; i < steps->count; i++) {
            const struct step *step = &steps->step[i];
            uint64_t bits;

            if (step->kind != STEP_SET || step->target.kind != TARGET_OWN)
                continue;
            bits = read_by(workload, step, made_of);
            changed |= (bits & ~made_of[step->target.object]) != 0;
            made_of[step->target.object] |= bits;
        }
    }
}

/* The bit of what a step stores by a copy of it, or 0. */
static uint64_t stored_by(const struct workload *workload,
                          const struct step *step, const uint64_t *made_of)
{
    if (step->kind == STEP_WRITE)
        return bit_of(workload, step->object);
    if (step->kind != STEP_SET || step->target.kind != TARGET_SHARED)
        return 0;
    return read_by(workload, step, made_of) &
           bit_of(workload, step->target.object);
}

static bool *look_at(const struct workload *workload, const struct steps *steps,
                     uint64_t *stored)
{
    uint64_t *made_of = xcalloc((size_t)steps->variables + 1, sizeof *made_of);
    bool *copies = xcalloc(steps->count + 1, sizeof *copies);

    follow_sets(workload, steps, made_of);
    for (size_t i = 0; i < steps->count; i++) {
        uint64_t bit = stored_by(workload, &steps->step[i], made_of);

        copies[i] = bit != 0;
        *stored |= bit;
    }
    free(made_of);
    return copies;
}

/* The tasks of one statement have the same steps. */
static bool is_shared(const struct workload *workload, size_t i)
{
    return i > 0 &&
           workload->task[i].steps.step == workload->task[i - 1].steps.step;
}

void explore_copies_init(struct explore_copies *copies,
                         const struct workload *workload)
{
    *copies = (struct explore_copies){
        .workload = workload,
        .made_of_copy = xcalloc(workload->task_count + 1,
                                sizeof *copies->made_of_copy),
        .stored = xcalloc(workload->task_count + 1, sizeof *copies->stored),
        .step = xcalloc(workload->task_count + 1, sizeof *copies->step),
    };
    for (size_t i = 0; i < workload->task_count; i++) {
        if (workload->task[i].program) {
            copies->stored[i] = UINT64_MAX;
        } else if (is_shared(workload, i)) {
            copies->stored[i] = copies->stored[i - 1];
            copies->made_of_copy[i] = copies->made_of_copy[i - 1];
        } else {
            copies->made_of_copy[i] = look_at(
                workload, &workload->task[i].steps, &copies->stored[i]);
        }
    }
}

void explore_copies_fini(struct explore_copies *copies)
{
    for (size_t i = 0; i < copies->workload->task_count; i++)
        if (!is_shared(copies->workload, i))
            free(copies->made_of_copy[i]);
    free(copies->made_of_copy);
    free(copies->stored);
    free(copies->step);
}

/* Steps are found by their place in the file, which no two share; the next one
 * is seldom far. */
void explore_copies_step(struct explore_copies *copies,
                         const struct event *event)
{
    const struct steps *steps = &copies->workload->task[event->task].steps;
    size_t at = copies->step[event->task];

    for (size_t tries = 0; tries < steps->count; tries++) {
        const struct step *step = &steps->step[at < steps->count ? at : 0];

        if (step->line == event->object && step->column == event->value) {
            copies->step[event->task] = (size_t)(step - steps->step);
            return;
        }
        at = at + 1 < steps->count ? at + 1 : 0;
    }
}

bool explore_copies_matter(const struct explore_copies *copies, int task,
                           int shared)
{
    return copies->stored[task] & bit_of(copies->workload, shared);
}

bool explore_copies_store(const struct explore_copies *copies, int task)
{
    return !copies->made_of_copy[task] ||
           copies->made_of_copy[task][copies->step[task]];
}
