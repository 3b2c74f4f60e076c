/*
 * lane.h -- stretches of time, one after another, with exact sums.
 *
 * The life of a task, the service of a machine and the owners of a lock are
 * all lanes: each stretch begins where the one before it ended and has a
 * state; the last one is open. A stretch costs 16 bytes and its share of the
 * sums 5. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_HISTORY_LANE_H
#define CONCVIZ_SCHED_HISTORY_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LANE_STATES = 9,
    LANE_BLOCK = 16, /* stretches between two stored sums */
};

struct lane_stretch {
    int64_t from_ns;
    uint32_t what; /* whatever the owner of the lane wants to remember */
    uint8_t state; /* < LANE_STATES */
};

struct lane_sums {
    int64_t ns[LANE_STATES];
};

/* All zero is an empty lane. */
struct lane {
    struct lane_stretch *stretch;
    struct lane_sums *sums; /* sums[k]: before stretch (k + 1) * LANE_BLOCK */
    size_t count, capacity, sums_capacity;
};

void lane_fini(struct lane *lane);

/* Begin a stretch; from_ns must not be before the last one's. */
void lane_add(struct lane *lane, int64_t from_ns, unsigned state,
              uint32_t what);

/* The last stretch, or NULL. */
static inline const struct lane_stretch *lane_last(const struct lane *lane)
{
    return lane->count ? &lane->stretch[lane->count - 1] : NULL;
}

/* Take back the last stretch, so that the one before it is open again. */
void lane_drop(struct lane *lane);

/*
 * Find the stretch that lasts at t_ns: the last one with from_ns <= t_ns.
 * Returns whether there is one and puts its index in *index. O(log n).
 */
bool lane_find(const struct lane *lane, int64_t t_ns, size_t *index);

/* How many stretches remember a number below `below`, where what they remember
 * ascends, as the numbers of events do. O(log n). */
size_t lane_before(const struct lane *lane, size_t below);

/* Nanoseconds spent in state before t_ns, the last stretch being endless.
 * O(log n). */
int64_t lane_sum(const struct lane *lane, unsigned state, int64_t t_ns);

#endif
