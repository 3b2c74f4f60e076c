/*
 * Stretches lie in blocks, up to BLOCK_MOST in each. A block knows how long
 * each state has lasted before it, and a stretch only how long after its block
 * it begins, in 32 bits:
 *
 *     block 0             block 1                   block 2
 *     from, sums          from, sums                from, sums
 *     |. . . . . . . . .| |. . . . . . . . . . . .| |. . . .
 *                                                      ^ t
 *                                                    ~~~ added up
 *
 * The sum up to any instant is that of the block it lies in, plus the stretches
 * there that are before it. So the time in a state between two instants is
 * exact and the difference of two such sums: no zoom level is ever rounded.
 *
 * The first blocks are small, as most tasks of a crowd live short lives. A
 * block also ends where 32 bits do not reach (4.3 s), or where the highest 4
 * bits of what is remembered change; the next one then has little room.
 */
#include "sched/history/lane.h"

#include <assert.h>
#include <string.h>

#include "sched/base/arena.h"

enum {
    BLOCK_LEAST = 8,
    BLOCK_MOST = 64,
    SMALL_BLOCKS = 2, /* of a lane that grows without hindrance: */
    SMALL_ROOM = 8 + 32,
    STATE_MASK = (1 << LANE_STATE_BITS) - 1,
    WHAT_BITS = 32 - LANE_STATE_BITS
};

struct lane_block {
    int64_t sum_ns[LANE_STATES]; /* before it */
    struct lane_cell cell[];
};

/* --- writing -------------------------------------------------------------- */

/* How many stretches a block has. */
static size_t length_of(const struct lane *lane, size_t block)
{
    const struct lane_entry *entry = &lane->entry[block];
    size_t end = block + 1 < lane->blocks ? entry[1].first : lane->count;

    return end - entry->first;
}

/* What the cells of a block add to the sums of each state, as far as they begin
 * before to_ns. */
static void add_up(const struct lane_cell *cell, size_t count, uint64_t to_ns,
                   int64_t ns[LANE_STATES])
{
    for (size_t i = 0; i < count; i++) {
        uint64_t end = i + 1 < count ? cell[i + 1].after_ns : to_ns;

        ns[cell[i].what & STATE_MASK] += (int64_t)(end - cell[i].after_ns);
    }
}

/* Four times as much room as the last block has used: short blocks stay
 * short. */
static size_t room_after(size_t used)
{
    if (used == 0)
        return BLOCK_LEAST;
    return 4 * used < BLOCK_MOST ? 4 * used : BLOCK_MOST;
}

/* Only now is it known where the last stretch of the block before ends, and so
 * what the sums before the next one are. */
static void open_block(struct lane *lane, struct arena *arena, int64_t from_ns,
                       uint32_t what)
{
    const struct lane_block *last = NULL;
    size_t used = 0, room;
    struct lane_block *block;

    if (lane->blocks) {
        last = lane->entry[lane->blocks - 1].block;
        used = length_of(lane, lane->blocks - 1);
    }
    room = room_after(used);
    block = arena_alloc(arena, sizeof *block + room * sizeof *block->cell);
    if (last) {
        memcpy(block->sum_ns, last->sum_ns, sizeof block->sum_ns);
        add_up(last->cell, used, (uint64_t)(from_ns - lane->from_ns),
               block->sum_ns);
    }
    lane->entry = arena_grow(arena, lane->entry, lane->blocks,
                             sizeof *lane->entry);
    lane->entry[lane->blocks++] = (struct lane_entry){ from_ns, block,
                                                       lane->count,
                                                       what >> WHAT_BITS };
    lane->next = block->cell;
    lane->from_ns = from_ns;
    lane->room = (uint16_t)room;
    lane->high = (uint16_t)(what >> WHAT_BITS);
}

void lane_add(struct lane *lane, struct arena *arena, int64_t from_ns,
              unsigned state, uint32_t what)
{
    assert(state < LANE_STATES);
    assert(!lane->count || lane_last_from(lane) <= from_ns);

    if (lane->room == 0 || from_ns - lane->from_ns > UINT32_MAX ||
        what >> WHAT_BITS != lane->high)
        open_block(lane, arena, from_ns, what);
    *lane->next++ = (struct lane_cell){ (uint32_t)(from_ns - lane->from_ns),
                                        what << LANE_STATE_BITS | state };
    lane->room--;
    lane->count++;
}

void lane_correct(struct lane *lane, unsigned state, uint32_t what)
{
    assert(lane->count > 0 && lane->high == 0 && what >> WHAT_BITS == 0);
    lane->next[-1].what = what << LANE_STATE_BITS | state;
}

/* --- answers -------------------------------------------------------------- */

static bool is_in(const struct lane *lane, size_t block, size_t index)
{
    size_t first = lane->entry[block].first;

    return first <= index && index - first < length_of(lane, block);
}

/* The block in which a stretch is. In a lane whose blocks are all full its
 * number can be calculated; else it is looked for among the later ones. */
static size_t block_of(const struct lane *lane, size_t index)
{
    size_t low = 0, high = lane->blocks;

    if (index >= SMALL_ROOM)
        low = SMALL_BLOCKS + (index - SMALL_ROOM) / BLOCK_MOST;
    if (low < high && is_in(lane, low, index))
        return low;
    low = index / BLOCK_MOST;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (lane->entry[middle].first <= index)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct lane_stretch lane_at(const struct lane *lane, size_t index,
                            int64_t open_ns)
{
    size_t k = block_of(lane, index);
    const struct lane_entry *entry = &lane->entry[k];
    size_t place = index - entry->first;
    const struct lane_cell *cell = &entry->block->cell[place];
    struct lane_stretch stretch = { .from_ns = entry->from_ns + cell->after_ns,
                                    .to_ns = open_ns };

    assert(index < lane->count);
    stretch.state = cell->what & STATE_MASK;
    stretch.what = cell->what >> LANE_STATE_BITS | entry->high << WHAT_BITS;
    if (place + 1 < length_of(lane, k))
        stretch.to_ns = entry->from_ns + cell[1].after_ns;
    else if (k + 1 < lane->blocks)
        stretch.to_ns = entry[1].from_ns;
    return stretch;
}

/* Most lives go on evenly: where a block may be, as if they did. */
static size_t guess(const struct lane_entry *entry, size_t blocks, int64_t t_ns)
{
    double all = (double)(entry[blocks - 1].from_ns - entry->from_ns);

    return (size_t)((double)(t_ns - entry->from_ns) / all *
                    (double)(blocks - 1));
}

/* How many blocks begin at t_ns or before. From the guess on the steps double
 * until t_ns is between two blocks, which halving then brings together. */
static size_t blocks_until(const struct lane *lane, int64_t t_ns)
{
    const struct lane_entry *entry = lane->entry;
    size_t low = 0, high = lane->blocks, at, step;

    if (high == 0 || t_ns < entry->from_ns)
        return 0;
    if (entry[--high].from_ns <= t_ns)
        return high + 1;
    at = guess(entry, high + 1, t_ns);
    if (entry[at].from_ns <= t_ns) {
        low = at;
        for (step = 1; step < high - low; step *= 2)
            if (entry[low + step].from_ns <= t_ns)
                low += step;
            else
                high = low + step;
    } else {
        high = at;
        for (step = 1; step < high - low; step *= 2)
            if (entry[high - step].from_ns > t_ns)
                high -= step;
            else
                low = high - step;
    }
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (entry[middle].from_ns <= t_ns)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

/* How many cells of a block do not begin after so many ns; the first never
 * does. Without branches: each would be guessed wrong every other time. */
static size_t cells_until(const struct lane_cell *cell, size_t count,
                          uint64_t ns)
{
    size_t low = 0;

    while (count > 1) {
        size_t half = count / 2;

        low = cell[low + half].after_ns <= ns ? low + half : low;
        count -= half;
    }
    return low + 1;
}

/* Of several stretches that begin at t_ns, the last one: the others lasted no
 * time. */
bool lane_find(const struct lane *lane, int64_t t_ns, size_t *index)
{
    size_t blocks = blocks_until(lane, t_ns);
    const struct lane_entry *entry;

    *index = 0;
    if (blocks == 0)
        return false;
    entry = &lane->entry[blocks - 1];
    *index = entry->first +
             cells_until(entry->block->cell, length_of(lane, blocks - 1),
                         (uint64_t)(t_ns - entry->from_ns)) -
             1;
    return true;
}

size_t lane_before(const struct lane *lane, size_t below)
{
    size_t low = 0, high = lane->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (lane_at(lane, middle, 0).what < below)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void lane_sums(const struct lane *lane, int64_t t_ns, int64_t ns[LANE_STATES])
{
    size_t blocks = blocks_until(lane, t_ns);
    const struct lane_entry *entry;
    uint64_t after_ns;

    memset(ns, 0, LANE_STATES * sizeof *ns);
    if (blocks == 0)
        return;
    entry = &lane->entry[blocks - 1];
    after_ns = (uint64_t)(t_ns - entry->from_ns);
    memcpy(ns, entry->block->sum_ns, LANE_STATES * sizeof *ns);
    add_up(
        entry->block->cell,
        cells_until(entry->block->cell, length_of(lane, blocks - 1), after_ns),
        after_ns, ns);
}

/* The blocks and cells of lane_sums; those of other states count 0. */
int64_t lane_sum(const struct lane *lane, unsigned state, int64_t t_ns)
{
    size_t blocks = blocks_until(lane, t_ns), count;
    const struct lane_cell *cell;
    const struct lane_entry *entry;
    uint64_t sum, after_ns;

    assert(state < LANE_STATES);
    if (blocks == 0)
        return 0;
    entry = &lane->entry[blocks - 1];
    cell = entry->block->cell;
    after_ns = (uint64_t)(t_ns - entry->from_ns);
    count = cells_until(cell, length_of(lane, blocks - 1), after_ns) - 1;
    sum = (uint64_t)entry->block->sum_ns[state];
    for (size_t i = 0; i < count; i++)
        if ((cell[i].what & STATE_MASK) == state)
            sum += cell[i + 1].after_ns - cell[i].after_ns;
    if ((cell[count].what & STATE_MASK) == state)
        sum += after_ns - cell[count].after_ns;
    return (int64_t)sum;
}
