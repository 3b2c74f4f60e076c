/*
 * fold.c -- rows that stand for many, drawn as heights.
 *
 * A cell of a row says which share of the machines' time its people had: all of
 * them together can have as many machines as there are, or as many as there are
 * people. It is known exactly, from sums, and drawn as a height in eighths;
 * only "a little" and "not quite all" are never rounded away. Where nobody
 * computes, the texture is that of the state in which most of their time went
 * by.
 *
 *     A..Z 26   ▂▂▂▃▅▇████▇▅░░░░▂▂
 */
#include "render/draw/fold.h"

#include <stdio.h>

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/draw/fold_rows.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"

enum {
    EIGHTHS = 8,
    MACHINES_ASKED = 256, /* more are taken together in one row */
    TASKS_ASKED = 64
};

/* What all in one row did in one cell. */
struct share {
    uint64_t ns[STATE_COUNT];
    uint64_t whole_ns; /* what they could have computed */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* --- one cell ------------------------------------------------------------- */

static int eighths(uint64_t part, uint64_t whole)
{
    int n = (int)((double)part / (double)whole * EIGHTHS + 0.5);

    if (n == 0 && part > 0)
        return 1;
    return n >= EIGHTHS && part < whole ? EIGHTHS - 1 : n;
}

static void put_texture(struct cells *cells, int x, int y,
                        const struct share *share)
{
    static const struct {
        enum task_state state;
        uint32_t glyph;
        enum role role;
    } texture[] = {
        { STATE_ABSENT, ' ', ROLE_TEXT },
        { STATE_DONE, ' ', ROLE_TEXT },
        { STATE_IN_LINE, GLYPH_LINE, ROLE_TEXT },
        { STATE_AWAITING, GLYPH_AWAITING, ROLE_DIM },
        { STATE_BLOCKED, GLYPH_BLOCKED, ROLE_ALERT },
        { STATE_HELD, GLYPH_HELD, ROLE_TEXT },
        { STATE_STOLEN, GLYPH_STOLEN, ROLE_TEXT },
    };
    size_t most = 0;

    for (size_t i = 1; i < sizeof texture / sizeof texture[0]; i++)
        if (share->ns[texture[i].state] > share->ns[texture[most].state])
            most = i;
    if (share->ns[texture[most].state] > 0 && texture[most].glyph != ' ')
        cells_put(cells, x, y, texture[most].glyph, texture[most].role);
}

static void put_share(struct cells *cells, int x, int y,
                      const struct share *share)
{
    uint64_t running = share->ns[STATE_RUNNING];

    if (share->whole_ns == 0)
        return;
    if (running > 0)
        cells_put(cells, x, y, glyphs_height(eighths(running, share->whole_ns)),
                  ROLE_STRONG);
    else
        put_texture(cells, x, y, share);
}

/* --- people --------------------------------------------------------------- */

static void label_people(struct frame *frame, int y, int first, int count)
{
    const struct scene *scene = frame->scene;
    int selected = frame->view->selected, room, cells;
    char text[32];

    snprintf(text, sizeof text, " %d", count);
    room = LAYOUT_FOLD - text_cells(text);
    if (selected >= first && selected < first + count)
        cells_put(frame->cells, 0, y, GLYPH_RIGHT, ROLE_SELECTED);
    cells = cells_text(frame->cells, 1, y, room, scene_task_name(scene, first),
                       ROLE_STRONG);
    if (count > 1 && cells + 3 <= room) {
        cells += cells_text(frame->cells, 1 + cells, y, room - cells, "..",
                            ROLE_TEXT);
        cells_text(frame->cells, 1 + cells, y, room - cells,
                   scene_task_name(scene, first + count - 1), ROLE_STRONG);
    }
    cells_text(frame->cells, 1 + room, y, -1, text, ROLE_TEXT);
}

/* The first task of row `row`, or where the last row ends. */
static int first_task(const struct frame *frame, const struct fold_rows *rows,
                      int row)
{
    return least(rows->first[row] * history_group_size(frame->scene->history),
                 frame->scene->task_count);
}

void fold_label(struct frame *frame, struct rect rect, int step)
{
    struct fold_rows rows;

    if (rect.height / step <= 0)
        return;
    rows = fold_rows_make(frame->scene, rect.height / step);
    for (int row = 0; row < rows.count; row++) {
        int first = first_task(frame, &rows, row);

        label_people(frame, rect.y + row * step, first,
                     first_task(frame, &rows, row + 1) - first);
    }
}

/* One column of all rows: what happened between two instants. */
static void put_column(struct frame *frame, struct rect rect, int step,
                       const struct fold_rows *rows, int column,
                       int64_t passed_ns, const struct group_times *before,
                       const struct group_times *after)
{
    for (int row = 0; row < rows->count; row++) {
        int people = first_task(frame, rows, row + 1) -
                     first_task(frame, rows, row);
        struct share share = { .whole_ns = 0 };

        for (int g = rows->first[row]; g < rows->first[row + 1]; g++)
            for (int i = 0; i < STATE_COUNT; i++)
                share.ns[i] += after[g].ns[i] - before[g].ns[i];
        share.whole_ns = (uint64_t)least(people, frame->scene->machine_count) *
                         (uint64_t)passed_ns;
        put_share(frame->cells, frame->layout->bar_x + column,
                  rect.y + row * step, &share);
    }
}

/* After a deadlock: what most in a row do for ever, as far as they are
 * asked. */
static void put_forever(struct frame *frame, int y, int first, int last)
{
    const struct time_axis *axis = &frame->axis;
    int x = axis->x + time_axis_column(axis, axis->forever_ns) + 1;
    struct share share = { .whole_ns = 0 };

    for (int task = first; task < last && task < first + TASKS_ASKED; task++)
        share.ns[history_at(frame->scene->history, task, frame->scene->t_ns)
                     .state]++;
    for (; x < axis->x + axis->width; x++)
        put_texture(frame->cells, x, y, &share);
}

static void draw_people(struct frame *frame, struct rect rect, int step)
{
    const struct history *history = frame->scene->history;
    struct fold_rows rows = fold_rows_make(frame->scene, rect.height / step);
    struct group_walk *walk = history_group_walk_new(history);
    struct group_times times[2][HISTORY_GROUPS];
    int64_t a, b;

    fold_label(frame, rect, step);
    history_group_walk_to(walk, frame->axis.left_ns, times[0]);
    for (int i = 0;
         i < frame->axis.width &&
         time_axis_cell(&frame->axis, i, frame->scene->known_ns, &a, &b);
         i++) {
        history_group_walk_to(walk, b, times[(i + 1) & 1]);
        put_column(frame, rect, step, &rows, i, b - a, times[i & 1],
                   times[(i + 1) & 1]);
    }
    history_group_walk_free(walk);
    for (int row = 0; scene_is_forever(frame->scene) && row < rows.count; row++)
        put_forever(frame, rect.y + row * step, first_task(frame, &rows, row),
                    first_task(frame, &rows, row + 1));
}

/* --- machines ------------------------------------------------------------- */

/* "M1-4"; where the largest numbers have no room for the M, no row has it. */
static void label_machines(struct frame *frame, int y, int first, int count)
{
    int room = frame->layout->bar_x - 1, all = frame->scene->machine_count;
    char text[32];

    snprintf(text, sizeof text, _("M%d-%d"), all, all);
    if (text_cells(text) > room)
        snprintf(text, sizeof text, "%d-%d", first + 1, first + count);
    else
        snprintf(text, sizeof text, _("M%d-%d"), first + 1, first + count);
    if (count == 1)
        snprintf(text, sizeof text, _("M%d"), first + 1);
    cells_text(frame->cells, text_cells(text) < room, y, room + 1, text,
               ROLE_TEXT);
}

/* How long some machines were busy before t_ns, added up. */
static uint64_t busy_before(const struct history *history, int first, int count,
                            int64_t t_ns)
{
    uint64_t sum = 0;

    for (int m = first; m < first + count && m < MACHINES_ASKED; m++)
        sum += (uint64_t)history_busy(history, m, 0, t_ns);
    return sum;
}

/* How long others had the cores of some machines' tasks. */
static uint64_t stolen_within(const struct history *history, int first,
                              int count, int64_t a_ns, int64_t b_ns)
{
    uint64_t sum = 0;

    for (int m = first; m < first + count && m < MACHINES_ASKED; m++)
        sum += (uint64_t)history_stolen(history, m, a_ns, b_ns);
    return sum;
}

static void put_machines(struct frame *frame, int y, int first, int count)
{
    const struct history *history = frame->scene->history;
    uint64_t before = busy_before(history, first, count, frame->axis.left_ns);
    int64_t a, b;

    for (int i = 0;
         i < frame->axis.width &&
         time_axis_cell(&frame->axis, i, frame->scene->known_ns, &a, &b);
         i++) {
        uint64_t after = busy_before(history, first, count, b);
        struct share share = { .whole_ns = (uint64_t)(b - a) *
                                           (uint64_t)count };

        share.ns[STATE_RUNNING] = after - before;
        if (after == before && frame->scene->info->real)
            share.ns[STATE_STOLEN] = stolen_within(history, first, count, a, b);
        before = after;
        put_share(frame->cells, frame->axis.x + i, y, &share);
    }
}

static void draw_machine_rows(struct frame *frame, struct rect rect, int step)
{
    int machines = frame->scene->machine_count;
    int most = rect.height / step, each = (machines + most - 1) / most;

    for (int first = 0, y = rect.y; first < machines;
         first += each, y += step) {
        int count = least(each, machines - first);

        label_machines(frame, y, first, count);
        put_machines(frame, y, first, count);
    }
}

void fold_draw(struct frame *frame, struct rect rect, int step, bool machine)
{
    if (rect.height / step <= 0)
        return;
    if (machine)
        draw_machine_rows(frame, rect, step);
    else
        draw_people(frame, rect, step);
}
