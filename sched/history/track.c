/*
 * What happened when is found by halves: numbers of events only ascend. The
 * same search serves everything else that is kept in order of its events.
 */
#include "sched/history/track.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"

void track_fini(struct track *track)
{
    free(track->event);
    *track = (struct track){ 0 };
}

void track_add(struct track *track, size_t event)
{
    track->event = xgrow(track->event, track->count, &track->capacity,
                         sizeof *track->event);
    track->event[track->count++] = (uint32_t)event;
}

size_t track_below(const void *array, size_t stride, size_t offset,
                   size_t count, size_t below)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t number;

        memcpy(&number, (const char *)array + middle * stride + offset,
               sizeof number);
        if (number < below)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The live edge is asked for most, and needs no search. */
size_t track_before(const struct track *track, size_t events)
{
    size_t count = track->count;

    if (count == 0 || track->event[count - 1] < events)
        return count;
    return track_below(track->event, sizeof *track->event, 0, count, events);
}
