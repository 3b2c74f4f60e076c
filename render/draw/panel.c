/*
 * panel.c -- a box in the middle of the screen, and text in it.
 *
 * What a panel says is laid out twice by the same function: once into a
 * rectangle without rows, to count how many it needs, then into the box.
 */
#include "render/draw/panel.h"

#include "render/draw/draw.h"
#include "sched/base/wrap.h"

enum {
    BOX_MOST = 110 /* cells a box is wide */
};

static int box_width(const struct frame *frame)
{
    int width = frame->layout->width - 8;

    return width < BOX_MOST ? width : BOX_MOST;
}

struct rect panel_nothing(const struct frame *frame)
{
    return (struct rect){ 0, 0, box_width(frame) - 4, 0 };
}

struct rect panel_open(struct frame *frame, const char *title, int rows)
{
    const struct layout *layout = frame->layout;
    int width = box_width(frame);
    int height = rows + 2 < layout->height - 4 ? rows + 2 : layout->height - 4;
    struct rect box = { (layout->width - width) / 2,
                        (layout->height - height) / 2, width, height };

    cells_fill(frame->cells, box, ' ', ROLE_TEXT);
    draw_border(frame->cells, box, BORDER_DOUBLE, title, ROLE_FRAME);
    return (struct rect){ box.x + 2, box.y + 1, box.width - 4, box.height - 2 };
}

int panel_scroll(const struct frame *frame, int rows, int room)
{
    int first = frame->view->panel_scroll;

    if (first > rows - room)
        first = rows - room;
    return first > 0 ? first : 0;
}

int panel_wrap(struct frame *frame, struct rect rect, int y, const char *text)
{
    struct wrap_row row;
    int first = y;

    for (; *text; text += row.next, y++) {
        row = wrap_words(text, rect.width);
        if (y >= rect.y && y < rect.y + rect.height)
            cells_printf(frame->cells, rect.x, y, rect.width, ROLE_TEXT, "%.*s",
                         (int)row.bytes, text);
    }
    return y - first;
}
