/*
 * pane_row.c -- a row of values is written from left to right: a name, what it
 * is worth, who waits; and at its right end who and when.
 */
#include "render/draw/pane_row.h"

#include <stdarg.h>
#include <stdio.h>

#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"
#include "sched/history/history_value.h"

enum {
    TEXT_SIZE = 512,
    PEOPLE_MOST = 16 /* named in one row */
};

bool pane_row_is_seen(const struct pane_table *table)
{
    return table->y >= table->rect.y &&
           table->y < table->rect.y + table->rect.height;
}

void pane_row_begin(struct pane_table *table, const char *name)
{
    table->x = table->value_x;
    table->end = table->rect.x + table->rect.width;
    if (name && pane_row_is_seen(table))
        cells_text(table->frame->cells, table->rect.x, table->y,
                   table->value_x - table->rect.x - 1, name, ROLE_STRONG);
}

void pane_row_end(struct pane_table *table)
{
    table->y++;
}

void pane_row_put(struct pane_table *table, enum role role, const char *format,
                  ...)
{
    char text[TEXT_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (pane_row_is_seen(table) && table->x < table->end)
        cells_text(table->frame->cells, table->x, table->y,
                   table->end - table->x, text, role);
    table->x += text_cells(text);
}

void pane_row_task(struct pane_table *table, int task)
{
    struct frame *frame = table->frame;
    const char *name = scene_task_name(frame->scene, task);
    int cells = draw_chip_cells(name, frame->layout->chip);

    if (table->x + cells > table->end)
        cells = 0;
    if (pane_row_is_seen(table) && cells)
        draw_chip(frame->cells, table->x, table->y, cells, frame->scene, task);
    table->x += cells;
}

/* At the end of the row: "[A] at 300ms"; only what has room. */
void pane_row_right(struct pane_table *table, int task, const char *text)
{
    int chip = task >= 0
                   ? draw_chip_cells(scene_task_name(table->frame->scene, task),
                                     table->frame->layout->chip)
                   : 0;
    int cells = text_cells(text),
        x = table->end - cells - (chip ? chip + 1 : 0);

    if (!pane_row_is_seen(table))
        return;
    if (x <= table->x) { /* rather who than when */
        x = table->end - chip;
        cells = 0;
    }
    if (chip && x > table->x)
        draw_chip(table->frame->cells, x, table->y, chip, table->frame->scene,
                  task);
    if (cells)
        cells_text(table->frame->cells, table->end - cells, table->y, cells,
                   text, ROLE_DIM);
}

/* "now", or since when. */
const char *pane_row_since(const struct pane_table *table,
                           char out[DURATION_SIZE], int64_t t_ns)
{
    if (t_ns == table->frame->scene->t_ns)
        return _("now");
    return duration_text(out, t_ns, duration_unit(table->frame->axis.scale_ns));
}

/* Below the row: a sentence, in as many rows as it takes. */
void pane_row_sentence(struct pane_table *table, enum role role,
                       const char *text)
{
    while (*text) {
        struct wrap_row row;

        pane_row_begin(table, NULL);
        row = wrap_words(text, table->end - table->x);
        pane_row_put(table, role, "%.*s", (int)row.bytes, text);
        pane_row_end(table);
        text += row.next;
    }
}

/* Where not even the first one has room, go on below. */
static void make_room(struct pane_table *table, int task, const char *what)
{
    int cells = 2 + draw_chip_cells(scene_task_name(table->frame->scene, task),
                                    table->frame->layout->chip);

    if (what)
        cells += 2 + text_cells(what);
    if (table->x + cells <= table->end)
        return;
    pane_row_end(table);
    pane_row_begin(table, NULL);
}

/* " ![B] ![C]", first come first; what they wait to do, if that is not
 * clear. */
void pane_row_waiting(struct pane_table *table, enum wait_kind wait, int object,
                      const char *what)
{
    int task[PEOPLE_MOST];
    size_t count = history_value_waiting(table->history, wait, object,
                                         table->events, task, PEOPLE_MOST);

    if (count > 0)
        make_room(table, task[0], what);
    if (count > 0 && what)
        pane_row_put(table, ROLE_ALERT, "  %s", what);
    for (size_t i = 0; i < count && i < PEOPLE_MOST; i++) {
        int chip = draw_chip_cells(
            scene_task_name(table->frame->scene, task[i]),
            table->frame->layout->chip);

        if (table->x + 2 + chip + (i + 1 < count ? 4 : 0) > table->end) {
            pane_row_put(table, ROLE_ALERT, " +%zu", count - i);
            return;
        }
        pane_row_put(table, ROLE_ALERT, " %c", GLYPH_BLOCKED);
        pane_row_task(table, task[i]);
    }
}
