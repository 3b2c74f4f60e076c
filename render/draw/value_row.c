/*
 * value_row.c -- "n=  0────────────1──────1──": a number where it is written,
 * and a line as long as it stays.
 *
 * Of several writes in one cell the last one counts. A number that has no room
 * before the next one is not cut, as 12 would look like 1: its cells have the
 * sign of what is more than they can show.
 */
#include "render/draw/value_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "sched/base/text.h"
#include "sched/history/history_value.h"
#include "sched/workload/workload.h"

enum {
    NUMBER_BYTES = 24,
    NAME_BYTES = 4 * WORKLOAD_NAME_MAX + NUMBER_BYTES
};

/* Where a value stays: from a column until another one. */
struct stay_of_value {
    int64_t value;
    int from, to;
};

/* Of an element the number stays, whatever becomes of the name: else all of an
 * array would have the same label. A name that just fits needs no blank. */
static void label(struct frame *frame, int y, int shared)
{
    const char *name = frame->scene->workload->shared[shared].name;
    const char *number = strchr(name, '[');
    int most = frame->layout->bar_x - 2;
    int room = text_cells(name) == most ? most : most - 1;
    int kept = number ? text_cells(number) : 0, x = 1;
    char array[NAME_BYTES];

    if (kept >= room)
        kept = 0;
    snprintf(array, sizeof array, "%.*s",
             (int)(kept > 0 ? (size_t)(number - name) : strlen(name)), name);
    x += cells_text(frame->cells, x, y, room - kept, array, ROLE_TEXT);
    if (kept > 0)
        x += cells_text(frame->cells, x, y, kept, number, ROLE_TEXT);
    cells_put(frame->cells, x, y, '=', ROLE_TEXT);
}

/* The last value may reach over the line of now: it is what is now. */
static void put_stay(struct frame *frame, int y,
                     const struct stay_of_value *stay, bool last)
{
    int x = frame->axis.x, room = stay->to - stay->from;
    char number[NUMBER_BYTES];
    int cells = snprintf(number, sizeof number, "%" PRId64, stay->value);
    bool fits = cells <= room ||
                (last && stay->from + cells <= frame->axis.width);

    for (int column = stay->from; column < stay->to; column++)
        cells_put(frame->cells, x + column, y, fits ? GLYPH_RAIL : GLYPH_MANY,
                  fits ? ROLE_DIM : ROLE_TEXT);
    if (fits)
        cells_text(frame->cells, x + stay->from, y, -1, number, ROLE_STRONG);
    frame->many |= !fits;
}

static void draw_row(struct frame *frame, int y, int shared)
{
    const struct time_axis *axis = &frame->axis;
    const struct history *history = frame->scene->history;
    int64_t known_ns = frame->scene->known_ns;
    struct stay_of_value stay = { .from = -1 };

    label(frame, y, shared);
    for (int column = 0; column < axis->width; column++) {
        int64_t from_ns = time_axis_begin(axis, column), to_ns;
        struct value_shared now;

        if (from_ns > known_ns)
            break;
        to_ns = time_axis_begin(axis, column + 1) - 1;
        now = history_value_shared(
            history, shared,
            history_after(history, to_ns < known_ns ? to_ns : known_ns));
        stay.to = column;
        if (stay.from < 0 || (now.by >= 0 && now.since_ns >= from_ns)) {
            if (stay.from >= 0)
                put_stay(frame, y, &stay, false);
            stay = (struct stay_of_value){ now.value, column, column };
        }
        stay.to += from_ns < known_ns;
    }
    if (stay.from >= 0)
        put_stay(frame, y, &stay, true);
}

void value_row_draw(struct frame *frame)
{
    const struct rect *rows = &frame->layout->values;

    for (int i = 0; i < rows->height; i++)
        draw_row(frame, rows->y + i, i);
}
