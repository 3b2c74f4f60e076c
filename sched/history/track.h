/*
 * track.h -- the numbers of events of one sort, in order.
 *
 * All zero is an empty track. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_HISTORY_TRACK_H
#define CONCVIZ_SCHED_HISTORY_TRACK_H

#include <stddef.h>
#include <stdint.h>

struct track {
    uint32_t *event;
    size_t count, capacity;
};

void track_fini(struct track *track);

/* Add an event, which must be later than those before. */
void track_add(struct track *track, size_t event);

/*
 * How many of `count` things are below: each is `stride` bytes long and has its
 * number, an ascending uint32_t, `offset` bytes from its beginning. array may be
 * NULL if there are none. O(log n).
 */
size_t track_below(const void *array, size_t stride, size_t offset,
                   size_t count, size_t below);

/* How many of them are among the first `events` events. O(log n). */
size_t track_before(const struct track *track, size_t events);

#endif
