/*
 * exchange.c -- an arrow over the empty time to come.
 *
 *     [P]  P████████╮
 *     [X]  ·········│
 *     [Q]  ·········▼ c: 5
 *
 * Right of the line of now nothing has happened yet, so there is room, and an
 * arrow hides nobody's state. What was sent long ago is drawn from its sender's
 * row, too: it comes from there, by way of the channel.
 */
#include "render/draw/exchange.h"

#include <inttypes.h>
#include <stdio.h>

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "sched/base/text.h"
#include "sched/history/history_value.h"
#include "sched/trace/trace.h"

enum {
    EVENTS_ASKED = 64, /* of one instant */
    APART = 3,         /* cells from one arrow to the next */
    ARROW_DOWN = 0x25BC,
    CORNER_BELOW = 0x256E, /* ╮ */
    CORNER_ABOVE = 0x256F, /* ╯ */
    TEXT_SIZE = 192
};

/* The next free cell right of now, and where rows are. */
struct sheet {
    struct frame *frame;
    int x;
    int (*row_y)(const struct frame *frame, int task);
};

/* What is given, where there is room; returns the cells it takes. */
static int put_value(const struct sheet *sheet, int x, int y, const char *arrow,
                     const struct event *event)
{
    const struct workload *workload = sheet->frame->scene->workload;
    int room = sheet->frame->axis.x + sheet->frame->axis.width - x;
    char text[TEXT_SIZE];

    snprintf(text, sizeof text, "%s%s: %" PRId64, arrow,
             workload->channel[event->object].name, event->value);
    if (text_cells(text) > room)
        return 0;
    return cells_text(sheet->frame->cells, x, y, -1, text, ROLE_STRONG);
}

static void put_arrow(struct sheet *sheet, int from_y, int to_y,
                      const struct event *received)
{
    struct cells *cells = sheet->frame->cells;
    int step = to_y > from_y ? 1 : -1, x = sheet->x;

    cells_put(cells, x, from_y, step > 0 ? CORNER_BELOW : CORNER_ABOVE,
              ROLE_STRONG);
    for (int y = from_y + step; y != to_y; y += step)
        cells_put(cells, x, y, GLYPH_BAR, ROLE_STRONG);
    cells_put(cells, x, to_y, step > 0 ? ARROW_DOWN : GLYPH_UP, ROLE_STRONG);
    sheet->x += APART + put_value(sheet, x + 2, to_y, "", received);
}

static void draw_received(struct sheet *sheet, size_t index,
                          const struct event *received)
{
    const struct history *history = sheet->frame->scene->history;
    size_t sent;
    int from_y, to_y;

    if (!history_value_given(history, index, &sent))
        return;
    from_y = sheet->row_y(sheet->frame,
                          (int)trace_at(history_trace(history), sent)->task);
    to_y = sheet->row_y(sheet->frame, (int)received->task);
    if (from_y >= 0 && to_y >= 0 && from_y != to_y)
        put_arrow(sheet, from_y, to_y, received);
}

/* What has been received by now has an arrow of its own. */
static void draw_sent(struct sheet *sheet, size_t index,
                      const struct event *sent, size_t events)
{
    const struct history *history = sheet->frame->scene->history;
    int y = sheet->row_y(sheet->frame, (int)sent->task);

    if (y >= 0 && history_value_stays(history, index, events))
        sheet->x += 1 + put_value(sheet, sheet->x, y, "→ ", sent);
}

void exchange_draw(struct frame *frame,
                   int (*row_y)(const struct frame *frame, int task))
{
    const struct scene *scene = frame->scene;
    const struct trace *trace = history_trace(scene->history);
    const struct time_axis *axis = &frame->axis;
    struct sheet sheet = { frame, axis->x, row_y };
    size_t end = history_after(scene->history, scene->t_ns);
    int column = time_axis_column(axis, scene->t_ns);

    if (frame->view->motion || frame->view->mystery || column < 0)
        return;
    sheet.x += column + 1;
    for (size_t i = end > EVENTS_ASKED ? end - EVENTS_ASKED : 0; i < end; i++) {
        const struct event copy = *trace_at(trace, i), *event = &copy;

        if (event->t_ns != scene->t_ns || sheet.x >= axis->x + axis->width)
            continue;
        if (event->kind == EVENT_RECEIVED)
            draw_received(&sheet, i, event);
        else if (event->kind == EVENT_SENT)
            draw_sent(&sheet, i, event, end);
    }
}
