/*
 * playback.h -- which instant of a run is on the screen.
 *
 * The run goes its own way; the picture is at t_ns, moves at a speed, and can
 * be paused and moved. The edge is the last instant that can be shown: now, or
 * the end of the run. There is no clock in here: the caller says how much time
 * has passed.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYBACK_H
#define CONCVIZ_CLI_PLAYER_PLAYBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "render/scene/view.h"

struct playback {
    int64_t t_ns;
    double speed;
    bool paused;
    bool live;      /* the run takes real time; otherwise it is computed */
    bool following; /* stays at the edge, however far that is */
};

/* Start at the beginning of a run; follow it if it is live and the speed is
 * high enough. */
void playback_init(struct playback *playback, double speed, bool paused,
                   bool live);

/* Let passed_ns go by. Returns whether the picture moved. */
bool playback_move(struct playback *playback, int64_t passed_ns,
                   int64_t edge_ns);

/* Show t_ns, as near as there is something to show. */
void playback_seek(struct playback *playback, int64_t t_ns, int64_t edge_ns);

/* Stay at the edge from now on, at real speed at least. */
void playback_follow(struct playback *playback);

/* Change to the next speed of a fixed series. */
void playback_faster(struct playback *playback);
void playback_slower(struct playback *playback);

/* Pause or go on; at the end of a run that has ended, play it again from the
 * start. */
void playback_toggle(struct playback *playback, int64_t edge_ns, bool ended);

/* What the title says about it. */
enum play playback_state(const struct playback *playback, int64_t edge_ns,
                         bool ended);

#endif
