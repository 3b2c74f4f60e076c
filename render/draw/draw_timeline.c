/*
 * draw_timeline.c -- rows of people, rows of machines, and the line of now.
 */
#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/draw/exchange.h"
#include "render/draw/fold.h"
#include "render/draw/row.h"
#include "render/draw/span.h"
#include "render/draw/value_row.h"
#include "sched/base/i18n.h"

/* --- rows ----------------------------------------------------------------- */

static void label_person(struct frame *frame, int y, int task)
{
    bool selected = task == frame->view->selected;

    if (selected)
        cells_put(frame->cells, 0, y, GLYPH_RIGHT, ROLE_SELECTED);
    draw_chip(frame->cells, 1, y, frame->layout->chip, frame->scene, task);
}

/* The number that the box of the machine and all sentences say; which core that
 * is in a real run stands in the box. The last cell is for a count. */
static void label_machine(struct frame *frame, int y, int machine)
{
    if (frame->scene->machine_count == 1)
        cells_text(frame->cells, 1, y, -1, _("CPU"), ROLE_TEXT);
    else
        cells_printf(frame->cells, 1, y, frame->layout->bar_x - 2, ROLE_TEXT,
                     _("M%d"), machine + 1);
}

static void draw_row(struct frame *frame, int y, int index, bool machine)
{
    struct span_source row = { frame->scene->history, machine ? -1 : index,
                               machine ? index : -1 };

    if (machine)
        label_machine(frame, y, index);
    if (machine && index == 0 && !frame->scene->info->imported &&
        !frame->scene->info->program && !draw_can_compute(frame->scene))
        cells_text(frame->cells, frame->layout->bar_x + 1, y,
                   frame->layout->bar_width - 1,
                   _("no task has a cpu step: there is next to nothing to "
                     "compute"),
                   ROLE_DIM);
    if (!machine)
        label_person(frame, y, index);
    row_draw(frame, y, &row);
}

/* For viewers at the back of a hall: what computes in row y also fills some
 * rows below it. */
static void thicken(struct frame *frame, int y, int rows)
{
    for (int x = frame->layout->bar_x; x < frame->layout->width; x++) {
        struct cell cell = *cells_at(frame->cells, x, y);
        struct style style = { cell.role, cell.task, cell.under };
        bool whole = cell.rune == GLYPH_RUNNING ||
                     (cell.rune > ' ' && cell.rune < 0x7F);

        if (cell.role == ROLE_TASK && cell.rune != GLYPH_STOLEN) /* a letter */
            style.role = ROLE_TASK_BAR;
        else if (cell.role != ROLE_TASK_BAR || cell.rune == GLYPH_HELD ||
                 cell.rune == GLYPH_MANY)
            continue;
        for (int i = 1; i <= rows; i++)
            cells_put_styled(frame->cells, x, y + i,
                             whole ? GLYPH_RUNNING : cell.rune, style);
    }
}

static void say_hidden(struct frame *frame, int y, int above, int below)
{
    int x = frame->layout->bar_x, room = frame->layout->bar_width;

    if (above > 0 && below > 0)
        cells_printf(frame->cells, x, y, room, ROLE_DIM,
                     _("… %d above, %d below"), above, below);
    else if (below > 0)
        cells_printf(frame->cells, x, y, room, ROLE_DIM, _("… %d more"), below);
    else
        cells_printf(frame->cells, x, y, room, ROLE_DIM, _("… %d above"),
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
    if (machine ? count > rows : frame->layout->folded) {
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
            cells_put(frame->cells, x, y, GLYPH_BAR, role);
        else if (over && cell->width == 1) /* no half letter */
            cells_put(frame->cells, x, y, cell->rune, ROLE_SELECTED);
    }
}

/* The row of a person, or -1. */
static int person_y(const struct frame *frame, int task)
{
    const struct layout *layout = frame->layout;
    int count = frame->scene->task_count, rows = layout->lane_count, first;

    if (frame->view->by_machine || layout->folded)
        return -1;
    rows -= count > rows; /* the last one says what is not shown */
    first = first_row(frame->view->selected, count, rows);
    return task >= first && task < first + rows
               ? layout->lanes.y + (task - first) * layout->lane_step
               : -1;
}

void draw_timeline(struct frame *frame)
{
    const struct layout *layout = frame->layout;
    const struct view *view = frame->view;

    draw_rows(frame, layout->lanes, layout->lane_step, view->by_machine);
    value_row_draw(frame);
    if (!view->by_machine)
        draw_rows(frame, layout->cpus, layout->thick_cpus ? 2 : 1, true);
    put_vertical(frame, time_axis_column(&frame->axis, frame->scene->t_ns),
                 ROLE_NOW, false);
    if (view->cursor_ns >= 0)
        put_vertical(frame, time_axis_column(&frame->axis, view->cursor_ns),
                     ROLE_SELECTED, true);
    exchange_draw(frame, person_y);
}
