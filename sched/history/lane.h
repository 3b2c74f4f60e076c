/*
 * lane.h -- stretches of time, one after another, with exact sums.
 *
 * The life of a task, the service of a machine and the owners of a lock are
 * all lanes: each stretch begins where the one before it ended and has a
 * state; the last one is open. In a long lane a stretch costs 10 bytes, its
 * share of the sums included. The memory of a lane belongs to an arena and is
 * freed with it. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_HISTORY_LANE_H
#define CONCVIZ_SCHED_HISTORY_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct lane_block; /* lane.c */

enum {
    LANE_STATES = 9,
    LANE_STATE_BITS = 4, /* of a cell */
};

/* A stretch, as it is stored in a block: the state is in the lowest bits. */
struct lane_cell {
    uint32_t after_ns; /* its block */
    uint32_t what;
};

/* All zero is an empty lane. */
struct lane {
    struct lane_entry {
        int64_t from_ns;
        struct lane_block *block;
        uint32_t first; /* the index of its first stretch */
        uint32_t high;  /* bits of all that is remembered there */
    } * entry;
    struct lane_cell *next; /* where the next stretch goes, */
    int64_t from_ns;        /* which is so long after this, */
    uint32_t count, blocks;
    uint16_t room, high; /* for so many more, with these highest bits */
};

struct lane_stretch {
    int64_t from_ns, to_ns;
    uint32_t what; /* whatever the owner of the lane wants to remember */
    unsigned state;
};

/* Begin a stretch; from_ns must not be before the last one's, state is below
 * LANE_STATES. */
void lane_add(struct lane *lane, struct arena *arena, int64_t from_ns,
              unsigned state, uint32_t what);

/* The last stretch, of at least one, was something else from its beginning;
 * what is below 2^28, and was. */
void lane_correct(struct lane *lane, unsigned state, uint32_t what);

/* The state and what is remembered of the last stretch, of at least one. */
static inline unsigned lane_last_state(const struct lane *lane)
{
    return lane->next[-1].what & ((1u << LANE_STATE_BITS) - 1);
}

static inline uint32_t lane_last_what(const struct lane *lane)
{
    return lane->next[-1].what >> LANE_STATE_BITS |
           (uint32_t)lane->high << (32 - LANE_STATE_BITS);
}

static inline int64_t lane_last_from(const struct lane *lane)
{
    return lane->from_ns + lane->next[-1].after_ns;
}

/* The stretch at index < count; the last one ends at open_ns. */
struct lane_stretch lane_at(const struct lane *lane, size_t index,
                            int64_t open_ns);

/*
 * Find the stretch that lasts at t_ns: the last one with from_ns <= t_ns.
 * Returns whether there is one and puts its index in *index. O(log n).
 */
bool lane_find(const struct lane *lane, int64_t t_ns, size_t *index);

/* How many stretches remember a number below `below`, where what they remember
 * ascends, as the numbers of events do. O(log n). */
size_t lane_before(const struct lane *lane, size_t below);

/* Nanoseconds spent in each state before t_ns, the last stretch being endless,
 * or in one of them. O(log n). */
void lane_sums(const struct lane *lane, int64_t t_ns, int64_t ns[LANE_STATES]);
int64_t lane_sum(const struct lane *lane, unsigned state, int64_t t_ns);

#endif
