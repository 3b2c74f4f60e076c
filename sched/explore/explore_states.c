/*
 * explore_states.c -- a hash table with open addressing: the numbers are
 * hashes already, so the low bits say where to look first.
 */
#include "sched/explore/explore_states.h"

#include <stdlib.h>

#include "sched/base/xalloc.h"

enum {
    FIRST_ROOM = 1 << 10,
    ROOM_MAX = 1 << 23, /* 64 MiB */
};

void explore_states_fini(struct explore_states *states)
{
    free(states->slot);
    *states = (struct explore_states){ .slot = NULL };
}

/* Where state is, or where it would be; 0 marks a slot that is free. */
static uint64_t *find(const struct explore_states *states, uint64_t state)
{
    size_t at = (size_t)state & (states->room - 1);

    while (states->slot[at] && states->slot[at] != state)
        at = (at + 1) & (states->room - 1);
    return &states->slot[at];
}

/* Everything moves: where a number is depends on the room. */
static void grow(struct explore_states *states)
{
    struct explore_states larger = {
        .room = states->room ? 2 * states->room : FIRST_ROOM,
        .count = states->count,
    };

    larger.slot = xcalloc(larger.room, sizeof *larger.slot);
    for (size_t i = 0; i < states->room; i++)
        if (states->slot[i])
            *find(&larger, states->slot[i]) = states->slot[i];
    free(states->slot);
    *states = larger;
}

/* Half of the room stays free, or looking would take long. */
bool explore_states_add(struct explore_states *states, uint64_t state)
{
    uint64_t *slot;

    if (2 * states->count >= states->room && states->room < ROOM_MAX)
        grow(states);
    state += state == 0;
    slot = find(states, state);
    if (*slot)
        return false;
    if (2 * states->count < states->room) {
        *slot = state;
        states->count++;
    }
    return true;
}
