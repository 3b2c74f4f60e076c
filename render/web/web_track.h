/*
 * web_track.h -- something that changes now and then: from when on it has
 * which value.
 *
 * On the page it is two arrays: "at", how many nanoseconds after the change
 * before (the first one: after 0), and "is", the values. One thread at a time.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_TRACK_H
#define CONCVIZ_RENDER_WEB_WEB_TRACK_H

#include <stddef.h>
#include <stdint.h>

struct json;

/* All zero: nothing is known yet. */
struct web_track {
    struct web_change {
        int64_t t_ns, value;
    } * change;
    size_t count, capacity;
};

void web_track_fini(struct web_track *track);

/* From t_ns on it is value. Instants never go back; of several values at one
 * instant the last one stays, and what was so already is no change. */
void web_track_set(struct web_track *track, int64_t t_ns, int64_t value);

/* The same, even if it was so already: that something happens again counts. */
void web_track_add(struct web_track *track, int64_t t_ns, int64_t value);

/* The last change; before the first one `nothing`, from 0 on. */
struct web_change web_track_last(const struct web_track *track,
                                 int64_t nothing);

void web_track_write(struct json *json, const char *name,
                     const struct web_track *track);

#endif
