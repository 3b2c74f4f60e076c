/*
 * draw_meters.c -- the two numbers that say what concurrency and parallelism
 * are, and the legend of the timeline below them.
 */
#include <stdio.h>

#include "render/cells/big.h"
#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/draw/mark.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/mode.h"

static const char *const name[] = { N_("IN PROGRESS"), N_("WORKING") };

/* Three rows high, or as text where the number would not fit in room cells.
 * Returns the cells it takes. */
static int put_big(struct frame *frame, int x, int y, int room, bool tall,
                   int value)
{
    bool ascii = frame->view->glyphs == GLYPHS_ASCII && !tall;
    char digits[16];

    snprintf(digits, sizeof digits, "%d", value);
    if (ascii || big_cells(digits, tall) > room)
        return cells_printf(frame->cells, x, y + 1, -1, ROLE_METER, "  %s  ",
                            digits);
    big_text(frame->cells, x, y, digits, tall, STYLE(ROLE_STRONG));
    return big_cells(digits, tall);
}

static bool fits(int value, int cells)
{
    char digits[16];

    snprintf(digits, sizeof digits, "%d", value);
    return big_cells(digits, true) <= cells;
}

/* Both numbers. At the end nobody is in progress any more: what is worth
 * keeping is how many there were at most. */
static void read_meters(const struct scene *scene, int value[2])
{
    value[0] = scene->most ? history_max_in_progress(scene->history)
                           : scene->in_progress;
    value[1] = scene->most ? history_max_working(scene->history)
                           : scene->working;
}

/* "most" beside a big number, or below it where that is too wide. */
static void put_most(struct frame *frame, struct rect number, int width)
{
    bool beside = number.width + 1 + text_cells(_("most")) <= width;

    if (!frame->scene->most)
        return;
    cells_text(frame->cells, number.x + (beside ? number.width + 1 : 0),
               number.y + (beside ? number.height / 2 : number.height), width,
               _("most"), ROLE_TEXT);
}

/* Beside the machines, three rows high; for a large hall, five. */
static void draw_meters_big(struct frame *frame, const int value[2])
{
    const struct rect *all = &frame->layout->meters;
    bool tall = frame->view->large && all->height >= 2 * BIG_TALL_HEIGHT + 3 &&
                fits(value[0], all->width) && fits(value[1], all->width);
    int height = tall ? BIG_TALL_HEIGHT : BIG_HEIGHT;

    for (int i = 0; i < 2; i++) {
        int y = all->y + i * (2 + height), cells;

        cells_text(frame->cells, all->x, y, all->width, _(name[i]),
                   ROLE_STRONG);
        cells = put_big(frame, all->x, y + 1, all->width, tall, value[i]);
        put_most(frame, (struct rect){ all->x, y + 1, cells, height },
                 all->width);
    }
}

/* Side by side in three rows of their own, where the legend would be. */
static void draw_meters_strip(struct frame *frame, const int value[2])
{
    const struct rect *all = &frame->layout->meters;

    for (int i = 0; i < 2; i++) {
        int x = all->x + i * all->width / 2;
        int end = all->x + (i + 1) * all->width / 2, cells;

        x += cells_text(frame->cells, x, all->y + 1, all->width / 2, _(name[i]),
                        ROLE_STRONG);
        cells = put_big(frame, x + 2, all->y, end - x - 2, false, value[i]);
        put_most(frame, (struct rect){ x + 2, all->y, cells, BIG_HEIGHT },
                 all->width / 2);
    }
}

int draw_meters_row(struct cells *cells, int y, const struct scene *scene)
{
    char text[128];
    int x, value[2];

    read_meters(scene, value);
    snprintf(text, sizeof text, " %s%s%s %d  %s %d ",
             scene->most ? _("most") : "", scene->most ? ": " : "", _(name[0]),
             value[0], _(name[1]), value[1]);
    x = cells->width - 1 - text_cells(text);
    cells_text(cells, x, y, -1, text, ROLE_METER);
    return x;
}

void draw_meters(struct frame *frame)
{
    int value[2];

    read_meters(frame->scene, value);
    if (frame->layout->strip)
        draw_meters_strip(frame, value);
    else if (frame->layout->meters_big)
        draw_meters_big(frame, value);
}

/* --- legend --------------------------------------------------------------- */

struct entry {
    uint32_t glyph;
    enum role role;
    const char *word;
    bool used;
};

static bool uses(const struct steps *steps, unsigned kinds)
{
    for (size_t i = 0; i < steps->count; i++)
        if (UINT64_C(1) << steps->step[i].kind & kinds)
            return true;
    return false;
}

enum {
    HALF_HEIGHT = 0x2584, /* ▄ */
    TASKS_ASKED = 64,
    SIGNS = 10,   /* entries of the legend for states, */
    AWAITING = 3, /* and the places of these */
    DONE = 8,
    MEETING = 1 << STEP_LOCK | 1 << STEP_SEND | 1 << STEP_RECV |
              1 << STEP_WAIT | 1 << STEP_JOIN | 1 << STEP_ACQUIRE |
              1 << STEP_AWAIT | 1 << STEP_RLOCK | 1 << STEP_WLOCK
};

static bool asks_for(const struct workload *workload, unsigned kinds)
{
    for (size_t i = 0; i < workload->task_count && i < TASKS_ASKED; i++)
        if (workload->task[i].program || uses(&workload->task[i].steps, kinds))
            return true;
    return false;
}

bool draw_can_compute(const struct scene *scene)
{
    return scene->workload->task_count > TASKS_ASKED ||
           asks_for(scene->workload, 1u << STEP_CPU);
}

/* In threads a wait never holds the machine. */
bool draw_can_hold(const struct scene *scene)
{
    unsigned traits = mode_traits(scene->info->mode);
    unsigned kinds = 1u << STEP_BLOCK | 1u << STEP_NEXT;

    if (traits & TO_THE_END)
        kinds |= 1u << STEP_SLEEP | MEETING;
    else if (traits & PREEMPTIVE)
        kinds = 1u << STEP_NEXT;
    return asks_for(scene->workload, kinds);
}

/* Does anybody step aside for a timer or for I/O here? */
static bool can_await(const struct scene *scene)
{
    unsigned traits = mode_traits(scene->info->mode);

    return !(traits & TO_THE_END) &&
           asks_for(scene->workload,
                    1u << STEP_SLEEP |
                        (traits & PREEMPTIVE ? 1u << STEP_BLOCK : 0));
}

static int legend_cells(const struct entry *entry, int count, int gap)
{
    int cells = 0;

    for (int i = 0; i < count; i++)
        if (entry[i].used)
            cells += 2 + text_cells(entry[i].word) + gap;
    return cells - gap;
}

/* Returns how many entries there are then. */
static int add_marks(struct entry *entry, int count, const struct frame *frame)
{
    for (int mark = MARK_NONE + 1; mark < MARKS; mark++)
        entry[count++] = (struct entry){ (uint32_t)mark_sign[mark].letter,
                                         ROLE_STRONG, _(mark_sign[mark].word),
                                         mark_sign[mark].used(frame->scene) &&
                                             !frame->layout->folded &&
                                             !frame->view->mystery };
    return count;
}

void draw_legend(struct frame *frame)
{
    const struct scene *scene = frame->scene;
    bool folded = frame->layout->folded;
    struct entry entry[SIGNS + MARKS] = {
        { GLYPH_RUNNING, ROLE_TEXT, _("running"), !folded },
        { HALF_HEIGHT, ROLE_STRONG, _("how busy"), folded },
        { GLYPH_LINE, ROLE_TEXT, _("in line"), true },
        { GLYPH_AWAITING, ROLE_TEXT, _("awaiting"), true },
        { GLYPH_BLOCKED, ROLE_ALERT, _("blocked"),
          scene->info->gil_ns > 0 || asks_for(scene->workload, MEETING) },
        { GLYPH_HELD, ROLE_TEXT, _("held"), draw_can_hold(scene) },
        { GLYPH_STOLEN, ROLE_TEXT, _("stolen"), scene->info->real },
        { GLYPH_SWITCH, ROLE_DIM, _("switching"),
          scene->info->switch_cost_ns > 0 },
        { GLYPH_DONE, ROLE_TEXT, _("done"), !folded },
        { GLYPH_MANY, ROLE_TEXT, _("many"), frame->many },
    };
    int count = add_marks(entry, SIGNS, frame), gap = 3;
    int y = frame->layout->legend_y, x = 1, room;

    if (frame->layout->strip)
        return;
    room = frame->layout->meters_big
               ? frame->layout->width - 2
               : draw_meters_row(frame->cells, y, scene) - 2;
    if (legend_cells(entry, count, 1) > room)
        entry[AWAITING].used = can_await(scene);
    if (legend_cells(entry, count, 1) > room) /* the easiest to guess */
        entry[DONE].used = false;
    if (text_cells(_("TIMELINE")) + 3 + legend_cells(entry, count, 3) <= room)
        x += cells_text(frame->cells, x, y, -1, _("TIMELINE"), ROLE_STRONG) + 3;
    while (gap > 1 && legend_cells(entry, count, gap) > room - x + 1)
        gap--;
    for (int i = 0; i < count; i++) {
        if (!entry[i].used || x + 2 + text_cells(entry[i].word) > room + 1)
            continue;
        cells_put(frame->cells, x, y, entry[i].glyph, entry[i].role);
        x += 2 +
             cells_text(frame->cells, x + 2, y, -1, entry[i].word, ROLE_TEXT) +
             gap;
    }
}
