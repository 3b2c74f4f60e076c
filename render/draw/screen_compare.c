/*
 * screen_compare.c -- two frames on one screen.
 *
 * Each half is an ordinary frame with its own scene and its own rows; they
 * share the window of time, so that one column is the same instant in both.
 */
#include "render/draw/screen_compare.h"

#include <stdio.h>
#include <string.h>

#include "render/cells/glyphs.h"
#include "render/draw/compare_internal.h"
#include "render/draw/fold.h"
#include "render/words/duration.h"
#include "render/words/narrate.h"
#include "render/words/narrate_compare.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/text.h"

enum {
    TEXT_SIZE = 1024
};

/* --- making the halves ---------------------------------------------------- */

static void make_half(struct compare_frame *both, int index)
{
    struct compare_half *half = &both->half[index];
    int64_t end;

    half->side = &both->compare->side[index];
    half->view = *both->view;
    half->begun = half->side->history != NULL;
    if (!half->begun)
        return;
    end = history_end(half->side->history);
    if (half->side->whole || half->view.t_ns > end)
        half->view.t_ns = end;
    scene_make(&half->scene, half->side->history, &half->view);
}

/* One window of time for both. */
static struct time_axis choose_axis(const struct compare_frame *both)
{
    struct view view = *both->view;
    const struct history *longest = both->compare->side[0].history;

    for (int i = 0; i < 2; i++) {
        const struct history *history = both->compare->side[i].history;

        if (!history)
            continue;
        if (history_end(history) > history_end(longest))
            longest = history;
        if (view.total_ns < time_axis_length(history))
            view.total_ns = time_axis_length(history);
    }
    return time_axis_make(both->layout[0].bar_x, both->layout[0].bar_width,
                          longest, &view);
}

/* Look at both, and divide a screen of this size. Returns false where it is too
 * small. */
static bool make(struct compare_frame *both, int width, int height)
{
    int machines[2];
    struct time_axis axis;

    for (int i = 0; i < 2; i++) {
        make_half(both, i);
        machines[i] = both->compare->side[i].machines;
    }
    layout_compare(both->layout, width, height, &both->half[0].scene,
                   both->view, machines);
    if (both->layout[0].too_small)
        return false;
    axis = choose_axis(both);
    for (int i = 0; i < 2; i++) {
        struct compare_half *half = &both->half[i];

        half->frame = (struct frame){ .cells = both->cells,
                                      .scene = &half->scene,
                                      .layout = &both->layout[i],
                                      .view = &half->view,
                                      .axis = axis };
        if (!half->begun)
            continue;
        half->frame.axis.forever_ns = time_axis_forever(half->side->history);
        routes_make(&half->frame.routes, &half->scene);
    }
    return true;
}

/* --- parts ---------------------------------------------------------------- */

/* Runs that were kept may be of two workloads, if the tasks are the same. */
static void name_workload(const struct compare_frame *both,
                          char name[TEXT_SIZE / 2])
{
    const char *first = both->half[0].scene.workload->name, *second = first;

    if (both->half[1].begun)
        second = both->half[1].scene.workload->name;
    if (strcmp(first, second) == 0)
        snprintf(name, TEXT_SIZE / 2, "%s", first);
    else
        snprintf(name, TEXT_SIZE / 2, "%s, %s", first, second);
}

static void draw_title_bar(struct compare_frame *both)
{
    const struct compare_half *half = &both->half[0];
    char name[TEXT_SIZE / 2];
    int width = both->cells->width, x = 1, right;
    char tasks[TEXT_SIZE];

    name_workload(both, name);
    cells_fill(both->cells, (struct rect){ 0, 0, width, 1 }, ' ', ROLE_TITLE);
    right = draw_clock(&both->half[0].frame, width - 1, both->view->t_ns) - 2;
    if (width >= 90)
        x += cells_text(both->cells, x, 0, -1, "concviz", ROLE_TITLE) + 2;
    x += cells_text(both->cells, x, 0, right - x, _("COMPARE"), ROLE_TITLE) + 2;
    if (both->view->recorded && right > x)
        x += cells_text(both->cells, x, 0, right - x, both->view->recorded,
                        ROLE_TITLE) +
             2;
    snprintf(tasks, sizeof tasks, _("%s: %d tasks, both on the same clock"),
             name, half->scene.task_count);
    if (right > x)
        cells_text(both->cells, x, 0, right - x, tasks, ROLE_TITLE);
}

/* The names of the rows, before their run has begun. */
static void draw_names(struct compare_frame *both, int index)
{
    const struct layout *layout = &both->layout[index];
    const struct scene *scene = &both->half[0].scene;

    if (both->view->by_machine)
        return;
    if (layout->folded) {
        fold_label(&both->half[0].frame, layout->lanes, layout->lane_step);
        return;
    }
    for (int i = 0; i < layout->lane_count && i < scene->task_count; i++)
        draw_chip(both->cells, 1, layout->lanes.y + i * layout->lane_step,
                  layout->chip, scene, i);
}

/* "◀ all done at 5.1s", after the end in the last row of the half. */
static void mark_end(struct compare_half *half)
{
    const struct history *history = half->side->history;
    const struct layout *layout = half->frame.layout;
    int64_t end = history_end(history);
    int column = time_axis_column(&half->frame.axis, end), x, room;
    char text[TEXT_SIZE] = "", time[DURATION_SIZE];

    if (!history_ended(history) || half->view.t_ns < end || column < 0 ||
        column >= layout->bar_width || layout->axis_y <= layout->lanes.y)
        return;
    PHRASE(text, sizeof text, _("◀ over at {0}"),
           duration_text(time, end, duration_unit(half->frame.axis.scale_ns)));
    x = layout->bar_x + column + 2;
    room = layout->width - x;
    if (text_cells(text) <= room)
        cells_text(half->frame.cells, x, layout->axis_y - 1, -1, text,
                   ROLE_STRONG);
}

/* The half whose legend has all the signs of the other one, too. */
static struct frame *legend_frame(struct compare_frame *both)
{
    bool other = both->half[1].begun && (draw_can_hold(&both->half[1].scene) ||
                                         !draw_can_hold(&both->half[0].scene));
    struct frame *frame = &both->half[other].frame;

    frame->many |= both->half[!other].frame.many;
    return frame;
}

/* --- words ---------------------------------------------------------------- */

static void say_first_turn(const struct compare_frame *both,
                           const char *const title[2], char *one, char *two)
{
    narrate_scene(one, TEXT_SIZE, &both->half[0].scene, both->cells->width - 4);
    PHRASE(two, TEXT_SIZE,
           _("{0} goes first, then {1}: so they do not fight for the cores."),
           title[0], title[1]);
}

static void say_second_turn(const struct compare_frame *both,
                            const char *const title[2], char *one, char *two)
{
    char end[DURATION_SIZE];
    int64_t ns = history_end(both->compare->side[0].history);

    narrate_scene(one, TEXT_SIZE, &both->half[1].scene, both->cells->width - 4);
    PHRASE(two, TEXT_SIZE, _("{0} took {1}; now it is the turn of {2}."),
           title[0], duration_text(end, ns, duration_unit(ns)), title[1]);
}

/* What is under the vertical line. */
static void count_both(const struct compare_frame *both,
                       const char *const title[2], char *one, char *two)
{
    char *const out[2] = { one, two };

    for (int i = 0; i < 2; i++) {
        int taken = snprintf(out[i], TEXT_SIZE, "%s: ", title[i]);

        narrate_count(out[i] + taken, TEXT_SIZE - (size_t)taken,
                      &both->half[i].scene, both->view->cursor_ns,
                      both->cells->width - 4 - text_cells(out[i]));
    }
}

static void write_words(const struct compare_frame *both, char *one, char *two)
{
    const struct compare *compare = both->compare;
    const char *const mode[2] = { compare->side[0].mode,
                                  compare->side[1].mode };
    const char *const title[2] = { narrate_compare_title(mode, 0),
                                   narrate_compare_title(mode, 1) };
    const struct history *const run[2] = { compare->side[0].history,
                                           compare->side[1].history };
    int64_t t_ns = both->view->t_ns;

    one[0] = two[0] = '\0';
    if (!run[1]) {
        say_first_turn(both, title, one, two);
    } else if (both->view->cursor_ns >= 0) {
        count_both(both, title, one, two);
    } else if (compare->side[0].whole) {
        say_second_turn(both, title, one, two);
    } else if (compare->verdict && t_ns >= history_end(run[0]) &&
               t_ns >= history_end(run[1])) {
        narrate_compare_verdict(one, TEXT_SIZE, compare->verdict, mode);
        narrate_compare_why(two, TEXT_SIZE, compare->verdict, mode);
    } else {
        narrate_compare_race(one, TEXT_SIZE, run, mode, t_ns);
        narrate_compare_now(two, TEXT_SIZE, run, mode, t_ns);
    }
}

/* --- all ------------------------------------------------------------------ */

static void draw_both(struct compare_frame *both)
{
    const char *notice = both->view->notice;
    struct time_axis axis = choose_axis(both);
    char one[TEXT_SIZE], two[TEXT_SIZE];

    draw_title_bar(both);
    draw_compare_scenes(both);
    for (int i = 0; i < 2; i++) {
        draw_compare_header(both, i);
        if (!both->half[i].begun) {
            draw_names(both, i);
            continue;
        }
        draw_timeline(&both->half[i].frame);
        mark_end(&both->half[i]);
    }
    draw_legend(legend_frame(both));
    /* The axis belongs to both: its mark is the screen's instant. */
    time_axis_draw(both->cells, &axis, both->layout[1].axis_y, both->view->t_ns,
                   both->view->cursor_ns);
    time_axis_draw_marks(both->cells, &axis, both->layout[1].axis_y,
                         both->view->mark_ns);
    write_words(both, one, two);
    draw_words(&both->half[0].frame,
               notice && both->layout[0].narration_rows == 1 ? notice : one,
               two);
    draw_footer(&both->half[0].frame);
    draw_compare_panel(both);
}

void screen_compare(struct cells *cells, const struct compare *compare,
                    const struct view *view)
{
    struct compare_frame both = { .cells = cells,
                                  .compare = compare,
                                  .view = view };

    cells_clear(cells);
    if (cells->width == 0 || cells->height == 0)
        return;
    if (make(&both, cells->width, cells->height))
        draw_both(&both);
    else
        draw_too_small(cells);
    if (view->glyphs == GLYPHS_ASCII)
        glyphs_to_ascii(cells);
}

/* From the first row of people to what stands below the axis; the row of the
 * second name lies between the halves. */
bool screen_compare_time_at(const struct compare *compare,
                            const struct view *view, int width, int height,
                            int x, int y, int64_t *t_ns)
{
    struct compare_frame both = { .compare = compare, .view = view };
    const struct layout *top = &both.layout[0], *bottom = &both.layout[1];

    if (!make(&both, width, height) || y < top->lanes.y ||
        y > bottom->axis_y + 1 || (y >= top->axis_y && y < bottom->lanes.y))
        return false;
    return time_axis_find(&both.half[0].frame.axis, x, t_ns);
}
