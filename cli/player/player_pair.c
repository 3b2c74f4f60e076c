/*
 * player_pair.c -- two runs of one workload on the live screen.
 *
 * They are run one after the other, so that they do not fight for the cores.
 * Then the picture starts again, with both on one clock.
 */
#include "cli/player/player_internal.h"

#include "cli/run/runner.h"
#include "render/draw/screen_compare.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"

void player_want_pair(struct player *player, const struct run_plan *first,
                      const struct run_plan *second, bool keep)
{
    player_want(player, first);
    player->next_rival = *second;
    player->next_pair = true;
    player->keep = keep;
}

void player_pair_drop(struct player *player)
{
    history_free(player->pair.history);
    runner_free(player->pair.runner);
    player->pair = (struct pair){ .on = false };
}

bool player_pair_begin(struct player *player, struct diag *diag)
{
    struct pair *pair = &player->pair;

    pair->on = true;
    pair->plan[0] = player->next;
    pair->plan[1] = player->next_rival;
    if (!player->keep) {
        *player->plan = pair->plan[0];
        return player_start(player, diag);
    }
    pair->runner = player->runner;
    pair->history = player->history;
    *player->plan = pair->plan[1];
    return player_start(player, diag);
}

/* Both are over: look at them together, from the begin. */
static void begin_replay(struct player *player)
{
    struct pair *pair = &player->pair;
    int64_t first = history_end(pair->history);
    int64_t second = history_end(player->history);
    bool paused = player->playback.paused;

    pair->replay = true;
    pair->verdict = comparison_make(pair->history, player->history);
    player->edge_ns = first > second ? first : second;
    player->view.total_ns = player->edge_ns;
    playback_init(&player->playback, player->playback.speed, paused, false);
    player->dirty = true;
}

bool player_pair_follow(struct player *player, struct diag *diag)
{
    struct pair *pair = &player->pair;

    if (!pair->on || pair->replay || player->wanted ||
        !history_ended(player->history) || !runner_wait(player->runner, 0))
        return true;
    if (pair->history) {
        begin_replay(player);
        return true;
    }
    pair->history = player->history;
    pair->runner = player->runner;
    *player->plan = pair->plan[1];
    return player_start(player, diag);
}

bool player_ended(const struct player *player)
{
    return player->pair.on ? player->pair.replay
                           : history_ended(player->history);
}

int64_t player_step(const struct player *player, bool forward)
{
    int64_t t_ns = player->playback.t_ns;
    int64_t here = history_step(player->history, t_ns, forward);
    int64_t there;

    if (!player->pair.replay)
        return here;
    there = history_step(player->pair.history, t_ns, forward);
    if (here == t_ns || there == t_ns)
        return here == t_ns ? there : here;
    return (here < there) == forward ? here : there;
}

static struct compare compare_of(const struct player *player)
{
    const struct pair *pair = &player->pair;
    const struct history *first = pair->history ? pair->history
                                                : player->history;
    struct compare compare = { .verdict = pair->replay ? &pair->verdict
                                                       : NULL };

    for (int i = 0; i < 2; i++) {
        compare.side[i].mode = pair->plan[i].executor->mode->name;
        compare.side[i].machines = pair->plan[i].run.machines;
    }
    compare.side[0].history = first;
    compare.side[0].whole = pair->history && !pair->replay;
    compare.side[1].history = pair->history ? player->history : NULL;
    return compare;
}

void player_pair_draw(struct player *player)
{
    struct compare compare = compare_of(player);

    screen_compare(&player->cells, &compare, &player->view);
}

bool player_pair_time_at(const struct player *player, int x, int y,
                         int64_t *t_ns)
{
    struct compare compare = compare_of(player);

    return screen_compare_time_at(&compare, &player->view, player->cells.width,
                                  player->cells.height, x, y, t_ns);
}
