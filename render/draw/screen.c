/*
 * screen.c -- a whole frame: look, divide the screen, draw each part.
 */
#include "render/draw/screen.h"

#include "render/cells/glyphs.h"
#include "render/cells/role.h"
#include "render/draw/draw.h"
#include "render/scene/layout.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"

/* In ns; below these nothing that is computed from them overflows. */
#define WINDOW_MOST (INT64_MAX / 512)
#define TIME_MOST   (INT64_MAX / 4)

/* The next 1, 2 or 5 times a power of ten: a live window grows in steps. */
static int64_t round_up(int64_t ns)
{
    int64_t step = NS_PER_MS;

    while (step < ns && step < WINDOW_MOST / 10)
        step *= step * 2 >= ns ? 2 : step * 5 >= ns ? 5 : 10;
    return step;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int64_t between(int64_t least, int64_t value, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

void screen_window(struct frame *frame, const struct history *history,
                   const struct view *view)
{
    int64_t end = between(0, history_end(history), WINDOW_MOST);
    int64_t total = between(0, view->total_ns, WINDOW_MOST);
    int64_t scale = view->scale_ns;

    frame->left_ns = between(0, view->left_ns, TIME_MOST);
    if (scale <= 0) {
        bool known = history_ended(history) || total >= end;

        scale = total > end ? total : end;
        scale = known && scale > 0 ? scale + scale / 24 : round_up(scale);
        frame->left_ns = 0;
    }
    frame->scale_ns = between(frame->layout->bar_width, scale, WINDOW_MOST);
}

void screen_too_small(struct cells *cells)
{
    cells_printf(cells, 0, 0, cells->width, STYLE(ROLE_TEXT),
                 _("%dx%d needed, now %dx%d"), SCREEN_WIDTH_MIN,
                 SCREEN_HEIGHT_MIN, cells->width, cells->height);
}

static void draw_frame(struct frame *frame)
{
    draw_title(frame);
    if (frame->layout->compact) {
        draw_scene_list(frame);
    } else {
        draw_lines(frame);
        draw_machines(frame);
        draw_away(frame);
        draw_done(frame);
    }
    draw_meters(frame);
    draw_legend(frame);
    draw_timeline(frame);
    draw_axis(frame);
    draw_narration(frame);
    draw_footer(frame);
    draw_walkers(frame);
    draw_panel(frame);
}

void screen_draw(struct cells *cells, const struct history *history,
                 const struct view *view)
{
    struct scene scene;
    struct layout layout;
    struct frame frame = { cells, &scene, &layout, view, .walkers = 0 };

    cells_clear(cells);
    if (cells->width == 0 || cells->height == 0)
        return;
    scene_make(&scene, history, view);
    layout_make(&layout, cells->width, cells->height, &scene, view);
    if (layout.too_small) {
        screen_too_small(cells);
    } else {
        routes_make(&frame.routes, &scene);
        screen_window(&frame, history, view);
        draw_frame(&frame);
    }
    if (view->glyphs == GLYPHS_ASCII)
        glyphs_to_ascii(cells);
}

bool screen_time_at(const struct history *history, const struct view *view,
                    int width, int height, int x, int y, int64_t *t_ns)
{
    struct scene scene;
    struct layout layout;
    struct frame frame = { NULL, &scene, &layout, view, .walkers = 0 };

    scene_make(&scene, history, view);
    layout_make(&layout, width, height, &scene, view);
    if (layout.too_small || y < layout.lanes.y || y > layout.axis_y + 1 ||
        x < layout.bar_x || x >= layout.bar_x + layout.bar_width)
        return false;
    screen_window(&frame, history, view);
    *t_ns = draw_time(&frame, x - layout.bar_x) +
            frame.scale_ns / layout.bar_width / 2;
    return true;
}

/* All rows of cells for the timeline; there is no scene, so no frame has to
 * be as large as one for a screen. */
static void layout_timeline(struct layout *layout, const struct cells *cells,
                            const struct scene *scene)
{
    int room = cells->height - 3, people = least(scene->task_count, room / 2);
    int machines = least(least(scene->machine_count, LAYOUT_CPUS),
                         room - people);
    int rows = room - machines;

    *layout = (struct layout){ .width = cells->width, .height = cells->height };
    layout->path_y = layout->done_y = -1;
    layout->lane_step = 1;
    layout->lane_count = rows < scene->task_count ? rows : scene->task_count;
    layout->folded = scene->task_count > 2 * rows;
    layout->lanes = (struct rect){ 0, 1, cells->width, layout->lane_count };
    layout->cpus = (struct rect){ 0, 1 + layout->lane_count, cells->width,
                                  machines };
    layout->axis_y = layout->cpus.y + machines;
    layout_columns(layout, scene);
}

int screen_timeline(struct cells *cells, const struct history *history,
                    const struct view *view)
{
    struct scene scene;
    struct layout layout;
    struct frame frame = { cells, &scene, &layout, view, .walkers = 0 };

    cells_clear(cells);
    scene_make(&scene, history, view);
    if (cells->width >= SCREEN_WIDTH_MIN && cells->height >= 5) {
        layout_timeline(&layout, cells, &scene);
        screen_window(&frame, history, view);
        draw_legend(&frame);
        draw_timeline(&frame);
        draw_axis(&frame);
    }
    if (view->glyphs == GLYPHS_ASCII)
        glyphs_to_ascii(cells);
    return 3 + scene.task_count + scene.machine_count;
}
