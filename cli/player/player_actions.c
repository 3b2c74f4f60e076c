/*
 * What keys do to the live screen. Nearly all of it changes the view; only
 * three reach the run, through its gate: quit, run another, and a pick.
 */
#include "cli/player/player_internal.h"

#include "cli/options/options.h"
#include "cli/options/theme.h"
#include "cli/page/hangul_keys.h"
#include "cli/player/keys.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"
#include "sched/workload/workload.h"

enum {
    SCRUB_PARTS = 20, /* a scrub is this part of what is visible */
    MODEL_MS = 100,
    LABEL_CELLS = 8,  /* about what stands left of the columns of time */
    SCROLL_MOST = 60, /* rows; no panel has more to hide */
};

static const int64_t hangul_notice_ns = 2 * NS_PER_S;
static const int64_t scale_least_ns = 10 * NS_PER_US;

/* --- time ----------------------------------------------------------------- */

static void seek(struct player *player, int64_t t_ns)
{
    playback_seek(&player->playback, t_ns, player->edge_ns);
}

static void step(struct player *player, bool forward)
{
    player->playback.paused = true;
    seek(player, player_step(player, forward));
}

static int64_t visible_ns(const struct view *view)
{
    return view->scale_ns ? view->scale_ns : view->total_ns;
}

static void scrub(struct player *player, int direction)
{
    seek(player, player->playback.t_ns +
                     direction * visible_ns(&player->view) / SCRUB_PARTS);
}

/* To the end; while it still goes on, along with it. */
static void to_end(struct player *player)
{
    /* What is computed is soon over: its end can be waited for. */
    if (player->plan->run.model && runner_wait(player->runner, MODEL_MS)) {
        history_update(player->history);
        player->edge_ns = history_end(player->history);
    }
    seek(player, player->edge_ns);
    if (!player_ended(player)) {
        player->playback.paused = false;
        if (player->playback.speed < 1)
            player->playback.speed = 1;
        player->playback.following = true;
    }
}

void player_put_line(struct player *player, int64_t t_ns)
{
    int64_t now_ns = player->playback.t_ns;

    player->view.cursor_ns = t_ns < 0 ? 0 : t_ns > now_ns ? now_ns : t_ns;
}

/* About a column; a line that is not there yet begins at now. */
static void move_line(struct player *player, int direction)
{
    int64_t column = visible_ns(&player->view) /
                     (player->cells.width > 2 * LABEL_CELLS
                          ? player->cells.width - LABEL_CELLS
                          : LABEL_CELLS);

    if (player->view.cursor_ns < 0)
        player_put_line(player, player->playback.t_ns);
    else
        player_put_line(player, player->view.cursor_ns + direction * column);
}

static void toggle_line(struct player *player)
{
    if (player->view.cursor_ns < 0)
        player_put_line(player, player->playback.t_ns);
    else
        player->view.cursor_ns = -1;
}

/* Around the instant that is shown; all the way out is the whole run. */
static void zoom(struct player *player, bool in)
{
    struct view *view = &player->view;
    int64_t scale = visible_ns(view);

    scale = in ? scale / 2 : scale * 2;
    if (scale < scale_least_ns)
        return;
    view->scale_ns = scale < view->total_ns ? scale : 0;
    view->left_ns = player->playback.t_ns - view->scale_ns / 2;
    if (view->left_ns < 0)
        view->left_ns = 0;
}

/* --- what is looked at ---------------------------------------------------- */

static void toggle_panel(struct view *view, enum panel panel)
{
    view->panel = view->panel == panel ? PANEL_NONE : panel;
    view->panel_scroll = 0;
}

/* Who stands still and could say why; else the first. */
static int first_waiting(const struct player *player)
{
    const struct workload *workload = player->plan->workload;

    for (size_t i = 0; i < workload->task_count; i++) {
        enum task_state state =
            history_at(player->history, (int)i, player->playback.t_ns).state;

        if (state != STATE_RUNNING && state != STATE_DONE &&
            state != STATE_ABSENT)
            return (int)i;
    }
    return 0;
}

static void ask_why(struct player *player)
{
    toggle_panel(&player->view, PANEL_WHY);
    if (player->view.selected < 0)
        player->view.selected = first_waiting(player);
}

/* The person above or below; in a text that scrolls, the text. */
static void go_vertically(struct player *player, int direction)
{
    struct view *view = &player->view;
    int last = (int)player->plan->workload->task_count - 1;

    if (view->panel == PANEL_HELP || view->panel == PANEL_NUMBERS) {
        view->panel_scroll += direction;
        if (view->panel_scroll < 0 || view->panel_scroll > SCROLL_MOST)
            view->panel_scroll -= direction;
        return;
    }
    view->unfolded = true;
    view->selected += direction;
    if (view->selected < 0)
        view->selected = view->selected < -1 ? last : 0;
    if (view->selected > last)
        view->selected = last;
}

/* --- the run -------------------------------------------------------------- */

/* The first one stays and meets another. */
static void want_other_rival(struct player *player, int direction)
{
    const struct pair *pair = &player->pair;
    struct run_plan next = player->wanted && player->next_pair
                               ? player->next_rival
                               : pair->plan[1];

    do
        run_plan_other_mode(&next, &next, player->options, player->usable,
                            direction);
    while (next.executor == pair->plan[0].executor);
    player_want_pair(player, &pair->plan[0], &next, false);
}

/* This mode and its counterpart, or back to one run. */
static void want_comparison(struct player *player)
{
    const struct run_plan *plan = player->plan;
    struct run_plan rival;

    if (player->guest || plan->run.policy == POLICY_PICK)
        return;
    if (player->pair.on) {
        player_want(player, &player->pair.plan[0]);
        return;
    }
    run_plan_counterpart(&rival, plan, player->options, player->usable);
    player_want_pair(player, plan, &rival,
                     history_ended(player->history) &&
                         history_outcome(player->history) == OUTCOME_FINISHED);
}

static void want_mode(struct player *player, int direction)
{
    struct run_plan next;

    if (player->pair.on) {
        want_other_rival(player, direction);
        return;
    }
    run_plan_other_mode(&next, player->wanted ? &player->next : player->plan,
                        player->options, player->usable, direction);
    player_want(player, &next);
}

static void want_again(struct player *player)
{
    struct run_plan same = *player->plan;

    if (player->pair.on)
        player_want_pair(player, &player->pair.plan[0], &player->pair.plan[1],
                         false);
    else
        player_want(player, &same);
}

static void pick(struct player *player, uint32_t digit)
{
    size_t index = digit - '1';

    if (index < player->asked)
        gate_answer(runner_gate(player->runner), index);
}

/* --- keys ----------------------------------------------------------------- */

static void leave(struct player *player, enum player_left left)
{
    player->left = left;
    player->quit = true;
}

static void close_or_quit(struct player *player)
{
    if (player->view.panel != PANEL_NONE)
        player->view.panel = PANEL_NONE;
    else
        leave(player, PLAYER_QUIT);
}

static void act_on_time(struct player *player, enum player_action action)
{
    struct playback *playback = &player->playback;

    switch (action) {
    case ACTION_PAUSE:
        playback_toggle(playback, player->edge_ns, player_ended(player));
        break;
    case ACTION_GO_ON:
        playback->paused = false;
        break;
    case ACTION_STEP:
    case ACTION_STEP_BACK:
        step(player, action == ACTION_STEP);
        break;
    case ACTION_SCRUB:
    case ACTION_SCRUB_BACK:
        scrub(player, action == ACTION_SCRUB ? 1 : -1);
        break;
    case ACTION_START:
        playback->paused = true;
        seek(player, 0);
        break;
    case ACTION_END:
        to_end(player);
        break;
    case ACTION_FASTER:
        playback_faster(playback);
        break;
    case ACTION_SLOWER:
        playback_slower(playback);
        break;
    case ACTION_SPEED_ONE:
        playback->speed = 1;
        break;
    default:
        break;
    }
}

static void act_on_view(struct player *player, enum player_action action)
{
    struct view *view = &player->view;

    switch (action) {
    case ACTION_HELP:
        toggle_panel(view, PANEL_HELP);
        break;
    case ACTION_WHY:
        ask_why(player);
        break;
    case ACTION_NUMBERS:
        toggle_panel(view, PANEL_NUMBERS);
        break;
    case ACTION_SCORE:
        if (view->score)
            toggle_panel(view, PANEL_SCORE);
        break;
    case ACTION_CLOSE:
        view->panel = PANEL_NONE;
        break;
    case ACTION_UP:
    case ACTION_DOWN:
        go_vertically(player, action == ACTION_DOWN ? 1 : -1);
        break;
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
        zoom(player, action == ACTION_ZOOM_IN);
        break;
    case ACTION_LINE:
        toggle_line(player);
        break;
    case ACTION_LINE_LEFT:
    case ACTION_LINE_RIGHT:
        move_line(player, action == ACTION_LINE_RIGHT ? 1 : -1);
        break;
    case ACTION_FOLD:
        view->unfolded = !view->unfolded;
        break;
    case ACTION_ROWS:
        view->by_machine = !view->by_machine;
        break;
    case ACTION_BIG:
        view->large = !view->large;
        break;
    case ACTION_THEME:
        theme_next();
        break;
    case ACTION_REPAINT:
        terminal_repaint();
        break;
    default:
        break;
    }
}

/* What keys do to a run in a lesson, before they do anything else. */
static bool act_as_guest(struct player *player, uint32_t key)
{
    bool closed = player->view.panel == PANEL_NONE;

    if (key == TKEY_ENTER && closed) {
        if (history_ended(player->history) &&
            player->playback.t_ns >= player->edge_ns)
            leave(player, PLAYER_ON);
        else
            to_end(player);
        return true;
    }
    if (key == TKEY_BACKSPACE && closed)
        leave(player, PLAYER_BACK);
    if (player->guest->runner && keys_action(key) == ACTION_AGAIN)
        return true; /* this one is only looked at */
    return key == TKEY_BACKSPACE || key == TKEY_TAB || key == TKEY_BACKTAB;
}

void player_act(struct player *player, enum player_action action, uint32_t key)
{
    if (player->guest && act_as_guest(player, key)) {
        player->dirty = true;
        player->next_frame_ns = 0;
        return;
    }
    switch (action) {
    case ACTION_NONE:
        return;
    case ACTION_QUIT:
        close_or_quit(player);
        break;
    case ACTION_NEXT_MODE:
        want_mode(player, 1);
        break;
    case ACTION_PREVIOUS_MODE:
        want_mode(player, -1);
        break;
    case ACTION_COMPARE:
        want_comparison(player);
        break;
    case ACTION_MORE_MACHINES:
        player_turn(player, KNOB_MORE);
        break;
    case ACTION_FEWER_MACHINES:
        player_turn(player, KNOB_FEWER);
        break;
    case ACTION_SLICE:
        player_turn(player, KNOB_SLICE);
        break;
    case ACTION_POLICY:
        player_turn(player, KNOB_POLICY);
        break;
    case ACTION_LINES:
        player_turn(player, KNOB_LINES);
        break;
    case ACTION_AGAIN:
        want_again(player);
        break;
    case ACTION_PICK:
        pick(player, key);
        break;
    default:
        act_on_time(player, action);
        act_on_view(player, action);
        break;
    }
    player->dirty = true;
    player->next_frame_ns = 0; /* at once */
}

void player_read_keys(struct player *player)
{
    uint32_t key;

    while (!player->quit && (key = terminal_key()) != TKEY_NONE) {
        char letters[HANGUL_KEYS_MAX + 1];

        if (key == TKEY_RESIZED) {
            player->dirty = true;
        } else if (key == TKEY_MOUSE) {
            player_click(player);
        } else if (hangul_keys(letters, key)) {
            player_notice(player, _("Korean input is on: press the 한/영 key"),
                          hangul_notice_ns);
            for (const char *p = letters; *p && !player->quit; p++)
                player_act(player, keys_action((uint32_t)*p), (uint32_t)*p);
        } else {
            player_act(player, keys_action(key), key);
        }
    }
}
