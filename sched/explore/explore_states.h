/*
 * explore_states.h -- the states a search has been in: a set of numbers.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_STATES_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_STATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct explore_states {
    uint64_t *slot;
    size_t room, count; /* room: a power of two, or 0 */
};

/* An empty set is all zeros; release what it holds. */
void explore_states_fini(struct explore_states *states);

/* Put state into the set. Returns whether it is new there; a set that has
 * become too large for memory says so of everything. */
bool explore_states_add(struct explore_states *states, uint64_t state);

#endif
