/*
 * draw_count.c -- the two meters, counted row by row under the vertical line.
 *
 * Between its name and its bars every row gets a number: how many are in
 * progress down to this row, and in the machines' rows how many work. The
 * last numbers are the meters: the reader can count along.
 */
#include "render/cells/glyphs.h"
#include "render/draw/draw.h"

enum {
    DIGIT_MOST = 9
};

static void put_count(struct frame *frame, int y, int count, bool counted)
{
    int x = frame->layout->bar_x - 1;
    uint32_t rune = count > DIGIT_MOST ? '+' : (uint32_t)('0' + count);

    if (counted)
        cells_put(frame->cells, x, y, rune, ROLE_METER);
}

static bool is_counted(const struct frame *frame, int index, bool machine)
{
    const struct history *history = frame->scene->history;
    int64_t t_ns = frame->view->cursor_ns;

    if (machine)
        return history_service_at(history, index, t_ns).kind == SERVICE_BUSY;
    return history_is_in_progress(history, index, t_ns);
}

void draw_counts(struct frame *frame, struct rect rect, int step, int first,
                 int shown, bool machine)
{
    int count = 0;

    if (frame->view->cursor_ns < 0)
        return;
    for (int i = 0; i < first + shown; i++) {
        bool counted = is_counted(frame, i, machine);

        count += counted;
        if (i >= first)
            put_count(frame, rect.y + (i - first) * step, count, counted);
    }
}
