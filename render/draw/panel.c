/*
 * panel.c -- a box in the middle of the screen, and text in it.
 *
 * What a panel says is laid out twice by the same function: once into a
 * rectangle without rows, to count how many it needs, then into the box.
 */
#include "render/draw/panel.h"

#include <stdio.h>

#include "render/draw/draw.h"
#include "render/words/duration.h"
#include "sched/analysis/metrics.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
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

struct metrics *panel_numbers(const struct view *view,
                              const struct history *history)
{
    int64_t from_ns, to_ns;

    return view_stretch(view, &from_ns, &to_ns)
               ? metrics_between(history, from_ns, to_ns)
               : metrics_new(history);
}

void panel_numbers_title(char *out, size_t size, const struct view *view)
{
    char long_text[DURATION_SIZE], from[DURATION_SIZE], to[DURATION_SIZE];
    int64_t from_ns, to_ns;
    struct unit unit;

    if (!view_stretch(view, &from_ns, &to_ns)) {
        snprintf(out, size, "%s", _("NUMBERS"));
        return;
    }
    unit = duration_unit(to_ns);
    unit.decimals++;
    *out = '\0';
    PHRASE(out, size, _("BETWEEN THE MARKS: {0}, from {1} to {2}"),
           duration_text(long_text, to_ns - from_ns, unit),
           duration_text(from, from_ns, unit), duration_text(to, to_ns, unit));
}
