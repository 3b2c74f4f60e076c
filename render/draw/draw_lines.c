/*
 * draw_lines.c -- people in line, and the way from the lines to the machines.
 *
 *   LINE 1   [C] [A] ━━━━┓
 *                        ┣━━▶
 *   LINE 2       [B] ━━━━┛
 *
 * The first in line stands at the right, nearest to the machine.
 */
#include <stdio.h>

#include "render/cells/big.h"
#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    LEFT = 1,
    RIGHT = 2,
    UP = 4,
    DOWN = 8,
    DASHES = 4, /* cells between the first in line and the join */
};

static const uint32_t heavy[16] = {
    ' ',    0x2501, 0x2501, 0x2501, 0x2503, 0x251B, 0x2517, 0x253B,
    0x2503, 0x2513, 0x250F, 0x2533, 0x2503, 0x252B, 0x2523, 0x254B,
};

struct slot_rows {
    int top, rows;
};

/* The rows a route may use: those of its machines. The frame between two
 * machines is the upper one of the next route. */
static struct slot_rows route_rows(const struct frame *frame,
                                   const struct route *route)
{
    struct layout_slot first = layout_slot(frame->layout, route->first_machine);
    int end = route->first_machine + route->machines;
    struct layout_slot last = layout_slot(frame->layout, end - 1);
    bool shared = end < scene_machines(frame->scene) && last.bottom > first.top;

    return (struct slot_rows){ first.top, last.bottom - first.top + !shared };
}

/* The row of the k-th of `lines` lines. */
static int line_row(struct slot_rows rows, int k, int lines)
{
    return rows.top + rows.rows * (2 * k + 1) / (2 * lines);
}

static int put_person(struct frame *frame, int right, int left, int y, bool big,
                      const struct person *person)
{
    const char *name = scene_task_name(frame->scene, person->task);
    int width = frame->layout->chip;
    int cells = big ? draw_big_cells(frame, name) : 0;

    if (cells == 0) {
        cells = draw_chip_cells(name, width);
        if (right - cells + 1 < left)
            return 0;
        draw_person(frame, right - cells + 1, y, width, person);
        return cells;
    }
    if (right - cells + 1 < left)
        return 0;
    draw_big(frame, right - cells + 1, y - 1, person);
    return cells;
}

/* Whoever may be picked has the digit to press before the name. */
static void put_digit(struct frame *frame, int x, int y, int task)
{
    const struct view *view = frame->view;

    for (int i = 0; i < view->candidates; i++)
        if (view->candidate[i] == task)
            cells_put(frame->cells, x - 1, y, (uint32_t)('1' + i), ROLE_KEY);
}

static void put_people(struct frame *frame, const struct scene_line *line,
                       int left, int y, bool big)
{
    int right = frame->layout->join_x - DASHES - 2;
    int shown = 0;

    if (line->count == 0)
        cells_text(frame->cells, right - text_cells(_("(empty)")) + 1, y, -1,
                   _("(empty)"), ROLE_DIM);
    for (; shown < line->shown; shown++) {
        bool is_last = shown + 1 == line->count;
        int cells = put_person(frame, right, left + (is_last ? 0 : 5), y, big,
                               &line->person[shown]);

        if (cells == 0)
            break;
        right -= cells + 1;
        put_digit(frame, right + 2, y, line->person[shown].task);
    }
    if (shown < line->count) {
        char more[16];

        snprintf(more, sizeof more, "+%d", line->count - shown);
        cells_text(frame->cells, right - text_cells(more) + 1, y, -1, more,
                   ROLE_STRONG);
    }
}

/* Big people take the whole row: the name of their line is above them. */
static void put_line(struct frame *frame, int index, int y, bool big)
{
    const struct layout *layout = frame->layout;
    bool above = big || layout->names_above;
    int x = layout->lines.x, label_y = big ? y - 2 : y - above, taken;

    if (frame->scene->line_count == 1)
        taken = cells_text(frame->cells, x, label_y, -1, _("LINE"),
                           ROLE_STRONG);
    else
        taken = cells_printf(frame->cells, x, label_y, -1, ROLE_STRONG,
                             _("LINE %d"), index + 1);
    put_people(frame, &frame->scene->line[index], x + (above ? 0 : taken + 1),
               y, big);
    for (x = layout->join_x - DASHES; x < layout->join_x; x++)
        cells_put(frame->cells, x, y, heavy[LEFT], ROLE_TEXT);
}

/* Lines that have no row of their own. */
static void put_rest(struct frame *frame, const struct route *route, int shown,
                     int y)
{
    int people = 0, rest = route->lines - shown;

    for (int k = shown; k < route->lines; k++)
        people += frame->scene->line[frame->routes.line[route->first_line + k]]
                      .count;
    if (rest > 0)
        cells_printf(frame->cells, frame->layout->lines.x, y,
                     frame->layout->join_x - DASHES - frame->layout->lines.x,
                     ROLE_DIM, _("… %d more lines, %d people"), rest, people);
}

/* Join everything that arrives or leaves at these rows, which ascend. */
static void put_join(struct frame *frame, const int *from, int from_count,
                     const int *to, int to_count)
{
    int x = frame->layout->join_x;
    int low = from[0] < to[0] ? from[0] : to[0];
    int high = from[from_count - 1] > to[to_count - 1] ? from[from_count - 1]
                                                       : to[to_count - 1];

    for (int y = low; y <= high; y++) {
        int arms = (y > low ? UP : 0) | (y < high ? DOWN : 0);

        for (int i = 0; i < from_count; i++)
            arms |= from[i] == y ? LEFT : 0;
        for (int i = 0; i < to_count; i++)
            arms |= to[i] == y ? RIGHT : 0;
        cells_put(frame->cells, x, y, heavy[arms], ROLE_TEXT);
    }
    for (int i = 0; i < to_count; i++) {
        int end = frame->layout->machines.x - 1;

        for (int k = x + 1; k < end; k++)
            cells_put(frame->cells, k, to[i], heavy[RIGHT], ROLE_TEXT);
        cells_put(frame->cells, end, to[i], GLYPH_RIGHT, ROLE_TEXT);
    }
}

static void draw_route(struct frame *frame, const struct route *route)
{
    struct slot_rows rows = route_rows(frame, route);
    int from[SCENE_LINES], to[SCENE_MACHINES];
    int shown = route->lines, places = route->lines;
    bool big;

    if (shown > rows.rows) {
        places = rows.rows;
        shown = rows.rows - 1 > 0 ? rows.rows - 1 : 1;
    }
    big = frame->layout->big && rows.rows / places >= BIG_HEIGHT + 2;
    for (int k = 0; k < shown; k++) {
        from[k] = line_row(rows, k, places);
        put_line(frame, frame->routes.line[route->first_line + k], from[k],
                 big);
    }
    if (shown < places)
        put_rest(frame, route, shown, line_row(rows, shown, places));
    for (int i = 0; i < route->machines; i++)
        to[i] = layout_slot(frame->layout, route->first_machine + i).middle;
    if (frame->layout->listed && route->machines > 4) {
        int middle = rows.top + rows.rows / 2;

        put_join(frame, from, shown, &middle, 1);
    } else {
        put_join(frame, from, shown, to, route->machines);
    }
}

/* Would a route hide a line without saying so? */
static bool lines_lack_rows(const struct frame *frame)
{
    for (int i = 0; i < frame->routes.count; i++) {
        const struct route *route = &frame->routes.route[i];

        if (route->lines > 1 && route_rows(frame, route).rows < 2)
            return true;
    }
    return false;
}

void draw_lines(struct frame *frame)
{
    struct route all = { 0, scene_lines(frame->scene), 0,
                         scene_machines(frame->scene) };

    if (frame->layout->crowded || lines_lack_rows(frame)) {
        /* too few rows: one route for all */
        draw_route(frame, &all);
        return;
    }
    for (int i = 0; i < frame->routes.count; i++)
        draw_route(frame, &frame->routes.route[i]);
}
