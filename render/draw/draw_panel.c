/*
 * draw_panel.c -- what lies over the picture for a while: help, why, numbers.
 */
#include <stdio.h>
#include <string.h>

#include "render/draw/draw.h"
#include "render/draw/draw_overhead.h"
#include "render/draw/panel.h"
#include "render/words/mode_words.h"
#include "render/words/narrate.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/wrap.h"

enum {
    TEXT_SIZE = 1024,
    KEY_COLUMN = 21,   /* of what a key means */
    REASONS_MOST = 200 /* rows of reasons, more cannot be scrolled to */
};

static void draw_help(struct frame *frame)
{
    const char *const *help = frame->view->help;
    char title[TEXT_SIZE];
    struct rect inside;
    int rows = 0, first;

    while (help && help[rows])
        rows++;
    snprintf(title, sizeof title, "%s: %s", _("HELP"),
             _(mode_words_find(frame->scene->info->mode).title));
    inside = panel_open(frame, title, rows);
    first = panel_scroll(frame, rows, inside.height);
    for (int i = 0; i < inside.height && first + i < rows; i++)
        draw_help_row(frame->cells, inside.x, inside.y + i, inside.width,
                      KEY_COLUMN, help[first + i]);
}

/* Does somebody have a reason worth telling? */
static bool is_waiting(const struct frame *frame, int task)
{
    enum task_state state =
        history_at(frame->scene->history, task, frame->scene->t_ns).state;

    return state == STATE_IN_LINE || state == STATE_AWAITING ||
           state == STATE_BLOCKED || state == STATE_HELD ||
           state == STATE_STOLEN;
}

/* What the whole run suffers from, if others use its cores, too. */
static int put_others(struct frame *frame, struct rect inside, int y)
{
    char text[TEXT_SIZE];

    narrate_others(text, sizeof text, frame->scene);
    return text[0] ? panel_wrap(frame, inside, y, text) : 0;
}

/* The reasons of the selected task, or of all who wait; returns the rows. */
static int put_reasons(struct frame *frame, struct rect inside, int y)
{
    const struct scene *scene = frame->scene;
    int selected = frame->view->selected, first = y;
    bool one = selected >= 0 && selected < scene->task_count;
    char text[TEXT_SIZE];

    y += put_others(frame, inside, y);
    for (int task = 0; task < scene->task_count && task < SCENE_TASKS; task++) {
        if (one ? task != selected : !is_waiting(frame, task))
            continue;
        narrate_why(text, sizeof text, scene, task);
        y += panel_wrap(frame, inside, y, text);
        if (y - first >= REASONS_MOST)
            break;
    }
    return y - first;
}

static void draw_why(struct frame *frame)
{
    int rows = put_reasons(frame, panel_nothing(frame), 0);
    struct rect inside = panel_open(frame, _("WHY"), rows > 0 ? rows : 1);

    if (rows > 0)
        put_reasons(frame, inside,
                    inside.y - panel_scroll(frame, rows, inside.height));
    else
        cells_text(frame->cells, inside.x, inside.y, inside.width,
                   _("Nobody is waiting."), ROLE_TEXT);
}

/* --- numbers -------------------------------------------------------------- */

enum {
    NAME_CELLS = 18,
    VALUE_CELLS = 14
};

/* One number and what it means; returns the rows it takes. */
static int put_number(struct frame *frame, struct rect inside, int y,
                      const struct metrics_row *number,
                      const struct metrics *metrics)
{
    int shift = NAME_CELLS + VALUE_CELLS + 2, rows;
    struct rect meaning = { inside.x + shift, inside.y, inside.width - shift,
                            inside.height };
    struct strbuf value, sum;

    strbuf_init(&sum);
    strbuf_init(&value);
    number->write(&value, metrics);
    rows = panel_wrap(frame, meaning, y, _(number->definition));
    if (number->explain) {
        size_t begin;

        strbuf_adds(&sum, "= ");
        begin = sum.length;
        number->explain(&sum, metrics);
        if (sum.length > begin)
            rows += panel_wrap(frame, meaning, y + rows, sum.text);
    }
    strbuf_fini(&sum);
    if (y >= inside.y && y < inside.y + inside.height) {
        cells_text(frame->cells, inside.x, y, NAME_CELLS, _(number->name),
                   ROLE_STRONG);
        cells_text(frame->cells, inside.x + NAME_CELLS + 1, y, VALUE_CELLS,
                   value.text, ROLE_TEXT);
    }
    strbuf_fini(&value);
    return rows > 0 ? rows : 1;
}

static int put_numbers(struct frame *frame, struct rect inside, int y,
                       const struct metrics *metrics)
{
    int first = y;

    y += put_others(frame, inside, y);
    for (int i = 0; i < metrics_table_rows(metrics); i++)
        y += put_number(frame, inside, y, &metrics_table[i], metrics);
    y += draw_overhead(frame, inside, y);
    return y - first;
}

/* The numbers of the run as far as it is known, or of a stretch of it. */
static void draw_numbers(struct frame *frame)
{
    struct metrics *own = NULL;
    const struct metrics *metrics = frame->view->metrics[0];
    char title[TEXT_SIZE];
    struct rect inside;
    int rows;

    if (!metrics)
        metrics = own = panel_numbers(frame->view, frame->scene->history);
    rows = put_numbers(frame, panel_nothing(frame), 0, metrics);
    panel_numbers_title(title, sizeof title, frame->view);
    inside = panel_open(frame, title, rows);
    put_numbers(frame, inside,
                inside.y - panel_scroll(frame, rows, inside.height), metrics);
    metrics_free(own);
}

/* --- the score ------------------------------------------------------------ */

static void draw_score(struct frame *frame)
{
    const char *const *score = frame->view->score;
    struct rect inside;
    int rows = 0;

    while (score && score[rows])
        rows++;
    inside = panel_open(frame, _("THE SCORE"), rows);
    for (int i = 0; i < rows && i < inside.height; i++) {
        const char *at = score[i];
        int x = inside.x, value = (inside.width - 1) / 4;
        int width = inside.width - 2 * value;

        while (*at) {
            size_t length = strcspn(at, "\t");

            cells_printf(frame->cells, x, inside.y + i, width - 1,
                         i == 0 ? ROLE_STRONG : ROLE_TEXT, "%.*s", (int)length,
                         at);
            at += length + (at[length] == '\t');
            x += width;
            width = value;
        }
    }
}

void draw_panel(struct frame *frame)
{
    switch (frame->view->panel) {
    case PANEL_HELP:
        draw_help(frame);
        break;
    case PANEL_WHY:
        draw_why(frame);
        break;
    case PANEL_NUMBERS:
        draw_numbers(frame);
        break;
    case PANEL_SCORE:
        draw_score(frame);
        break;
    default:
        break;
    }
}
