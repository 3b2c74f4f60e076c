/*
 * screen.c -- a whole frame: look at the run, divide the screen, draw each
 * part.
 */
#include "render/draw/screen.h"

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/scene/layout.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "sched/base/clock.h"

static void draw_time(struct frame *frame)
{
    struct time_axis axis = frame->axis;

    draw_timeline(frame);
    draw_legend(frame);
    if (frame->view->mystery) /* the words would tell */
        axis.forever_ns = TIME_NEVER;
    time_axis_draw(frame->cells, &axis, frame->layout->axis_y,
                   frame->scene->t_ns, frame->view->cursor_ns);
    time_axis_draw_marks(frame->cells, &axis, frame->layout->axis_y,
                         frame->view->mark_ns);
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
    draw_panes(frame);
    draw_meters(frame);
    draw_time(frame);
    draw_narration(frame);
    draw_footer(frame);
    draw_trails(frame);
    draw_panel(frame);
}

int screen_draw(struct cells *cells, const struct history *history,
                const struct view *view)
{
    struct scene scene;
    struct layout layout;
    struct frame frame = { cells, &scene, &layout, view, .trails = 0 };

    cells_clear(cells);
    if (cells->width == 0 || cells->height == 0)
        return 0;
    scene_make(&scene, history, view);
    layout_make(&layout, cells->width, cells->height, &scene, view);
    if (layout.too_small) {
        draw_too_small(cells);
    } else {
        routes_make(&frame.routes, &scene);
        frame.axis = time_axis_make(layout.bar_x, layout.bar_width, history,
                                    view);
        draw_frame(&frame);
    }
    if (view->glyphs == GLYPHS_ASCII)
        glyphs_to_ascii(cells);
    return layout.legend_y;
}

bool screen_time_at(const struct history *history, const struct view *view,
                    int width, int height, int x, int y, int64_t *t_ns)
{
    struct scene scene;
    struct layout layout;
    struct time_axis axis;

    scene_make(&scene, history, view);
    layout_make(&layout, width, height, &scene, view);
    if (layout.too_small || y < layout.lanes.y || y > layout.axis_y + 1)
        return false;
    axis = time_axis_make(layout.bar_x, layout.bar_width, history, view);
    return time_axis_find(&axis, x, t_ns);
}

int screen_timeline(struct cells *cells, const struct history *history,
                    const struct view *view)
{
    struct scene scene;
    struct layout layout;
    struct frame frame = { cells, &scene, &layout, view, .trails = 0 };

    cells_clear(cells);
    scene_make(&scene, history, view);
    if (cells->width >= LAYOUT_WIDTH_MIN && cells->height >= 5) {
        layout_timeline(&layout, cells->width, cells->height, &scene);
        frame.axis = time_axis_make(layout.bar_x, layout.bar_width, history,
                                    view);
        draw_time(&frame);
    }
    if (view->glyphs == GLYPHS_ASCII)
        glyphs_to_ascii(cells);
    return 3 + scene.task_count + scene.machine_count;
}
