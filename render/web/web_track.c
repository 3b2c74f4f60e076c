/*
 * web_track.c -- a list of changes, written as differences: those of a run
 * repeat, and are short.
 */
#include "render/web/web_track.h"

#include <stdlib.h>

#include "sched/base/json.h"
#include "sched/base/xalloc.h"

void web_track_fini(struct web_track *track)
{
    free(track->change);
}

void web_track_add(struct web_track *track, int64_t t_ns, int64_t value)
{
    track->change = xgrow(track->change, track->count, &track->capacity,
                          sizeof *track->change);
    track->change[track->count++] = (struct web_change){ t_ns, value };
}

struct web_change web_track_last(const struct web_track *track, int64_t nothing)
{
    return track->count > 0 ? track->change[track->count - 1]
                            : (struct web_change){ 0, nothing };
}

void web_track_set(struct web_track *track, int64_t t_ns, int64_t value)
{
    if (track->count > 0 && track->change[track->count - 1].t_ns == t_ns)
        track->count--;
    if (track->count == 0 || track->change[track->count - 1].value != value)
        web_track_add(track, t_ns, value);
}

void web_track_write(struct json *json, const char *name,
                     const struct web_track *track)
{
    int64_t before_ns = 0;

    json_begin(json, name, '{');
    json_begin(json, "at", '[');
    for (size_t i = 0; i < track->count; i++) {
        json_int(json, NULL, track->change[i].t_ns - before_ns);
        before_ns = track->change[i].t_ns;
    }
    json_end(json, ']');
    json_begin(json, "is", '[');
    for (size_t i = 0; i < track->count; i++)
        json_int(json, NULL, track->change[i].value);
    json_end(json, ']');
    json_end(json, '}');
}
