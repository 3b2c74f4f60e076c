/*
 * draw_compare_panel.c -- panels over two runs: each answer is given for both.
 */
#include <stdio.h>

#include "render/draw/compare_internal.h"
#include "render/draw/panel.h"
#include "render/words/mode_words.h"
#include "render/words/narrate.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

enum {
    TEXT_SIZE = 1024,
    NAME_CELLS = 18
};

static const char *title(const struct compare_half *half)
{
    return _(mode_words_find(half->side->mode).title);
}

/* Both answers from row y on; returns the rows they take. */
static int put_why(struct compare_frame *both, struct rect inside, int y)
{
    int task = both->view->selected, first = y;
    char text[TEXT_SIZE];

    for (int i = 0; i < 2; i++) {
        if (!both->half[i].begun)
            continue;
        if (inside.height > y - inside.y)
            cells_text(both->cells, inside.x, y, inside.width,
                       title(&both->half[i]), ROLE_STRONG);
        narrate_why(text, sizeof text, &both->half[i].scene,
                    task >= 0 ? task : 0);
        y += 1 + panel_wrap(&both->half[0].frame, inside, y + 1, text);
    }
    return y - first;
}

static void draw_why(struct compare_frame *both)
{
    struct frame *frame = &both->half[0].frame;
    int rows = put_why(both, panel_nothing(frame), 0);
    struct rect inside = panel_open(frame, _("WHY"), rows);

    put_why(both, inside, inside.y);
}

/* Only real runs have the last row. */
static bool has_stolen(const struct compare_half *half)
{
    return half->begun && half->scene.info->real;
}

/* Name, and a column for each. */
static void draw_numbers(struct compare_frame *both)
{
    char text[TEXT_SIZE];
    struct rect inside;
    struct strbuf value;
    int rows = 0, column, first;

    while (metrics_table[rows].name)
        rows++;
    rows -= !has_stolen(&both->half[0]) && !has_stolen(&both->half[1]);
    panel_numbers_title(text, sizeof text, both->view);
    inside = panel_open(&both->half[0].frame, text, rows + 1);
    column = (inside.width - NAME_CELLS) / 2;
    first = panel_scroll(&both->half[0].frame, rows, inside.height - 1);
    strbuf_init(&value);
    for (int i = 0; i < 2; i++) {
        const struct metrics *metrics;
        struct metrics *own = NULL;
        int x = inside.x + NAME_CELLS + 1 + i * column;

        cells_text(both->cells, x, inside.y, column - 1, title(&both->half[i]),
                   ROLE_STRONG);
        if (!both->half[i].begun)
            continue;
        metrics = both->view->metrics[i];
        if (!metrics)
            metrics = own = panel_numbers(both->view,
                                          both->half[i].scene.history);
        for (int k = 0; k + 1 < inside.height && first + k < rows; k++) {
            cells_text(both->cells, inside.x, inside.y + 1 + k, NAME_CELLS,
                       _(metrics_table[first + k].name), ROLE_STRONG);
            strbuf_clear(&value);
            metrics_table[first + k].write(&value, metrics);
            cells_text(both->cells, x, inside.y + 1 + k, column - 1, value.text,
                       ROLE_TEXT);
        }
        metrics_free(own);
    }
    strbuf_fini(&value);
}

void draw_compare_panel(struct compare_frame *both)
{
    switch (both->view->panel) {
    case PANEL_WHY:
        draw_why(both);
        break;
    case PANEL_NUMBERS:
        draw_numbers(both);
        break;
    default:
        draw_panel(&both->half[0].frame);
    }
}
