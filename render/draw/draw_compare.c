/*
 * draw_compare.c -- what each of two runs has of its own: a row that says who
 * is where, and a scene.
 *
 * The scene is drawn on cells of its own, as if the screen were half as wide,
 * and copied.
 */
#include <stdio.h>

#include "render/draw/compare_internal.h"
#include "render/words/mode_words.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    TEXT_SIZE = 256,
    MORE_CELLS = 3 /* "+12" */
};

/* --- the row above a timeline --------------------------------------------- */

struct people {
    int task[SCENE_MACHINES * (1 + SCENE_CALLERS)];
    int shown, count;
};

static struct people served(const struct scene *scene)
{
    struct people people = { .count = 0 };

    for (int i = 0; i < scene_machines(scene); i++) {
        const struct scene_machine *machine = &scene->machine[i];

        if (machine->service.task < 0)
            continue;
        for (int k = 0; k < machine->callers; k++)
            people.task[people.count++] = machine->caller[k].task;
        people.task[people.count++] = machine->service.task;
    }
    people.shown = people.count;
    return people;
}

static struct people in_line(const struct scene *scene)
{
    struct people people = { .count = 0 };

    people.count = (int)history_line(scene->history, 0, scene->t_ns,
                                     people.task, SCENE_PEOPLE);
    people.shown = people.count < SCENE_PEOPLE ? people.count : SCENE_PEOPLE;
    return people;
}

static struct people away(const struct scene *scene)
{
    struct people people = { .shown = scene->away_shown };

    people.count = scene->in_state[STATE_AWAITING] +
                   scene->in_state[STATE_BLOCKED];
    for (int i = 0; i < scene->away_shown; i++)
        people.task[i] = scene->away[i].task;
    return people;
}

/* "label [A] [B] +3" as far as it fits before end; returns where it ends. */
static int put_people(struct compare_half *half, int x, int end,
                      const char *label, const struct people *people)
{
    struct cells *cells = half->frame.cells;
    int chip = half->frame.layout->chip, left = people->count;
    int most = people->count > 1 ? MORE_CELLS : 0;

    if (people->count == 0 || x + text_cells(label) + 2 + chip + most > end)
        return x;
    x += cells_text(cells, x, half->frame.layout->header_y, -1, label,
                    ROLE_TEXT) +
         1;
    for (int i = 0; i < people->shown; i++, left--) {
        const char *name = scene_task_name(&half->scene, people->task[i]);
        int need = draw_chip_cells(name, chip) + 1;

        if (x + need + (left > 1 ? MORE_CELLS : 0) > end)
            break;
        x += draw_chip(cells, x, half->frame.layout->header_y, chip,
                       &half->scene, people->task[i]) +
             1;
    }
    if (left > 0)
        x += cells_printf(cells, x, half->frame.layout->header_y, end - x,
                          ROLE_TEXT, "+%d", left) +
             1;
    return x + 1;
}

static int put_badge(struct compare_half *half, int x)
{
    bool real = half->scene.info->real;
    char text[TEXT_SIZE];

    snprintf(text, sizeof text, " %s ", real ? _("REAL") : _("MODEL"));
    return x + cells_text(half->frame.cells, x, half->frame.layout->header_y,
                          -1, text, real ? ROLE_REAL : ROLE_MODEL);
}

void draw_compare_header(struct compare_frame *both, int index)
{
    struct compare_half *half = &both->half[index];
    struct people people;
    int x = 1, end;

    x += cells_text(both->cells, x, half->frame.layout->header_y,
                    both->cells->width / 2,
                    _(mode_words_find(half->side->mode).title), ROLE_STRONG) +
         1;
    if (!half->begun) {
        cells_text(both->cells, x + 1, half->frame.layout->header_y,
                   both->cells->width - x,
                   _("its turn comes when the first one is done"), ROLE_DIM);
        return;
    }
    x = put_badge(half, x) + 2;
    end = draw_meters_row(both->cells, both->layout[index].header_y,
                          &half->scene) -
          1;
    people = served(&half->scene);
    x = put_people(half, x, end, _("serving"), &people);
    people = in_line(&half->scene);
    x = put_people(half, x, end, _("in line"), &people);
    people = away(&half->scene);
    put_people(half, x, end, _("away"), &people);
}

/* --- scenes --------------------------------------------------------------- */

static void draw_scene(struct compare_half *half, struct cells *cells)
{
    struct layout layout;
    struct frame frame = half->frame;

    layout_scene(&layout, cells->width, cells->height, &half->scene);
    frame.cells = cells;
    frame.layout = &layout;
    frame.trails = 0;
    draw_lines(&frame);
    draw_machines(&frame);
    draw_away(&frame);
    draw_done(&frame);
    draw_meters(&frame);
    draw_trails(&frame);
}

static void draw_half(struct compare_frame *both, int index, struct rect rect)
{
    struct compare_half *half = &both->half[index];
    char subtitle[TEXT_SIZE];
    struct cells cells;
    int x = rect.x + 1;

    x += cells_text(both->cells, x, rect.y, rect.width - 3,
                    _(mode_words_find(half->side->mode).title), ROLE_STRONG) +
         2;
    if (!half->begun)
        return;
    mode_words_subtitle(subtitle, sizeof subtitle, &half->scene);
    if (x < rect.x + rect.width)
        cells_text(both->cells, x, rect.y, rect.x + rect.width - x, subtitle,
                   ROLE_TEXT);
    cells_init(&cells, rect.width, rect.height - 1);
    draw_scene(half, &cells);
    cells_copy(both->cells, rect.x, rect.y + 1, &cells, 0, cells.height);
    cells_fini(&cells);
}

void draw_compare_scenes(struct compare_frame *both)
{
    struct rect rect = both->layout[0].scene;
    int bar = rect.width / 2;

    if (rect.height == 0)
        return;
    cells_fill(both->cells, (struct rect){ bar, rect.y, 1, rect.height },
               0x2502, ROLE_DIM);
    rect.width = bar - 1;
    draw_half(both, 0, rect);
    rect.x = bar + 2;
    rect.width = both->cells->width - rect.x;
    draw_half(both, 1, rect);
}
