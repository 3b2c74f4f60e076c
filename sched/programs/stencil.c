/*
 * stencil.c -- how heat spreads over a plate, step by step, with a barrier.
 *
 * Each of four workers has a strip of the plate. In one step the heat of every
 * cell flows to its neighbours; a strip needs what its neighbours' strips were
 * at the end of the step before, so nobody may begin a step before all have
 * ended the last one: that is what a barrier is for. One strip is twice as wide
 * as the others, and everybody waits for its worker in every step.
 *
 * Heat is counted in whole numbers that flow from cell to cell, so none is
 * lost: the sum must be the same at the end.
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    WORKERS = 4,
    PARTS = 5, /* the first worker has two of them */
    STEPS = 10,
    BARRIER = 0,
    HEAT_MAX = 1 << 20,
    ROOT_MAX = 1449, /* of the heat of two cells */
    FLOW = 8,        /* at most an eighth of a difference flows in a step */
};

static const int64_t picoseconds_a_cell = 130000;

/* Two plates: each step reads the one and writes the other. */
struct plate {
    int width, height; /* height: a multiple of PARTS */
    int32_t *heat[2];
    int64_t sum;
};

/* Heat is neither made nor lost, so this number never changes. */
static int64_t add_up(const struct plate *plate, int which)
{
    int64_t sum = 0;

    for (int i = 0; i < plate->width * plate->height; i++)
        sum += plate->heat[which][i];
    return sum;
}

/* The same heat on every computer, or the sum could not be compared. */
static void *open_plate(int size, bool foretells)
{
    struct plate *plate = xcalloc(1, sizeof *plate);
    uint64_t random = 7;

    plate->width = 8 * size;
    plate->height = PARTS * size;
    if (foretells)
        return plate;
    for (int i = 0; i < 2; i++)
        plate->heat[i] = xcalloc((size_t)plate->width * (size_t)plate->height,
                                 sizeof(int32_t));
    for (int i = 0; i < plate->width * plate->height; i++)
        plate->heat[0][i] = (int32_t)random_below(&random, HEAT_MAX);
    plate->sum = add_up(plate, 0);
    return plate;
}

static void close_plate(void *data)
{
    struct plate *plate = data;

    free(plate->heat[0]);
    free(plate->heat[1]);
    free(plate);
}

/* The whole part of the square root of n > 0, by Newton's iteration. */
static int32_t square_root(int32_t n)
{
    int32_t root = n, next = (n + 1) / 2;

    while (next < root) {
        root = next;
        next = (root + n / root) / 2;
    }
    return root;
}

/* What flows from a cell to its neighbour; what comes back is its negative. A
 * hot plate conducts better. */
static int32_t flow(int32_t from, int32_t to)
{
    int64_t much = (int64_t)(from - to) * square_root(from + to + 1);

    return (int32_t)(much / ((int64_t)FLOW * ROOT_MAX));
}

/* Nothing flows over the edge of the plate. */
static int32_t next_heat(const struct plate *plate, const int32_t *heat, int x,
                         int y)
{
    int at = y * plate->width + x;
    int32_t here = heat[at], after = here;

    if (x > 0)
        after -= flow(here, heat[at - 1]);
    if (x < plate->width - 1)
        after -= flow(here, heat[at + 1]);
    if (y > 0)
        after -= flow(here, heat[at - plate->width]);
    if (y < plate->height - 1)
        after -= flow(here, heat[at + plate->width]);
    return after;
}

static void sweep(struct task_calls *calls, struct plate *plate, int from,
                  int to, int step)
{
    const int32_t *before = plate->heat[step % 2];
    int32_t *after = plate->heat[(step + 1) % 2];

    for (int y = from; y < to; y++) {
        for (int x = 0; x < plate->width; x++)
            after[y * plate->width + x] = next_heat(plate, before, x, y);
        task_checkpoint(calls);
    }
}

/* The barrier is after each step: what others read is complete, and what they
 * still read is not yet overwritten. */
static void spread(struct task_calls *calls, int task)
{
    struct plate *plate = task_data(calls);
    int part = plate->height / PARTS;
    int from = task == 0 ? 0 : (task + 1) * part, to = (task + 2) * part;
    int64_t cells = (int64_t)(to - from) * plate->width;

    for (int step = 0; step < STEPS; step++) {
        task_work(calls, cells * picoseconds_a_cell / 1000);
        if (!task_foretells(calls))
            sweep(calls, plate, from, to, step);
        task_wait(calls, BARRIER);
    }
    task_result(calls, (int64_t)(to - from) * plate->width * STEPS);
    if (task != 0 || task_foretells(calls))
        return;
    task_say(calls, _("the heat is the same: %lld"), (long long)plate->sum);
    if (add_up(plate, STEPS % 2) != plate->sum)
        task_fail(calls, _("heat was lost: %lld instead of %lld"),
                  (long long)add_up(plate, STEPS % 2), (long long)plate->sum);
}

static const struct part part[] = { { NULL, spread } };

const struct program_source program_stencil = {
    .name = "stencil",
    .file = "stencil.c",
    .text = "barrier step 4\n"
            "task Wide North South East:\n",
    .part = part,
    .open = open_plate,
    .close = close_plate,
};
