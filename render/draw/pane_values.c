/*
 * pane_values.c -- one table of kinds: a row for each thing that tasks share,
 * and rows below it for what a person would ask next.
 *
 *     n        1 → 1                        [A] now
 *              B's update is lost: A wrote from the 0 it read at 0ms
 *              [C] has 0               read at 0ms, old
 *     m        [A] ![B] ![C]              since 100ms
 *     bell     |K| |  1/2  ![P]
 *     b        2/4 ![A] ![B]
 *
 * Everything that is drawn is drawn by a row function, which is told whether
 * its row is on the screen: so the same walk counts rows and draws them.
 */
#include "render/draw/pane_values.h"

#include <inttypes.h>
#include <stdio.h>

#include "render/draw/draw.h"
#include "render/draw/pane_row.h"
#include "render/words/duration.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/text.h"
#include "sched/history/history_value.h"

enum {
    TEXT_SIZE = 512,
    NAME_MOST = 10,   /* cells of a name, at most */
    PEOPLE_MOST = 16, /* named in one row */
    SHARED_MORE = 4,  /* rows for what there is to say of variables */
    COPIES_MOST = 4,  /* rows of copies of one variable */
    SHELF_MOST = 8,   /* places of a channel drawn one by one */
    FRESH_PART = 100  /* what has changed within this part of the picture has
                         just changed */
};

/* --- variables ------------------------------------------------------------ */

static bool is_fresh(const struct pane_table *table, int64_t t_ns)
{
    return table->frame->scene->t_ns - t_ns <=
           table->frame->axis.scale_ns / FRESH_PART;
}

/* Why an update is lost: who wrote over it, from what. */
static void say_lost(struct pane_table *table, const struct value_shared *value)
{
    const struct scene *scene = table->frame->scene;
    char text[TEXT_SIZE] = "", read[32], time[DURATION_SIZE];
    const char *sentence = _("{0}'s update is lost: {1} had read {2} before "
                             "it, at {3}.");

    snprintf(read, sizeof read, "%" PRId64, value->read);
    duration_text(time, value->read_ns,
                  duration_unit(table->frame->axis.scale_ns));
    if (!value->update)
        sentence = _("{1} had not seen what {0} wrote: it had read {2}, at "
                     "{3}.");
    else if (value->lost_others)
        sentence = _("{0}'s update and others are lost: {1} had read {2} "
                     "before them, at {3}.");
    PHRASE(text, sizeof text, sentence, scene_task_name(scene, value->lost),
           scene_task_name(scene, value->by), read, time);
    pane_row_sentence(table, value->update ? ROLE_ALERT : ROLE_TEXT, text);
}

static void put_copy(struct pane_table *table, const struct value_copy *copy)
{
    char time[DURATION_SIZE];

    pane_row_begin(table, NULL);
    pane_row_task(table, copy->task);
    pane_row_put(table, ROLE_TEXT, _(" read %lld"), (long long)copy->value);
    if (copy->old)
        pane_row_put(table, ROLE_ALERT, "  %s", _("old!"));
    pane_row_right(table, -1, pane_row_since(table, time, copy->read_ns));
    pane_row_end(table);
}

static void draw_shared(struct pane_table *table, int shared)
{
    struct value_shared value = history_value_shared(table->history, shared,
                                                     table->events);
    struct value_copy copy[COPIES_MOST];
    size_t copies = history_value_copies(table->history, shared, table->events,
                                         copy, COPIES_MOST);
    char time[DURATION_SIZE];

    pane_row_begin(table, table->workload->shared[shared].name);
    if (value.by >= 0 && is_fresh(table, value.since_ns))
        pane_row_put(table, ROLE_TEXT, "%" PRId64 " → ", value.before);
    pane_row_put(table, ROLE_STRONG, "%" PRId64, value.value);
    if (value.by >= 0)
        pane_row_right(table, value.by,
                       pane_row_since(table, time, value.since_ns));
    pane_row_end(table);
    if (value.lost >= 0)
        say_lost(table, &value);
    for (size_t i = 0; i < copies && i < COPIES_MOST; i++)
        put_copy(table, &copy[i]);
    if (copies > COPIES_MOST) {
        pane_row_begin(table, NULL);
        pane_row_put(table, ROLE_DIM, _("others who have read it: %zu"),
                     copies - COPIES_MOST);
        pane_row_end(table);
    }
}

/* --- what is waited for --------------------------------------------------- */

static void draw_lock(struct pane_table *table, int lock)
{
    int64_t since_ns = 0;
    int owner = history_lock_owner_after(table->history, lock, table->events);
    char time[DURATION_SIZE];

    history_lock_owner(table->history, lock, table->frame->scene->t_ns,
                       &since_ns);
    pane_row_begin(table, table->workload->lock[lock]);
    if (owner >= 0)
        pane_row_task(table, owner);
    else
        pane_row_put(table, ROLE_DIM, "%s", _("free"));
    pane_row_waiting(table, WAIT_LOCK, lock, NULL);
    if (owner >= 0)
        pane_row_right(table, -1, pane_row_since(table, time, since_ns));
    pane_row_end(table);
}

/* A place of a shelf: a value, or, where tasks send no numbers of their own,
 * the one who sent it. */
static void put_place(struct pane_table *table, size_t sent)
{
    const struct event copy = *trace_at(history_trace(table->history), sent),
                       *event = &copy;
    const struct scene *scene = table->frame->scene;
    const char *name = scene_task_name(scene, (int)event->task);
    int colour = scene_colour(scene, (int)event->task);

    if (event->value != (int64_t)event->task ||
        table->workload->task[event->task].program) {
        pane_row_put(table, ROLE_STRONG, "%" PRId64, event->value);
        return;
    }
    if (pane_row_is_seen(table) && table->x + text_cells(name) <= table->end)
        cells_text_styled(table->frame->cells, table->x, table->y, -1, name,
                          STYLE_TASK(ROLE_TASK, colour));
    table->x += text_cells(name);
}

/* "|3|5| | |": what comes out first is on the right, as it is pushed in on the
 * left. */
static void put_shelf(struct pane_table *table, int channel, int64_t size)
{
    size_t sent[SHELF_MOST];
    size_t count = history_value_in(table->history, channel, table->events,
                                    sent, SHELF_MOST);

    pane_row_put(table, ROLE_FRAME, "│");
    for (int64_t i = size; i-- > 0;) {
        if ((size_t)i < count)
            put_place(table, sent[i]);
        else
            pane_row_put(table, ROLE_DIM, " ");
        pane_row_put(table, ROLE_FRAME, "│");
    }
}

/* A shelf too long for that is a bar. */
static void put_bar(struct pane_table *table, int64_t count, int64_t size)
{
    int cells = (table->end - table->x) / 2;

    if (pane_row_is_seen(table))
        draw_bar(table->frame->cells, table->x, table->y, cells, count, size);
    table->x += cells;
}

static void draw_channel(struct pane_table *table, int channel)
{
    struct value_channel now = history_value_channel(table->history, channel,
                                                     table->events);
    int64_t size = table->workload->channel[channel].size;

    pane_row_begin(table, table->workload->channel[channel].name);
    if (size > SHELF_MOST)
        put_bar(table, (int64_t)now.count, size);
    else if (size > 0)
        put_shelf(table, channel, size);
    else
        pane_row_put(table, ROLE_DIM, "%s", _("hand to hand"));
    if (size > 0)
        pane_row_put(table, ROLE_TEXT, " %zu/%" PRId64, now.count, size);
    if (now.closed)
        pane_row_put(table, ROLE_TEXT, " %s", _("closed"));
    pane_row_waiting(table, WAIT_SEND, channel, "send");
    pane_row_waiting(table, WAIT_RECV, channel, "recv");
    pane_row_end(table);
}

static void draw_barrier(struct pane_table *table, int barrier)
{
    int64_t size = table->workload->barrier[barrier].size;
    size_t count = history_value_waiting(table->history, WAIT_BARRIER, barrier,
                                         table->events, NULL, 0);

    pane_row_begin(table, table->workload->barrier[barrier].name);
    pane_row_put(table, ROLE_TEXT, "%zu", count);
    if (size > 0)
        pane_row_put(table, ROLE_TEXT, "/%" PRId64, size);
    pane_row_waiting(table, WAIT_BARRIER, barrier, NULL);
    pane_row_end(table);
}

static void draw_semaphore(struct pane_table *table, int semaphore)
{
    pane_row_begin(table, table->workload->semaphore[semaphore].name);
    pane_row_put(
        table, ROLE_STRONG, "%" PRId64,
        history_value_permits(table->history, semaphore, table->events));
    pane_row_waiting(table, WAIT_SEMAPHORE, semaphore, NULL);
    pane_row_end(table);
}

static void draw_condition(struct pane_table *table, int condition)
{
    size_t count = history_value_waiting(table->history, WAIT_CONDITION,
                                         condition, table->events, NULL, 0);

    pane_row_begin(table, table->workload->condition[condition]);
    if (count == 0)
        pane_row_put(table, ROLE_DIM, "%s", _("nobody waits"));
    pane_row_waiting(table, WAIT_CONDITION, condition, NULL);
    pane_row_end(table);
}

static void draw_rwlock(struct pane_table *table, int rwlock)
{
    int task[PEOPLE_MOST];
    bool writes;
    size_t count = history_value_holders(table->history, rwlock, table->events,
                                         &writes, task, PEOPLE_MOST);

    pane_row_begin(table, table->workload->rwlock[rwlock].name);
    pane_row_put(table, count ? ROLE_TEXT : ROLE_DIM, "%s",
                 count == 0 ? _("free")
                 : writes   ? _("written by")
                            : _("read by"));
    for (size_t i = 0; i < count && i < PEOPLE_MOST; i++) {
        pane_row_put(table, ROLE_TEXT, " ");
        pane_row_task(table, task[i]);
    }
    pane_row_waiting(table, WAIT_READ, rwlock, "rlock");
    pane_row_waiting(table, WAIT_WRITE, rwlock, "wlock");
    pane_row_end(table);
}

/* Only of generators: other tasks have no row. */
static void draw_generator(struct pane_table *table, int task)
{
    size_t asked;
    int by;

    if (!table->workload->task[task].generator)
        return;
    asked = history_value_asked(table->history, task, table->events, &by);
    pane_row_begin(table, table->workload->task[task].name);
    pane_row_put(table, ROLE_TEXT, _("asked for: %zu"), asked);
    pane_row_right(table, by, "");
    pane_row_end(table);
}

/* Drawn for runs that have one. */
static void draw_gil(struct pane_table *table, int unused)
{
    int64_t since_ns = 0;
    int holder = history_value_gil(table->history, table->events, &since_ns);
    char time[DURATION_SIZE];

    (void)unused;
    pane_row_begin(table, "GIL");
    if (holder >= 0)
        pane_row_task(table, holder);
    else
        pane_row_put(table, ROLE_DIM, "%s", _("free"));
    pane_row_waiting(table, WAIT_GIL, 0, NULL);
    if (holder >= 0)
        pane_row_right(table, -1, pane_row_since(table, time, since_ns));
    pane_row_end(table);
}

/* --- the table of kinds --------------------------------------------------- */

struct value_kind {
    size_t (*count)(const struct pane_table *table);
    void (*draw)(struct pane_table *table, int object);
};

#define COUNT(kind)                                                            \
    static size_t kind##s(const struct pane_table *table)                      \
    {                                                                          \
        return table->workload->kind##_count;                                  \
    }
COUNT(shared)
COUNT(lock)
COUNT(channel)
COUNT(barrier)
COUNT(semaphore)
COUNT(condition)
COUNT(rwlock)

/* The tasks up to the last one of them. */
static size_t generators(const struct pane_table *table)
{
    size_t tasks = table->workload->task_count;

    if (tasks > SCENE_TASKS)
        tasks = SCENE_TASKS;
    while (tasks > 0 && !table->workload->task[tasks - 1].generator)
        tasks--;
    return tasks;
}

static size_t gils(const struct pane_table *table)
{
    return table->frame->scene->info->gil_ns > 0;
}

static const struct value_kind kind_table[] = {
    { shareds, draw_shared },
    { locks, draw_lock },
    { semaphores, draw_semaphore },
    { conditions, draw_condition },
    { rwlocks, draw_rwlock },
    { channels, draw_channel },
    { barriers, draw_barrier },
    { generators, draw_generator },
    { gils, draw_gil },
};

/* --- from the outside ----------------------------------------------------- */

/* The longest name decides where values begin. */
static int name_cells(const struct workload *workload)
{
    int cells = 2;

#define LONGEST(kind, text)                                                    \
    for (size_t i = 0; i < workload->kind##_count && cells < NAME_MOST; i++)   \
        if (text_cells(text) > cells)                                          \
            cells = text_cells(text);
    LONGEST(shared, workload->shared[i].name)
    LONGEST(lock, workload->lock[i])
    LONGEST(channel, workload->channel[i].name)
    LONGEST(barrier, workload->barrier[i].name)
    LONGEST(semaphore, workload->semaphore[i].name)
    LONGEST(condition, workload->condition[i])
    LONGEST(rwlock, workload->rwlock[i].name)
    return cells < NAME_MOST ? cells : NAME_MOST;
}

int pane_values_rows(const struct frame *frame, int most)
{
    const struct workload *workload = frame->scene->workload;
    size_t rows = workload->lock_count + workload->semaphore_count +
                  workload->condition_count + workload->rwlock_count +
                  workload->channel_count + workload->barrier_count +
                  (frame->scene->info->gil_ns > 0);

    if (workload->shared_count > 0)
        rows += workload->shared_count + SHARED_MORE;
    for (int i = 0; i < frame->scene->task_count && i < SCENE_TASKS; i++)
        rows += workload->task[i].generator;
    return rows < (size_t)most ? (int)rows : most;
}

int pane_values_draw(struct frame *frame, struct rect rect)
{
    const struct scene *scene = frame->scene;
    struct pane_table table = {
        .frame = frame,
        .workload = scene->workload,
        .history = scene->history,
        .rect = rect,
        .events = history_after(scene->history, scene->t_ns),
        .y = rect.y,
        .value_x = rect.x + name_cells(scene->workload) + 2,
    };

    for (size_t k = 0; k < sizeof kind_table / sizeof *kind_table; k++) {
        size_t count = kind_table[k].count(&table);

        for (size_t i = 0; i < count; i++)
            kind_table[k].draw(&table, (int)i);
    }
    return table.y - rect.y;
}
