/*
 * draw_timeline.c -- rows of people, rows of machines, the axis of time.
 */
#include <inttypes.h>
#include <stdio.h>

#include "render/cells/glyphs.h"
#include "render/cells/role.h"
#include "render/draw/draw.h"
#include "render/draw/fold.h"
#include "render/draw/row.h"
#include "render/draw/span.h"
#include "render/scene/work.h"
#include "render/words/duration.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    CORNER = 0x2514, /* └ */
    CURSOR = 0x25B3, /* △ */
    LABEL_CELLS = 8, /* least cells from one label of the axis to the next */
    LABEL_GAP = 2,   /* cells between the labels of the axis */
};

/* --- time ----------------------------------------------------------------- */

int64_t draw_time(const struct frame *frame, int column)
{
    int width = frame->layout->bar_width;
    int64_t whole = frame->scale_ns / width, rest = frame->scale_ns % width;

    return frame->left_ns + whole * column + rest * column / width;
}

int draw_column(const struct frame *frame, int64_t t_ns)
{
    int width = frame->layout->bar_width, low = 0, high = width;

    if (t_ns < frame->left_ns)
        return -1;
    if (t_ns >= draw_time(frame, width))
        return width;
    while (high - low > 1) {
        int middle = (low + high) / 2;

        if (draw_time(frame, middle) <= t_ns)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* --- rows ----------------------------------------------------------------- */

static void label_person(struct frame *frame, int y, int task)
{
    bool selected = task == frame->view->selected;

    if (selected)
        cells_put(frame->cells, 0, y, GLYPH_RIGHT, STYLE(ROLE_SELECTED));
    draw_chip(frame->cells, 1, y, frame->layout->chip,
              scene_task_name(frame->scene, task), task);
}

/* The CPU it really is; in the model, where there is none, the machine. */
static void label_machine(struct frame *frame, int y, int machine)
{
    int64_t cpu = frame->scene->info->real
                      ? work_cpu(frame->scene->history, machine)
                      : machine + 1;

    if (frame->scene->machine_count == 1)
        cells_text(frame->cells, 1, y, -1, _("CPU"), STYLE(ROLE_TEXT));
    else
        cells_printf(frame->cells, 1, y, frame->layout->bar_x - 1,
                     STYLE(ROLE_TEXT), _("cpu%d"),
                     cpu < 0 ? machine + 1 : (int)cpu);
}

static void draw_row(struct frame *frame, int y, int index, bool machine)
{
    struct span_source row = { frame->scene->history, machine ? -1 : index,
                               machine ? index : -1 };

    if (machine)
        label_machine(frame, y, index);
    else
        label_person(frame, y, index);
    row_draw(frame, y, &row);
}

/* For the back row: what computes in row y fills some rows below as well. */
static void thicken(struct frame *frame, int y, int rows)
{
    for (int x = frame->layout->bar_x; x < frame->layout->width; x++) {
        struct cell cell = *cells_at(frame->cells, x, y);
        struct style style = { cell.role, cell.task, cell.under };
        bool whole = cell.rune == GLYPH_RUNNING ||
                     (cell.rune > ' ' && cell.rune < 0x7F);

        if (cell.role == ROLE_TASK) /* a letter of the name */
            style.role = ROLE_TASK_BAR;
        else if (cell.role != ROLE_TASK_BAR || cell.rune == GLYPH_HELD ||
                 cell.rune == GLYPH_MANY)
            continue;
        for (int i = 1; i <= rows; i++)
            cells_put(frame->cells, x, y + i, whole ? GLYPH_RUNNING : cell.rune,
                      style);
    }
}

static void say_hidden(struct frame *frame, int y, int above, int below)
{
    int x = frame->layout->bar_x, room = frame->layout->bar_width;

    if (above > 0 && below > 0)
        cells_printf(frame->cells, x, y, room, STYLE(ROLE_DIM),
                     _("… %d above, %d below"), above, below);
    else if (below > 0)
        cells_printf(frame->cells, x, y, room, STYLE(ROLE_DIM), _("… %d more"),
                     below);
    else
        cells_printf(frame->cells, x, y, room, STYLE(ROLE_DIM), _("… %d above"),
                     above);
}

/* The first row to show, so that the selected one can be seen. */
static int first_row(int selected, int count, int shown)
{
    int first = selected - shown + 1;

    if (first > count - shown)
        first = count - shown;
    return first > 0 ? first : 0;
}

/* Rows in rect; the last one says what is not shown. */
static void draw_rows(struct frame *frame, struct rect rect, int step,
                      bool machine)
{
    int count = machine ? frame->scene->machine_count
                        : frame->scene->task_count;
    int rows = rect.height / step, shown = rows, first;

    if (rows <= 0)
        return;
    if (machine ? count > rows && count > LAYOUT_CPUS : frame->layout->folded) {
        fold_draw(frame, rect, step, machine);
        return;
    }
    if (count > rows)
        shown--;
    first = machine ? 0 : first_row(frame->view->selected, count, shown);
    for (int i = 0; i < shown && first + i < count; i++) {
        draw_row(frame, rect.y + i * step, first + i, machine);
        if (frame->layout->thick && step > 1)
            thicken(frame, rect.y + i * step, step > 2 ? step - 2 : 1);
    }
    draw_counts(frame, rect, step, first,
                shown < count - first ? shown : count - first, machine);
    if (count > rows)
        say_hidden(frame, rect.y + shown * step, first, count - shown - first);
}

/* --- the line of now, and the cursor -------------------------------------- */

static void put_vertical(struct frame *frame, int column, enum role role,
                         bool over)
{
    int x = frame->layout->bar_x + column;

    if (column < 0 || column >= frame->layout->bar_width)
        return;
    for (int y = frame->layout->lanes.y; y < frame->layout->axis_y; y++) {
        const struct cell *cell = cells_at(frame->cells, x, y);

        if (cell->rune == ' ' && cell->under < 0)
            cells_put(frame->cells, x, y, GLYPH_BAR, STYLE(role));
        else if (over)
            cells_put(frame->cells, x, y, cell->rune, STYLE(ROLE_SELECTED));
    }
}

/* --- axis ----------------------------------------------------------------- */

/* A step of 1, 2 or 5 times a power of ten (60s and hours keep to it). */
static int64_t tick_step(const struct frame *frame, int cells)
{
    struct unit unit = duration_unit(frame->scale_ns);
    double least = (double)frame->scale_ns / frame->layout->bar_width * cells;
    double step = (double)unit.ns;

    while (step > least * 10)
        step /= 10;
    while (step < least)
        step *= step * 2 >= least ? 2 : step * 5 >= least ? 5 : 10;
    return step < 1 ? 1 : (int64_t)step;
}

static void write_label(char *out, int64_t t_ns, struct unit unit, int64_t step)
{
    unit.decimals = 0;
    for (int64_t part = unit.ns; part > 1 && step % part; part /= 10)
        unit.decimals++;
    duration_text(out, t_ns, unit);
}

static void put_tick(struct frame *frame, int64_t t_ns, int64_t step)
{
    const struct layout *layout = frame->layout;
    int column = draw_column(frame, t_ns), x = layout->bar_x + column;
    char label[DURATION_SIZE];

    if (column >= layout->bar_width)
        return;
    write_label(label, t_ns, duration_unit(frame->scale_ns), step);
    cells_put(frame->cells, x, layout->axis_y, column ? GLYPH_TICK : CORNER,
              STYLE(ROLE_DIM));
    if (x + text_cells(label) <= layout->width)
        cells_text(frame->cells, x, layout->axis_y + 1, -1, label,
                   STYLE(ROLE_DIM));
}

static void put_mark(struct frame *frame, int64_t t_ns, uint32_t glyph)
{
    int column = draw_column(frame, t_ns);

    if (column == frame->layout->bar_width &&
        t_ns == frame->left_ns + frame->scale_ns)
        column--;
    if (column >= 0 && column < frame->layout->bar_width)
        cells_put(frame->cells, frame->layout->bar_x + column,
                  frame->layout->axis_y, glyph, STYLE(ROLE_NOW));
}

/* Wipe away what is left of a label from x on, to the left or to the right. */
static void wipe_label(struct frame *frame, int x, int step)
{
    int y = frame->layout->axis_y + 1;

    for (; x >= 0 && x < frame->layout->width; x += step) {
        if (cells_at(frame->cells, x, y)->rune == ' ')
            return;
        cells_put(frame->cells, x, y, ' ', STYLE(ROLE_TEXT));
    }
}

/* The time under the cursor, over the labels of the axis. */
static void label_cursor(struct frame *frame, int64_t t_ns)
{
    const struct layout *layout = frame->layout;
    int column = draw_column(frame, t_ns), x, cells;
    struct unit unit = duration_unit(frame->scale_ns);
    char text[DURATION_SIZE], label[DURATION_SIZE + 2];

    if (column < 0 || column >= layout->bar_width)
        return;
    unit.decimals++;
    snprintf(label, sizeof label, " %s ", duration_text(text, t_ns, unit));
    cells = text_cells(label);
    x = layout->bar_x + column - cells / 2;
    x = x + cells > layout->width ? layout->width - cells : x;
    x = x > 0 ? x : 0;
    wipe_label(frame, x, -1);
    wipe_label(frame, x + cells - 1, 1);
    cells_text(frame->cells, x, layout->axis_y + 1, -1, label,
               STYLE(ROLE_SELECTED));
}

/* Far from the start and zoomed in, labels are longer than usual. */
static int64_t label_step(const struct frame *frame, int64_t end_ns)
{
    int64_t step = tick_step(frame, LABEL_CELLS);
    char label[DURATION_SIZE];
    int cells;

    write_label(label, end_ns, duration_unit(frame->scale_ns), step);
    cells = text_cells(label) + LABEL_GAP;
    return cells > LABEL_CELLS ? tick_step(frame, cells) : step;
}

void draw_axis(struct frame *frame)
{
    const struct layout *layout = frame->layout;
    int64_t end = draw_time(frame, layout->bar_width), t,
            step = label_step(frame, end);

    cells_fill(
        frame->cells,
        (struct rect){ layout->bar_x, layout->axis_y, layout->bar_width, 1 },
        GLYPH_RAIL, STYLE(ROLE_DIM));
    t = frame->left_ns / step * step;
    for (t += t < frame->left_ns ? step : 0; t < end; t += step)
        put_tick(frame, t, step);
    put_mark(frame, frame->scene->t_ns, GLYPH_UP);
    if (frame->view->cursor_ns >= 0) {
        put_mark(frame, frame->view->cursor_ns, CURSOR);
        label_cursor(frame, frame->view->cursor_ns);
    }
}

void draw_timeline(struct frame *frame)
{
    const struct layout *layout = frame->layout;
    const struct view *view = frame->view;

    draw_rows(frame, layout->lanes, layout->lane_step, view->by_machine);
    if (!view->by_machine)
        draw_rows(frame, layout->cpus, layout->thick_cpus ? 2 : 1, true);
    put_vertical(frame, draw_column(frame, frame->scene->t_ns), ROLE_NOW,
                 false);
    if (view->cursor_ns >= 0)
        put_vertical(frame, draw_column(frame, view->cursor_ns), ROLE_SELECTED,
                     true);
}
