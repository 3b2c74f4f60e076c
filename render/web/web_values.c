/*
 * web_values.c -- the pane of values, drawn by the terminal's own code, as
 * parts of rows.
 *
 * A row is its parts, each ended by a newline and begun by a letter: t text, s
 * strong, d dim, a alert, f frame; a digit is the colour of a task.
 */
#include <string.h>

#include "render/draw/draw.h"
#include "render/draw/pane_values.h"
#include "render/web/web_run_internal.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    ROW_CELLS = 56,
    ROWS_MOST = 64
};

static char letter_of(const struct cell *cell)
{
    if (cell->task >= 0)
        return (char)('0' + cell->task);
    switch ((enum role)cell->role) {
    case ROLE_STRONG:
        return 's';
    case ROLE_DIM:
        return 'd';
    case ROLE_ALERT:
        return 'a';
    case ROLE_FRAME:
        return 'f';
    default:
        return 't';
    }
}

/* Columns of a row without the blanks at its end. */
static int used(const struct cells *cells, int y)
{
    int width = cells->width;

    while (width > 0 && cells_at(cells, width - 1, y)->rune == ' ' &&
           cells_at(cells, width - 1, y)->task < 0)
        width--;
    return width;
}

static void write_row(struct strbuf *row, const struct cells *cells, int y)
{
    int width = used(cells, y);
    char before = '\0';

    strbuf_clear(row);
    for (int x = 0; x < width; x++) {
        const struct cell *cell = cells_at(cells, x, y);
        char letter = letter_of(cell), bytes[4];

        if (cell->width == 0)
            continue;
        if (letter != before && before)
            strbuf_addc(row, '\n');
        if (letter != before)
            strbuf_addc(row, letter);
        before = letter;
        strbuf_add(row, bytes, text_encode(bytes, cell->rune));
    }
}

/* A moment after the instant, if nothing happens in between: what has changed
 * just now is then said to have changed at its time, and that stays true. */
static void draw(struct web_walk *walk, struct cells *cells)
{
    struct layout layout = { .width = 2 * ROW_CELLS };
    struct frame frame = { .cells = cells,
                           .scene = &walk->scene,
                           .layout = &layout,
                           .view = &walk->view };
    int64_t t_ns = walk->scene.t_ns;
    int rows;

    layout_columns(&layout, &walk->scene);
    frame.axis.scale_ns = time_axis_length(walk->history);
    if (history_after(walk->history, t_ns + 1) == walk->events)
        walk->scene.t_ns++;
    rows = pane_values_draw(&frame, (struct rect){ 0, 0, ROW_CELLS, 0 });
    if (rows > ROWS_MOST)
        rows = ROWS_MOST;
    cells_resize(cells, ROW_CELLS, rows > 0 ? rows : 1);
    cells_clear(cells);
    pane_values_draw(&frame, (struct rect){ 0, 0, ROW_CELLS, rows });
    walk->scene.t_ns = t_ns;
}

int64_t web_values_list(struct web_walk *walk)
{
    struct cells cells;
    struct strbuf list, row;
    int64_t number;

    cells_init(&cells, ROW_CELLS, 1);
    strbuf_init(&list);
    strbuf_init(&row);
    draw(walk, &cells);
    for (int y = 0; y < cells.height; y++) {
        write_row(&row, &cells, y);
        if (row.length > 0)
            strbuf_addf(&list, list.length ? " %lld" : "%lld",
                        (long long)web_pool_number(walk->pools->row, row.text));
    }
    number = web_pool_number(walk->pools->list, list.text);
    strbuf_fini(&row);
    strbuf_fini(&list);
    cells_fini(&cells);
    return number;
}
