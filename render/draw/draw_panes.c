/*
 * draw_panes.c -- the program, its values and its output: one below the other
 * beside the picture; where the screen is narrow, the program on the left and
 * the others on the right.
 */
#include <string.h>

#include "render/draw/draw.h"
#include "render/draw/pane_output.h"
#include "render/draw/pane_program.h"
#include "render/draw/pane_values.h"
#include "render/scene/panes.h"
#include "sched/base/i18n.h"

enum {
    GAP = 1,        /* cells between the picture and the panes */
    OUTPUT_GOOD = 4 /* rows, the title not counted */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* A title, and what is below it. */
static struct rect open_pane(struct frame *frame, struct rect rect,
                             const char *title, const char *what)
{
    int x = rect.x + cells_text(frame->cells, rect.x, rect.y, rect.width, title,
                                ROLE_STRONG);

    cells_text(frame->cells, x + 2, rect.y, rect.x + rect.width - x - 2, what,
               ROLE_DIM);
    return (struct rect){ rect.x, rect.y + 1, rect.width, rect.height - 1 };
}

static void draw_program(struct frame *frame, struct rect rect)
{
    pane_program_draw(frame, open_pane(frame, rect, _("PROGRAM"),
                                       frame->scene->workload->name));
}

/* A last row that says how much has no room. */
static void draw_values(struct frame *frame, struct rect rect)
{
    struct rect inside = open_pane(frame, rect, _("VALUES"), "");
    int rows = pane_values_draw(
        frame, (struct rect){ inside.x, inside.y, inside.width, 0 });

    if (rows > inside.height && inside.height > 0) {
        inside.height--;
        cells_printf(frame->cells, inside.x, inside.y + inside.height,
                     inside.width, ROLE_DIM, _("rows below: %d"),
                     rows - inside.height);
    }
    pane_values_draw(frame, inside);
}

static void draw_output(struct frame *frame, struct rect rect)
{
    pane_output_draw(frame, open_pane(frame, rect, _("OUTPUT"), ""));
}

/* Rows of what is one below the other, and how many would be enough: a title,
 * what there is to see, a blank row. */
struct pane_share {
    int wanted, rows;
};

/* Each has a part of what it wants; then come the values, the program and the
 * output. Nothing here changes while a run goes on, or everything would jump. */
static void share_rows(struct frame *frame, struct rect rect, unsigned panes,
                       struct pane_share share[3])
{
    static const int part[] = { 2, 3, 6 }, order[] = { 1, 0, 2 };
    int room = rect.height;

    if (panes & PANE_PROGRAM)
        share[0].wanted = 2 + pane_program_rows(frame, rect.width, room);
    if (panes & PANE_VALUES)
        share[1].wanted = 2 + pane_values_rows(frame, room);
    if (panes & PANE_OUTPUT)
        share[2].wanted = 1 + OUTPUT_GOOD;
    for (int i = 0; i < 3; i++) {
        share[i].rows = least(share[i].wanted, rect.height / part[i]);
        room -= share[i].rows;
    }
    for (int i = 0; i < 3; i++) {
        struct pane_share *one = &share[order[i]];
        int more = least(one->wanted - one->rows, room);

        one->rows += more;
        room -= more;
    }
    for (int i = 2; i >= 0 && room > 0; i--)
        if (share[i].rows > 0) {
            share[i].rows += room;
            room = 0;
        }
}

static void draw_below(struct frame *frame, struct rect rect, unsigned panes)
{
    static void (*const draw[])(struct frame *, struct rect) = { draw_program,
                                                                 draw_values,
                                                                 draw_output };
    struct pane_share share[3] = { { 0, 0 } };
    int end = rect.y + rect.height;

    share_rows(frame, rect, panes, share);
    for (int i = 0; i < 3; i++) {
        int rows = share[i].rows;
        bool air = rows >= share[i].wanted && rect.y + rows < end;

        if (rows > 1)
            draw[i](frame,
                    (struct rect){ rect.x, rect.y, rect.width, rows - air });
        rect.y += rows;
    }
}

/* The program and, behind a line, the others. */
static void draw_aside(struct frame *frame, struct rect rect, unsigned panes)
{
    unsigned others = panes & ~(unsigned)PANE_PROGRAM;
    struct rect left = rect, right = rect;

    if (!others || !(panes & PANE_PROGRAM)) {
        draw_below(frame, rect, panes);
        return;
    }
    left.width = rect.width * 3 / 5 - 1;
    right.x += left.width + 3;
    right.width -= left.width + 3;
    draw_below(frame, left, PANE_PROGRAM);
    cells_fill(frame->cells,
               (struct rect){ right.x - 2, rect.y, 1, rect.height }, 0x2502,
               ROLE_DIM);
    draw_below(frame, right, others);
}

void draw_panes(struct frame *frame)
{
    const struct layout *layout = frame->layout;
    struct rect rect = layout->pane;

    if (!layout->panes || rect.height < 2)
        return;
    rect.x += GAP;
    rect.width -= 2 * GAP;
    if (panes_beside(layout->width))
        draw_below(frame, rect, layout->panes);
    else
        draw_aside(frame, rect, layout->panes);
}
