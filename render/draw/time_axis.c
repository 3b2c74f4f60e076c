/*
 * time_axis.c -- which time a column shows, and the ruler below the columns.
 *
 * A column begins where whole nanoseconds divide best: column i of a window at
 * left + scale * i / width, computed so that nothing overflows. Ticks are a
 * step of 1, 2 or 5 times a power of ten apart, the least that leaves room for
 * their labels.
 */
#include "render/draw/time_axis.h"

#include <stdio.h>

#include "render/cells/cells.h"
#include "render/cells/glyphs.h"
#include "render/scene/view.h"
#include "render/words/duration.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/history/history.h"

enum {
    CORNER = 0x2514, /* └ */
    CURSOR = 0x25B3, /* △ */
    LABEL_CELLS = 8, /* least cells from one label to the next */
    LABEL_GAP = 2,
    DASH = 0x254C,
    STRETCH = 0x2550, /* ═ */
    FOREVER_PARTS = 5 /* for ever is this part of the run */
};

/* In ns; below these nothing that is computed from them overflows. */
#define WINDOW_MOST (INT64_MAX / 512)
#define TIME_MOST   (INT64_MAX / 4)

/* --- the window ----------------------------------------------------------- */

/* The next 1, 2 or 5 times a power of ten: a live window grows in steps. */
static int64_t round_up(int64_t ns)
{
    int64_t step = NS_PER_MS;

    while (step < ns && step < WINDOW_MOST / 10)
        step *= step * 2 >= ns ? 2 : step * 5 >= ns ? 5 : 10;
    return step;
}

static int64_t between(int64_t least, int64_t value, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

int64_t time_axis_forever(const struct history *history)
{
    return history_outcome(history) == OUTCOME_DEADLOCK ? history_end(history)
                                                        : TIME_NEVER;
}

int64_t time_axis_length(const struct history *history)
{
    int64_t end = between(0, history_end(history), WINDOW_MOST);

    return time_axis_forever(history) == TIME_NEVER ? end
                                                    : end + end / FOREVER_PARTS;
}

struct time_axis time_axis_make(int x, int width, const struct history *history,
                                const struct view *view)
{
    struct time_axis axis = { .x = x,
                              .width = width,
                              .forever_ns = time_axis_forever(history) };
    int64_t end = between(0, history_end(history), WINDOW_MOST);
    int64_t total = between(0, view->total_ns, WINDOW_MOST);
    int64_t scale = view->scale_ns;

    axis.left_ns = between(0, view->left_ns, TIME_MOST);
    if (scale <= 0) {
        bool known = history_ended(history) || total >= end;

        scale = total > end ? total : end;
        scale = known && scale > 0 ? scale + scale / 24 : round_up(scale);
        if (scale < time_axis_length(history))
            scale = time_axis_length(history);
        axis.left_ns = 0;
    }
    axis.scale_ns = between(width, scale, WINDOW_MOST);
    return axis;
}

int64_t time_axis_begin(const struct time_axis *axis, int column)
{
    int64_t whole = axis->scale_ns / axis->width;
    int64_t rest = axis->scale_ns % axis->width;

    return axis->left_ns + whole * column + rest * column / axis->width;
}

bool time_axis_cell(const struct time_axis *axis, int column, int64_t end_ns,
                    int64_t *from_ns, int64_t *to_ns)
{
    *from_ns = time_axis_begin(axis, column);
    *to_ns = time_axis_begin(axis, column + 1);
    if (*to_ns > end_ns)
        *to_ns = end_ns;
    return *from_ns < *to_ns;
}

int time_axis_column(const struct time_axis *axis, int64_t t_ns)
{
    int low = 0, high = axis->width;

    if (t_ns < axis->left_ns)
        return -1;
    if (t_ns >= time_axis_begin(axis, axis->width))
        return axis->width;
    while (high - low > 1) {
        int middle = (low + high) / 2;

        if (time_axis_begin(axis, middle) <= t_ns)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool time_axis_find(const struct time_axis *axis, int x, int64_t *t_ns)
{
    if (x < axis->x || x >= axis->x + axis->width)
        return false;
    *t_ns = time_axis_begin(axis, x - axis->x) +
            axis->scale_ns / axis->width / 2;
    return true;
}

/* --- the ruler ------------------------------------------------------------ */

/* The least step of 1, 2 or 5 times a power of ten that is so many cells wide
 * (60s and hours keep to it). */
static int64_t tick_step(const struct time_axis *axis, int cells)
{
    double least = (double)axis->scale_ns / axis->width * cells;
    double step = (double)duration_unit(axis->scale_ns).ns;

    while (step > least * 10)
        step /= 10;
    while (step < least)
        step *= step * 2 >= least ? 2 : step * 5 >= least ? 5 : 10;
    return step < 1 ? 1 : (int64_t)step;
}

static void write_label(char *out, const struct time_axis *axis, int64_t t_ns,
                        int64_t step)
{
    struct unit unit = duration_unit(axis->scale_ns);

    unit.decimals = 0;
    for (int64_t part = unit.ns; part > 1 && step % part; part /= 10)
        unit.decimals++;
    duration_text(out, t_ns, unit);
}

/* Far from the start and zoomed in, labels are longer than usual. */
static int64_t label_step(const struct time_axis *axis)
{
    int64_t step = tick_step(axis, LABEL_CELLS);
    char label[DURATION_SIZE];
    int cells;

    write_label(label, axis, time_axis_begin(axis, axis->width), step);
    cells = text_cells(label) + LABEL_GAP;
    return cells > LABEL_CELLS ? tick_step(axis, cells) : step;
}

static void put_tick(struct cells *cells, const struct time_axis *axis, int y,
                     int64_t t_ns, int64_t step)
{
    int column = time_axis_column(axis, t_ns), x = axis->x + column;
    char label[DURATION_SIZE];

    if (column >= axis->width)
        return;
    write_label(label, axis, t_ns, step);
    cells_put(cells, x, y, column ? GLYPH_TICK : CORNER, ROLE_DIM);
    if (x + text_cells(label) <= cells->width)
        cells_text(cells, x, y + 1, -1, label, ROLE_DIM);
}

static void put_mark(struct cells *cells, const struct time_axis *axis, int y,
                     int64_t t_ns, uint32_t glyph)
{
    int column = time_axis_column(axis, t_ns);

    if (column == axis->width && t_ns == axis->left_ns + axis->scale_ns)
        column--;
    if (column >= 0 && column < axis->width)
        cells_put(cells, axis->x + column, y, glyph, ROLE_NOW);
}

/* Wipe away what is left of a label from x on, to the left or to the right. */
static void wipe_label(struct cells *cells, int x, int y, int step)
{
    for (; x >= 0 && x < cells->width; x += step) {
        if (cells_at(cells, x, y)->rune == ' ')
            return;
        cells_put(cells, x, y, ' ', ROLE_TEXT);
    }
}

/* A time in the middle of column x, over the labels in row y. */
static void label_time(struct cells *cells, const struct time_axis *axis, int x,
                       int y, int64_t ns)
{
    struct unit unit = duration_unit(axis->scale_ns);
    char text[DURATION_SIZE], label[DURATION_SIZE + 2];
    int taken;

    unit.decimals++;
    snprintf(label, sizeof label, " %s ", duration_text(text, ns, unit));
    taken = text_cells(label);
    x -= taken / 2;
    x = x + taken > cells->width ? cells->width - taken : x;
    x = x > 0 ? x : 0;
    wipe_label(cells, x, y, -1);
    wipe_label(cells, x + taken - 1, y, 1);
    cells_text(cells, x, y, -1, label, ROLE_SELECTED);
}

static void label_cursor(struct cells *cells, const struct time_axis *axis,
                         int y, int64_t t_ns)
{
    int column = time_axis_column(axis, t_ns);

    if (column >= 0 && column < axis->width)
        label_time(cells, axis, axis->x + column, y, t_ns);
}

/* What comes after a deadlock is no time that passes. */
static void label_forever(struct cells *cells, const struct time_axis *axis,
                          int y)
{
    const char *label = _("for ever");
    int column = time_axis_column(axis, axis->forever_ns) + 1;
    int right = axis->x + axis->width, x = right - text_cells(label);

    if (column <= 0 || column >= axis->width)
        return;
    cells_fill(cells,
               (struct rect){ axis->x + column, y, axis->width - column, 1 },
               DASH, ROLE_ALERT);
    if (x <= axis->x + column)
        return;
    wipe_label(cells, x - 1, y + 1, -1);
    cells_text(cells, x, y + 1, -1, label, ROLE_ALERT);
}

void time_axis_draw(struct cells *cells, const struct time_axis *axis, int y,
                    int64_t now_ns, int64_t cursor_ns)
{
    int64_t end = time_axis_begin(axis, axis->width);
    int64_t step = label_step(axis), t = axis->left_ns / step * step;

    cells_fill(cells, (struct rect){ axis->x, y, axis->width, 1 }, GLYPH_RAIL,
               ROLE_DIM);
    if (now_ns >= axis->forever_ns && end > axis->forever_ns)
        end = axis->forever_ns + 1;
    for (t += t < axis->left_ns ? step : 0; t < end; t += step)
        put_tick(cells, axis, y, t, step);
    if (now_ns >= axis->forever_ns)
        label_forever(cells, axis, y);
    put_mark(cells, axis, y, now_ns, GLYPH_UP);
    if (cursor_ns >= 0) {
        put_mark(cells, axis, y, cursor_ns, CURSOR);
        label_cursor(cells, axis, y + 1, cursor_ns);
    }
}

/* Within the axis: what is outside is cut off. */
static int clip(const struct time_axis *axis, int column)
{
    return (int)between(0, column, axis->width - 1);
}

static void draw_stretch(struct cells *cells, const struct time_axis *axis,
                         int y, int64_t from_ns, int64_t to_ns)
{
    int from = time_axis_column(axis, from_ns);
    int to = time_axis_column(axis, to_ns);

    if (from >= axis->width || to < 0)
        return;
    for (int column = clip(axis, from); column <= clip(axis, to); column++) {
        uint32_t rune = cells_at(cells, axis->x + column, y)->rune;

        if (rune != GLYPH_UP && rune != CURSOR)
            cells_put(cells, axis->x + column, y, STRETCH, ROLE_SELECTED);
    }
    label_time(cells, axis, axis->x + (clip(axis, from) + clip(axis, to)) / 2,
               y + 1, to_ns - from_ns);
}

void time_axis_draw_marks(struct cells *cells, const struct time_axis *axis,
                          int y, const int64_t mark_ns[2])
{
    bool turned = mark_ns[0] > mark_ns[1];

    if (mark_ns[0] >= 0 && mark_ns[1] >= 0)
        draw_stretch(cells, axis, y, mark_ns[turned], mark_ns[!turned]);
    for (int i = 0; i < 2; i++) {
        int column = time_axis_column(axis, mark_ns[i]);

        if (mark_ns[i] >= 0 && column >= 0 && column < axis->width)
            cells_put(cells, axis->x + column, y,
                      (i == 0) == !turned || mark_ns[1] < 0 ? '[' : ']',
                      ROLE_SELECTED);
    }
}
