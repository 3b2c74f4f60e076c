#include "sched/history/track.h"

#include <stdlib.h>

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

/* The live edge is asked for most, and needs no search. */
size_t track_before(const struct track *track, size_t events)
{
    size_t low = 0, high = track->count;

    if (high == 0 || track->event[high - 1] < events)
        return high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (track->event[middle] < events)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
