/*
 * player_begin.c -- how a run comes onto the live screen: another one that has
 * just begun, one that has ended, or one that was kept.
 */
#include <stdio.h>

#include "cli/options/options.h"
#include "cli/player/player_internal.h"
#include "cli/run/kept_runs.h"
#include "cli/run/runner.h"
#include "sched/base/i18n.h"

void player_notify(struct player *player, const char *text, int64_t for_ns)
{
    player_notice_set(&player->notice, text, for_ns);
    player->dirty = true;
}

static void say_note(struct player *player)
{
    if (player->run.plan->note[0])
        player_notify(player, player->run.plan->note, PLAYER_NOTE_NS);
}

void player_say_cut(struct player *player)
{
    const struct diag *unused;

    if (player_run_is_cut(&player->run) &&
        !runner_error(player->run.runner, &unused))
        player_notify(
            player,
            _("the end was not kept: the run is shown as far as it goes"), 0);
}

/* Another run has begun: show it from its start. The scale is the same for
 * every mode: that is what makes them comparable. */
static void show_run(struct player *player)
{
    struct view *view = &player->frame.view;
    int64_t total_ns = player->run.foretold_ns;
    bool first = player->run.count == 1;

    player_diagnose_forget(&player->diagnose);
    player_frame_forget(&player->frame);
    player_pick_forget(&player->pick);
    if (view->panel == PANEL_SCORE)
        view->panel = PANEL_NONE;
    player_frame_fit(&player->frame, total_ns, true);
    view->left_ns = 0;
    playback_init(
        &player->playback,
        player_pace_next(&player->pace, player->playback.speed, total_ns),
        player->run.options->step && first, !player->run.plan->run.model);
}

/* Both runs are over: look at them together, from the start. */
static void show_replay(struct player *player)
{
    struct playback *playback = &player->playback;

    player->frame.view.total_ns = player->run.edge_ns;
    playback_init(playback, playback->speed, playback->paused, false);
}

void player_begin_again(struct player *player)
{
    int64_t end_ns;

    player_run_look_again(&player->run);
    end_ns = player->run.edge_ns;
    player->frame.view.total_ns = end_ns;
    playback_init(&player->playback, player_pace_fit(&player->pace, end_ns),
                  true, false);
    playback_seek(&player->playback, player->controls.guest->from_ns, end_ns);
    player->dirty = true;
    say_note(player);
}

void player_begin_kept(struct player *player, const struct kept_runs *kept)
{
    struct player_run *run = &player->run;
    const struct options *options = run->options;
    bool over;

    if (kept->count == 2)
        player_run_look_at_two(run, kept->runner[0], &kept->plan[0]);
    else
        player_run_look_again(run);
    over = player_run_ended(run);
    player_frame_fit(&player->frame, run->edge_ns, over);
    playback_init(&player->playback, options->speed, options->step, !over);
    player->dirty = true;
    say_note(player);
    player_say_cut(player);
}

void player_begin_news(struct player *player, struct diag *diag)
{
    switch (player_run_next(&player->run, diag)) {
    case NEWS_NONE:
        return;
    case NEWS_BEGAN:
        show_run(player);
        say_note(player);
        break;
    case NEWS_SECOND:
        show_run(player);
        break;
    case NEWS_REPLAY:
        show_replay(player);
        break;
    case NEWS_FAILED:
        player->controls.left = PLAYER_FAILED;
        break;
    }
    player->dirty = true;
}
