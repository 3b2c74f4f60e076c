/*
 * player_pace.h -- at which speed a run is shown first.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_PACE_H
#define CONCVIZ_CLI_PLAYER_PLAYER_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct playback;
struct player_notice;

struct player_pace {
    bool guest;    /* a part of something else, such as a lesson */
    double wanted; /* --speed */
    double slowed; /* the speed that suits a short run; 0: not chosen so */
};

/* The speed that suits a run of this length. */
double player_pace_fit(const struct player_pace *pace, int64_t total_ns);

/* The speed of the next run: what the person has chosen in this one, shown at
 * speed `before`, else what suits it. */
double player_pace_next(struct player_pace *pace, double before,
                        int64_t total_ns);

/* The model has foretold how short the run would be; how slowly it is shown
 * depends on how long it really is, unless the person has chosen since. Returns
 * whether there is a notice now that says so. */
bool player_pace_adjust(struct player_pace *pace, struct playback *playback,
                        int64_t edge_ns, bool ended,
                        struct player_notice *notice);

#endif
