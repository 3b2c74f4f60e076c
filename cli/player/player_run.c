/*
 * player_run.c -- how a run gets onto the live screen.
 *
 * The model says beforehand how long it will take: the picture then fits the
 * screen from the first frame on.
 */
#include <stdio.h>

#include "cli/options/options.h"
#include "cli/player/player_internal.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"

enum {
    FORETELL_MS = 40
};

static const int64_t blink_ns = 250 * NS_PER_MS;

/* How long the run will be, as the model says; 0 if it takes too long to say. */
static int64_t foretell(const struct run_plan *plan)
{
    struct run_options model = plan->run;
    struct runner *runner;
    struct history *history;
    struct diag unused;
    int64_t end = 0;

    model.model = true;
    model.foretell = true;
    if (model.policy == POLICY_PICK)
        model.policy = POLICY_FIFO;
    runner = runner_start(plan->executor, plan->workload, &model, &unused);
    if (!runner)
        return 0;
    if (runner_wait(runner, FORETELL_MS)) {
        history = history_new(runner_trace(runner));
        history_update(history);
        end = history_end(history);
        history_free(history);
    }
    runner_free(runner);
    return end;
}

/* In a lesson a run that is over before one has looked is shown slowly. */
static double fit_speed(const struct player *player, int64_t total_ns)
{
    if (!player->guest || player->options->speed != 1.0 || total_ns <= 0)
        return player->options->speed;
    return total_ns <= blink_ns ? 0.1 : total_ns <= 2 * blink_ns ? 0.25 : 1.0;
}

static void say_slow(struct player *player, int64_t total_ns)
{
    char text[NOTICE_BYTES];

    if (!player->guest || player->playback.speed >= 1.0 ||
        player->plan->note[0])
        return;
    snprintf(text, sizeof text,
             _("it takes %.2g s; you see it %.0f times as slowly"),
             (double)total_ns / (double)NS_PER_S, 1 / player->playback.speed);
    player_notice(player, text, PLAYER_NOTE_NS);
}

bool player_start(struct player *player, struct diag *diag)
{
    const struct run_plan *plan = player->plan;
    int64_t total = foretell(plan), other = 0;
    struct runner *runner;

    if (player->pair.on && !player->pair.history)
        other = foretell(&player->pair.plan[1]);
    total = other > total ? other : total;
    runner = runner_start(plan->executor, plan->workload, &plan->run, diag);
    if (!runner)
        return false;
    player->runner = runner;
    player_diagnose_drop(player);
    player->history = history_new(runner_trace(runner));
    player->began_ns = TIME_NEVER;
    player->edge_ns = 0;
    /* The same scale for every mode: that is what makes them comparable. */
    if (total > player->view.total_ns)
        player->view.total_ns = total;
    player->view.left_ns = 0;
    playback_init(&player->playback,
                  player->playback.speed > 0 ? player->playback.speed
                                             : fit_speed(player, total),
                  player->options->step && !player->runs, !plan->run.model);
    if (!player->runs)
        say_slow(player, total);
    player->runs++;
    player->failed = false;
    player->dirty = true;
    return true;
}

void player_look_again(struct player *player, int64_t from_ns)
{
    player_diagnose_drop(player);
    player->history = history_new(runner_trace(player->runner));
    history_update(player->history);
    player->began_ns = TIME_NEVER;
    player->edge_ns = history_end(player->history);
    player->view.total_ns = player->edge_ns;
    playback_init(&player->playback, fit_speed(player, player->edge_ns), true,
                  false);
    playback_seek(&player->playback, from_ns, player->edge_ns);
    player->runs = 1;
    player->dirty = true;
}
