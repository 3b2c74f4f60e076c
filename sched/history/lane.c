/*
 * How a sum is found: every LANE_BLOCK stretches the lane keeps the time spent
 * in each state so far. The sum up to any instant is the stored sum before
 * it, plus at most LANE_BLOCK stretches added one by one:
 *
 *     stretches   |. . . . . . . . .|. . . . . . . . .|. . . .
 *     sums                          ^0                ^1   ^ t
 *                                                      ~~~~~ added up
 *
 * So the time in a state between two instants is exact and the difference of
 * two such sums: no zoom level is ever rounded.
 */
#include "sched/history/lane.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/history/track.h"

void lane_fini(struct lane *lane)
{
    free(lane->stretch);
    free(lane->sums);
    *lane = (struct lane){ 0 };
}

/* The sums before the first stretch of the block that holds index. */
static struct lane_sums sums_before(const struct lane *lane, size_t index)
{
    size_t block = index / LANE_BLOCK;

    return block ? lane->sums[block - 1] : (struct lane_sums){ 0 };
}

/* A block is full and closes at to_ns: store the sums before the next. */
static void close_block(struct lane *lane, int64_t to_ns)
{
    size_t first = lane->count - LANE_BLOCK;
    size_t block = lane->count / LANE_BLOCK;
    struct lane_sums sums = sums_before(lane, first);
    size_t i;

    for (i = first; i < lane->count; i++) {
        const struct lane_stretch *at = &lane->stretch[i];
        int64_t end = i + 1 < lane->count ? at[1].from_ns : to_ns;

        sums.ns[at->state] += end - at->from_ns;
    }
    lane->sums = xgrow(lane->sums, block - 1, &lane->sums_capacity,
                       sizeof *lane->sums);
    lane->sums[block - 1] = sums;
}

/* A full block is closed only when the next stretch arrives, because only then
 * is it known where its last stretch ends. */
void lane_add(struct lane *lane, int64_t from_ns, unsigned state, uint32_t what)
{
    assert(state < LANE_STATES);
    assert(!lane->count || lane->stretch[lane->count - 1].from_ns <= from_ns);

    if (lane->count && lane->count % LANE_BLOCK == 0)
        close_block(lane, from_ns);
    lane->stretch = xgrow(lane->stretch, lane->count, &lane->capacity,
                          sizeof *lane->stretch);
    lane->stretch[lane->count++] = (struct lane_stretch){ from_ns, what,
                                                          (uint8_t)state };
}

/* Sums stored when the dropped stretch was added may stay: the next lane_add
 * stores the same ones again. */
void lane_drop(struct lane *lane)
{
    assert(lane->count > 0);
    lane->count--;
}

/* Of several stretches that begin at t_ns, the last one: the others lasted no
 * time. */
bool lane_find(const struct lane *lane, int64_t t_ns, size_t *index)
{
    size_t low = 0, high = lane->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (lane->stretch[middle].from_ns <= t_ns)
            low = middle + 1;
        else
            high = middle;
    }
    *index = low ? low - 1 : 0;
    return low > 0;
}

size_t lane_before(const struct lane *lane, size_t below)
{
    return track_below(lane->stretch, sizeof *lane->stretch,
                       offsetof(struct lane_stretch, what), lane->count, below);
}

int64_t lane_sum(const struct lane *lane, unsigned state, int64_t t_ns)
{
    size_t last, i;
    int64_t sum;

    assert(state < LANE_STATES);
    if (!lane_find(lane, t_ns, &last))
        return 0;
    i = last - last % LANE_BLOCK;
    sum = sums_before(lane, i).ns[state];
    for (; i < last; i++)
        if (lane->stretch[i].state == state)
            sum += lane->stretch[i + 1].from_ns - lane->stretch[i].from_ns;
    if (lane->stretch[last].state == state)
        sum += t_ns - lane->stretch[last].from_ns;
    return sum;
}
