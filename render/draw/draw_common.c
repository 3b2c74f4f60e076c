/*
 * draw_common.c -- what several parts of a frame are made of: people, bars,
 * borders.
 *
 * Everybody is drawn where they are. The trails of those who have just come are
 * remembered while the frame is made and drawn last, in cells that are still
 * empty: a trail never hides anything.
 */
#include <stdlib.h>
#include <string.h>

#include "render/cells/big.h"
#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    KEY_CELLS = 20,  /* of a row of help */
    TRAIL_CELLS = 10 /* of a trail, at most */
};

int draw_chip_cells(const char *name, int width)
{
    int cells = text_cells(name) + 2;

    return cells < width ? cells : width;
}

/* The number at the end of a name, "worker-12"; "": there is none. */
static const char *number_of(const char *name)
{
    const char *dash = strrchr(name, '-');

    return dash && dash[1] && dash[strspn(dash + 1, "0123456789") + 1] == '\0'
               ? dash + 1
               : "";
}

/* Threads of one function differ in their number only: that stays where the name
 * is too long. */
static void put_name(struct cells *cells, int x, int y, int width,
                     const char *name, struct style style)
{
    const char *number = number_of(name);
    int end = text_cells(number);

    if (text_cells(name) <= width || end == 0 || end >= width) {
        cells_text_styled(cells, x, y, width, name, style);
        return;
    }
    cells_text_styled(cells, x, y, width - end, name, style);
    cells_text_styled(cells, x + width - end, y, end, number, style);
}

int draw_chip(struct cells *cells, int x, int y, int width,
              const struct scene *scene, int task)
{
    const char *name = scene_task_name(scene, task);
    int colour = scene_colour(scene, task);
    int taken = draw_chip_cells(name, width);

    if (taken < 3)
        return 0;
    cells_put_styled(cells, x, y, '[', STYLE_TASK(ROLE_TASK_BAR, colour));
    put_name(cells, x + 1, y, taken - 2, name, STYLE_TASK(ROLE_TASK, colour));
    cells_put_styled(cells, x + taken - 1, y, ']',
                     STYLE_TASK(ROLE_TASK_BAR, colour));
    return taken;
}

/* A name that has a shape and is short; ASCII has no half blocks. */
int draw_big_cells(const struct frame *frame, const char *name)
{
    int cells = big_cells(name, false);

    if (cells == 0 || cells > 2 * BIG_WIDTH + 1 ||
        frame->view->glyphs == GLYPHS_ASCII)
        return 0;
    return cells + 2;
}

/* Where the way of somebody began. */
static void start_of_way(const struct frame *frame, const struct person *person,
                         int *x, int *y)
{
    const struct layout *layout = frame->layout;

    switch (person->from) {
    case AREA_MACHINE:
        *x = layout->machines.x + layout->machines.width / 2 - 1;
        *y = layout_slot(layout, routes_slot(&frame->routes, person->from_index,
                                             layout->slots))
                 .middle;
        break;
    case AREA_AWAY:
        *x = layout->away.x + 2;
        *y = layout->away.y + 1;
        break;
    default:
        *x = layout->join_x - 5;
        *y = layout->lines.y + layout->lines.height *
                                   (2 * person->from_index + 1) /
                                   (2 * scene_lines(frame->scene));
    }
}

/* Remember where the person, who is drawn in so many cells from (x, y) on, has
 * come from. The trail ends at the nearer side. */
static void leave_trail(struct frame *frame, int x, int y, int cells,
                        const struct person *person)
{
    struct trail *trail = &frame->trail[frame->trails];

    if (person->way >= 1.0 || frame->trails == TRAILS_MAX ||
        frame->layout->compact)
        return;
    trail->task = person->task;
    trail->faded = person->way;
    start_of_way(frame, person, &trail->from_x, &trail->from_y);
    trail->x = trail->from_x < x ? x - 1 : x + cells;
    trail->y = y;
    frame->trails++;
}

int draw_person(struct frame *frame, int x, int y, int width,
                const struct person *person)
{
    int cells = draw_chip(frame->cells, x, y, width, frame->scene,
                          person->task);

    leave_trail(frame, x, y, cells, person);
    return cells;
}

void draw_big(struct frame *frame, int x, int y, const struct person *person)
{
    const char *name = scene_task_name(frame->scene, person->task);
    struct style style = STYLE_TASK(ROLE_TASK,
                                    scene_colour(frame->scene, person->task));
    struct rect all = { x, y, draw_big_cells(frame, name), BIG_HEIGHT };

    cells_fill_styled(frame->cells, all, ' ', style);
    big_text(frame->cells, x + 1, y, name, false, style);
    leave_trail(frame, x, y + BIG_HEIGHT / 2, all.width, person);
}

/* The cells next to the person, fewer and fewer. */
static void draw_trail(struct frame *frame, const struct trail *trail)
{
    int dx = trail->from_x - trail->x, dy = trail->from_y - trail->y;
    int way = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
    int cells = way < TRAIL_CELLS ? way : TRAIL_CELLS;
    int shown = (int)(cells * (1.0 - trail->faded) + 0.5);

    for (int i = 0; i < shown; i++) {
        int x = trail->x + dx * i / way, y = trail->y + dy * i / way;
        const struct cell *cell;

        if (x < 0 || x >= frame->cells->width || y < 0 ||
            y >= frame->cells->height)
            return;
        cell = cells_at(frame->cells, x, y);
        if (cell->rune == ' ' && cell->role != ROLE_TASK)
            cells_put_styled(
                frame->cells, x, y, GLYPH_LINE,
                STYLE_TASK(ROLE_TASK_LINE,
                           scene_colour(frame->scene, trail->task)));
    }
}

void draw_trails(struct frame *frame)
{
    for (int i = 0; i < frame->trails; i++)
        draw_trail(frame, &frame->trail[i]);
}

void draw_bar(struct cells *cells, int x, int y, int width, int64_t part,
              int64_t whole)
{
    int eighths = 0;

    if (width <= 0)
        return;
    if (whole > 0 && whole != TIME_NEVER && part > 0)
        eighths = part >= whole
                      ? width * 8
                      : (int)((double)part / (double)whole * width * 8);
    for (int i = 0; i < width; i++) {
        int fill = eighths - 8 * i;

        if (fill > 0)
            cells_put(cells, x + i, y, glyphs_eighths(fill), ROLE_TEXT);
        else
            cells_put(cells, x + i, y, GLYPH_RAIL, ROLE_DIM);
    }
}

struct edges {
    uint32_t across, down, corner[4]; /* top left, top right, bottom … */
};

void draw_border(struct cells *cells, struct rect rect, enum border border,
                 const char *title, enum role role)
{
    static const struct edges kind[] = {
        [BORDER_HEAVY] = { 0x2501, 0x2503, { 0x250F, 0x2513, 0x2517, 0x251B } },
        [BORDER_DASHED] = { 0x254C,
                            0x254E,
                            { 0x256D, 0x256E, 0x2570, 0x256F } },
        [BORDER_DOUBLE] = { 0x2550,
                            0x2551,
                            { 0x2554, 0x2557, 0x255A, 0x255D } },
    };
    const struct edges *edge = &kind[border];
    int right = rect.x + rect.width - 1, bottom = rect.y + rect.height - 1;

    if (rect.width < 2 || rect.height < 2)
        return;
    cells_fill(cells, (struct rect){ rect.x, rect.y, rect.width, 1 },
               edge->across, role);
    cells_fill(cells, (struct rect){ rect.x, bottom, rect.width, 1 },
               edge->across, role);
    cells_fill(cells, (struct rect){ rect.x, rect.y, 1, rect.height },
               edge->down, role);
    cells_fill(cells, (struct rect){ right, rect.y, 1, rect.height },
               edge->down, role);
    cells_put(cells, rect.x, rect.y, edge->corner[0], role);
    cells_put(cells, right, rect.y, edge->corner[1], role);
    cells_put(cells, rect.x, bottom, edge->corner[2], role);
    cells_put(cells, right, bottom, edge->corner[3], role);
    if (title && *title && rect.width > 6) {
        int room = rect.width - 6;
        int taken = text_cells(title) < room ? text_cells(title) : room;

        cells_put(cells, rect.x + 2, rect.y, ' ', role);
        cells_text(cells, rect.x + 3, rect.y, room, title, ROLE_STRONG);
        cells_put(cells, rect.x + 3 + taken, rect.y, ' ', role);
    }
}

void draw_help_row(struct cells *cells, int x, int y, int width, int column,
                   const char *row)
{
    size_t key = strcspn(row, "\t");

    cells_printf(cells, x, y, KEY_CELLS, ROLE_STRONG, "%.*s", (int)key, row);
    cells_text(cells, x + column, y, width - column,
               row + key + (row[key] == '\t'), ROLE_TEXT);
}

void draw_too_small(struct cells *cells)
{
    cells_printf(cells, 0, 0, cells->width, ROLE_TEXT,
                 _("%dx%d needed, now %dx%d"), LAYOUT_WIDTH_MIN,
                 LAYOUT_HEIGHT_MIN, cells->width, cells->height);
}
