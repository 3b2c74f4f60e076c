/*
 * player_frame.c -- from the run, the playback and the view to one picture.
 *
 * What the person chose stays in the view from frame to frame; everything else
 * in it is set again for each frame.
 */
#include "cli/player/player_frame.h"

#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/player/playback.h"
#include "cli/player/player_find.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_panes.h"
#include "cli/player/player_run.h"
#include "cli/run/runner.h"
#include "render/draw/screen.h"
#include "render/draw/screen_compare.h"
#include "render/output/terminal.h"
#include "sched/base/clock.h"

void player_frame_init(struct player_frame *frame,
                       const struct options *options,
                       const struct key_binding *keys)
{
    *frame = (struct player_frame){ .options = options, .keys = keys };
    view_init(&frame->view);
    frame->view.large = options->large;
    frame->view.side = player_panes_wanted(options);
    if (options->step)
        frame->view.stepped_ns = 0;
    overhead_meter_init(&frame->meter);
    cells_init(&frame->cells, 1, 1);
    strbuf_init(&frame->footer);
}

void player_frame_fini(struct player_frame *frame)
{
    player_frame_forget(frame);
    cells_fini(&frame->cells);
    strbuf_fini(&frame->footer);
    page_keys_help_free(frame->help);
}

void player_frame_forget(struct player_frame *frame)
{
    for (int i = 0; i < 2; i++)
        player_numbers_forget(&frame->numbers[i]);
    frame->view.mark_ns[0] = frame->view.mark_ns[1] = -1;
}

void player_frame_fit(struct player_frame *frame, int64_t edge_ns, bool ended)
{
    if (edge_ns > frame->view.total_ns)
        frame->view.total_ns = ended ? edge_ns : edge_ns / 4 * 5 + NS_PER_MS;
}

/* --- two runs ------------------------------------------------------------- */

static struct compare compare_of(const struct player_run *run)
{
    const struct player_pair *pair = &run->pair;
    struct compare compare = { .verdict = pair->replay ? &pair->verdict
                                                       : NULL };

    for (int i = 0; i < 2; i++) {
        compare.side[i].mode = run_plan_label(&pair->plan[i]);
        compare.side[i].machines = pair->plan[i].run.machines;
    }
    compare.side[0].history = pair->history ? pair->history : run->history;
    compare.side[0].whole = pair->history && !pair->replay;
    compare.side[1].history = pair->history ? run->history : NULL;
    return compare;
}

bool player_frame_time_at(const struct player_frame *frame,
                          const struct player_run *run, int x, int y,
                          int64_t *t_ns)
{
    int width = frame->cells.width, height = frame->cells.height;
    struct compare compare;

    if (!run->pair.on)
        return screen_time_at(run->history, &frame->view, width, height, x, y,
                              t_ns);
    compare = compare_of(run);
    return screen_compare_time_at(&compare, &frame->view, width, height, x, y,
                                  t_ns);
}

/* --- a frame -------------------------------------------------------------- */

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

static void choose_glyphs(struct player_frame *frame)
{
    bool ascii = frame->options->ascii || !language_has_unicode() ||
                 !terminal_unicode();
    enum glyph_set glyphs = ascii ? GLYPHS_ASCII : GLYPHS_UNICODE;

    if (frame->help && glyphs == frame->view.glyphs)
        return;
    page_keys_help_free(frame->help);
    frame->help = page_keys_help(frame->keys, ascii);
    frame->view.glyphs = glyphs;
    frame->view.help = (const char *const *)frame->help;
}

static void show_time(struct view *view, const struct playback *playback,
                      const struct player_run *run)
{
    view->t_ns = playback->t_ns;
    view->speed = playback->speed;
    view->play = playback_state(playback, run->edge_ns, player_run_ended(run));
    keep_in_window(view);
}

static void show_numbers(struct player_frame *frame,
                         const struct player_run *run)
{
    struct view *view = &frame->view;
    const struct history *first = run->pair.on ? run->pair.history : NULL;

    view->metrics[0] = view->metrics[1] = NULL;
    if (view->panel != PANEL_NUMBERS)
        return;
    overhead_meter_events(&frame->meter, runner_trace(run->runner));
    view->metrics[0] = player_numbers_get(&frame->numbers[0],
                                          first ? first : run->history, view);
    if (first)
        view->metrics[1] = player_numbers_get(&frame->numbers[1], run->history,
                                              view);
}

/* The line stays where the person put it; in a run that has not come so far,
 * it goes along with what is new until then. */
static struct view with_line(const struct view *view)
{
    struct view shown = *view;

    if (shown.cursor_ns > shown.t_ns)
        shown.cursor_ns = shown.t_ns;
    return shown;
}

static void draw_cells(struct player_frame *frame, const struct player_run *run,
                       const struct view *view)
{
    struct compare compare;

    if (!run->pair.on) {
        screen_draw(&frame->cells, run->history, view);
        return;
    }
    compare = compare_of(run);
    screen_compare(&frame->cells, &compare, view);
}

void player_frame_draw(struct player_frame *frame, const struct player_run *run,
                       const struct playback *playback)
{
    struct view *view = &frame->view, shown;
    int width, height;

    terminal_size(&width, &height);
    cells_resize(&frame->cells, width, height);
    choose_glyphs(frame);
    show_time(view, playback, run);
    /* Trails show motion: there are none in a picture that stands still. */
    view->motion = !frame->options->no_motion &&
                   (view->play == PLAY_LIVE || view->play == PLAY_RUNNING);
    view->overhead = &frame->meter.overhead;
    strbuf_clear(&frame->footer);
    if (frame->find->open)
        prompt_footer(&frame->footer, &frame->find->prompt, width);
    else
        player_keys_footer(&frame->footer, view, frame->keys);
    view->footer = frame->footer.text;
    show_numbers(frame, run);
    shown = with_line(view);
    draw_cells(frame, run, &shown);
    terminal_present(&frame->cells);
    overhead_meter_frame(&frame->meter, clock_now_ns());
}
