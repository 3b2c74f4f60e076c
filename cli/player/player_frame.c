/*
 * One frame of the live screen: the view is made ready, drawn and shown.
 */
#include <stdio.h>

#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/player/keys.h"
#include "cli/player/player_internal.h"
#include "cli/run/runner.h"
#include "render/draw/screen.h"
#include "render/output/backend.h"
#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    NUMBERS_PERCENT = 5
};

void player_notice(struct player *player, const char *text, int64_t for_ns)
{
    snprintf(player->notice, sizeof player->notice, "%s", text);
    player->notice_until_ns = for_ns ? clock_now_ns() + for_ns : TIME_NEVER;
    player->dirty = true;
}

/* Zoomed in, the picture shows a window; it moves on by leaps, because a
 * timeline that always scrolls is hard to read. */
static void keep_in_window(struct view *view)
{
    if (!view->scale_ns)
        view->left_ns = 0;
    else if (view->t_ns < view->left_ns ||
             view->t_ns > view->left_ns + view->scale_ns)
        view->left_ns = view->t_ns > view->scale_ns / 4
                            ? view->t_ns - view->scale_ns / 4
                            : 0;
}

static void choose_glyphs(struct player *player)
{
    bool ascii = player->options->ascii || !language_has_unicode() ||
                 !terminal_unicode();
    enum glyphs glyphs = ascii ? GLYPHS_ASCII : GLYPHS_UNICODE;

    if (player->help && glyphs == player->view.glyphs)
        return;
    keys_help_free(player->help);
    player->help = keys_help(ascii);
    player->view.glyphs = glyphs;
    player->view.help = (const char *const *)player->help;
}

/* Computed once for every state of the trace, not for every frame; where that
 * takes long because the run does, not for every state either: while it goes
 * on, at most NUMBERS_PERCENT of the time. */
static void look_up_numbers(struct player *player, int index,
                            const struct history *history)
{
    size_t events = trace_count(history_trace(history));
    int64_t now_ns = clock_now_ns();
    bool due = history_ended(history) ||
               now_ns >= player->numbers_due_ns[index];

    if (!player->numbers[index] ||
        (player->numbers_events[index] != events && due)) {
        metrics_free(player->numbers[index]);
        player->numbers[index] = metrics_new(history);
        player->numbers_events[index] = events;
        player->numbers_due_ns[index] = now_ns + (clock_now_ns() - now_ns) *
                                                     100 / NUMBERS_PERCENT;
    }
    player->view.numbers[index] = player->numbers[index];
}

void player_forget_numbers(struct player *player)
{
    for (int i = 0; i < 2; i++) {
        metrics_free(player->numbers[i]);
        player->numbers[i] = NULL;
    }
}

static void prepare_numbers(struct player *player)
{
    const struct history *first = player->pair.history;

    player->view.numbers[0] = player->view.numbers[1] = NULL;
    if (player->view.panel != PANEL_NUMBERS)
        return;
    look_up_numbers(player, 0, first ? first : player->history);
    if (first)
        look_up_numbers(player, 1, player->history);
}

void player_draw(struct player *player)
{
    struct view *view = &player->view;
    int width, height;

    terminal_size(&width, &height);
    cells_resize(&player->cells, width, height);
    choose_glyphs(player);
    view->t_ns = player->playback.t_ns;
    if (view->cursor_ns > view->t_ns) /* there is nothing to count yet */
        view->cursor_ns = view->t_ns;
    view->speed = player->playback.speed;
    view->play = playback_state(&player->playback, player->edge_ns,
                                player_ended(player));
    /* People walk while the picture moves; a picture that stands shows
     * everybody where they are. */
    view->motion = !player->options->no_motion &&
                   (view->play == PLAY_LIVE || view->play == PLAY_RUNNING);
    if (view->panel == PANEL_NUMBERS)
        overhead_meter_events(&player->meter, runner_trace(player->runner));
    view->price = &player->meter.price;
    view->notice = player->notice[0] ? player->notice : NULL;
    keep_in_window(view);
    strbuf_clear(&player->footer);
    if (player->guest)
        keys_footer_guest(&player->footer, view);
    else
        keys_footer(&player->footer, view);
    view->footer = player->footer.text;
    prepare_numbers(player);
    if (player->pair.on)
        player_pair_draw(player);
    else
        screen_draw(&player->cells, player->history, view);
    terminal_present(&player->cells);
    overhead_meter_frame(&player->meter, clock_now_ns());
    player->dirty = false;
}
