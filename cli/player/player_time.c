/*
 * player_time.c -- keys that move the picture through time. None of them
 * touches the run.
 */
#include "cli/player/player_time.h"

#include "cli/player/playback.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_run.h"
#include "render/scene/view.h"

enum {
    SCRUB_PARTS = 20 /* a scrub is this part of what is visible */
};

static void seek(struct player_controls *controls, int64_t t_ns)
{
    playback_seek(controls->playback, t_ns, controls->run->edge_ns);
}

void player_time_hold(void *screen, int toggle)
{
    struct player_controls *controls = screen;

    if (toggle)
        playback_toggle(controls->playback, controls->run->edge_ns,
                        player_run_ended(controls->run));
    else
        controls->playback->paused = false;
}

void player_time_step(void *screen, int direction)
{
    struct player_controls *controls = screen;
    int64_t from_ns = controls->playback->t_ns;
    int64_t to_ns = player_run_step(controls->run, from_ns, direction > 0);

    controls->playback->paused = true;
    if (to_ns == from_ns && direction > 0) { /* a model is soon made */
        player_run_catch_up(controls->run);
        to_ns = player_run_step(controls->run, from_ns, true);
    }
    seek(controls, to_ns);
    controls->view->stepped_ns = controls->playback->t_ns;
}

void player_time_scrub(void *screen, int direction)
{
    struct player_controls *controls = screen;

    seek(controls,
         controls->playback->t_ns +
             direction * view_visible_ns(controls->view) / SCRUB_PARTS);
}

/* Go to the end; of a run that still goes on, follow the end. */
static void to_end(struct player_controls *controls)
{
    player_run_catch_up(controls->run);
    seek(controls, controls->run->edge_ns);
    if (!player_run_ended(controls->run))
        playback_follow(controls->playback);
}

void player_time_end(void *screen, int direction)
{
    struct player_controls *controls = screen;

    if (direction > 0) {
        to_end(controls);
        return;
    }
    controls->playback->paused = true;
    seek(controls, 0);
}

void player_time_again(void *screen, int unused)
{
    struct player_controls *controls = screen;

    (void)unused;
    controls->playback->paused = false;
    seek(controls, 0);
}

void player_time_speed(void *screen, int direction)
{
    struct player_controls *controls = screen;

    if (direction > 0)
        playback_faster(controls->playback);
    else if (direction < 0)
        playback_slower(controls->playback);
    else
        controls->playback->speed = 1;
}
