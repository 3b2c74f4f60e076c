/*
 * web_walk.c -- from instant to instant: make the scene, keep what is new.
 *
 * Of very many tasks only the first ones have places, reasons and marks, as in
 * the scene itself; everybody has intervals.
 */
#include <stdio.h>

#include "render/draw/draw.h"
#include "render/draw/place.h"
#include "render/web/web_run_internal.h"
#include "render/words/narrate.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    TEXT_SIZE = 1024,
    SENTENCE_CELLS = 160, /* longer ones count instead of naming */
    REASON_CELLS = 40,
    KINDS = 8 /* of a service, at most */
};

int64_t web_walk_text(struct web_walk *walk, const char *text)
{
    char clean[TEXT_SIZE];

    return web_pool_number(walk->pools->text,
                           text_clean(clean, sizeof clean, text));
}

static void say(struct web_walk *walk, struct web_track *track,
                const char *text)
{
    web_track_set(track, walk->scene.t_ns, web_walk_text(walk, text));
}

static int64_t list_number(struct web_walk *walk, const struct person *person,
                           int count)
{
    struct strbuf list;
    int64_t number;

    strbuf_init(&list);
    for (int i = 0; i < count; i++)
        strbuf_addf(&list, i ? " %d" : "%d", person[i].task);
    number = web_pool_number(walk->pools->list, list.text);
    strbuf_fini(&list);
    return number;
}

/* --- who is where --------------------------------------------------------- */

static void keep_lines(struct web_walk *walk)
{
    for (int i = 0; i < scene_lines(&walk->scene); i++) {
        const struct scene_line *line = &walk->scene.line[i];

        web_track_set(&walk->line[i].list, walk->scene.t_ns,
                      list_number(walk, line->person, line->shown));
        web_track_set(&walk->line[i].count, walk->scene.t_ns, line->count);
    }
}

/* Work goes on by itself between two instants: only what the page could not
 * know is kept. */
static void keep_progress(struct web_walk *walk, struct web_machine *machine,
                          const struct scene_machine *now, bool moves)
{
    int64_t t_ns = walk->scene.t_ns;
    int64_t planned = now->planned_ns == TIME_NEVER ? -1 : now->planned_ns;
    struct web_change done = web_track_last(&machine->done, 0);
    int64_t expected = done.value + (moves ? t_ns - done.t_ns : 0);

    if (machine->planned.count > 0 && expected == now->done_ns &&
        web_track_last(&machine->planned, 0).value == planned)
        return;
    web_track_add(&machine->done, t_ns, now->done_ns);
    web_track_set(&machine->planned, t_ns, planned);
}

static bool moves(int64_t who)
{
    return who >= 0 &&
           (who % KINDS == SERVICE_BUSY || who % KINDS == SERVICE_HELD);
}

static void keep_machines(struct web_walk *walk)
{
    for (int i = 0; i < scene_machines(&walk->scene); i++) {
        const struct scene_machine *now = &walk->scene.machine[i];
        struct web_machine *machine = &walk->machine[i];
        int64_t before = web_track_last(&machine->who, -1).value;
        int64_t value = now->service.task < 0
                            ? -1
                            : now->service.task * (int64_t)KINDS +
                                  now->service.kind;

        keep_progress(walk, machine, now, value == before && moves(before));
        web_track_set(&machine->who, walk->scene.t_ns, value);
        web_track_set(
            &machine->callers, walk->scene.t_ns,
            list_number(walk, now->caller, value < 0 ? 0 : now->callers));
    }
}

static void keep_reasons(struct web_walk *walk)
{
    char text[TEXT_SIZE];

    for (int i = 0; i < walk->scene.away_shown; i++) {
        const struct person *person = &walk->scene.away[i];

        if (person->stay.state != STATE_BLOCKED || person->task >= walk->tasks)
            continue;
        draw_reason(text, sizeof text, &walk->scene, &person->stay,
                    REASON_CELLS);
        say(walk, &walk->task[person->task].reason, text);
    }
}

/* --- one by one ----------------------------------------------------------- */

static void keep_place(struct web_walk *walk, int task)
{
    struct place place;
    char text[TEXT_SIZE];
    int64_t number = -1;
    size_t step;

    if (place_find(walk->history, task, walk->scene.t_ns, walk->events, &step,
                   &place)) {
        snprintf(text, sizeof text, "%d %d", place.line, place.column);
        number = web_pool_number(&walk->places, text);
    }
    web_track_set(&walk->task[task].place, walk->scene.t_ns, number);
}

static void keep_task(struct web_walk *walk, const struct event *event)
{
    int64_t t_ns = walk->scene.t_ns;
    int task = (int)event->task;
    enum history_mark mark = history_mark_of(event);

    if (event->task >= (uint32_t)walk->tasks)
        return;
    if (mark != MARK_NONE)
        web_track_add(&walk->task[task].mark, t_ns, mark);
    if (event->kind == EVENT_STEP)
        web_track_set(&walk->latest, t_ns, task);
    keep_place(walk, task);
    web_track_set(&walk->task[task].in, t_ns,
                  history_is_in_progress(walk->history, task, t_ns));
}

static void keep_why(struct web_walk *walk)
{
    char text[TEXT_SIZE];

    for (int task = 0; walk->with_why && task < walk->tasks; task++) {
        text[0] = '\0';
        narrate_why(text, sizeof text, &walk->scene, task);
        say(walk, &walk->task[task].why, text);
    }
}

/* --- words ---------------------------------------------------------------- */

static void keep_words(struct web_walk *walk)
{
    const struct scene *scene = &walk->scene;
    char text[TEXT_SIZE], more[TEXT_SIZE];

    narrate_scene(text, sizeof text, scene, SENTENCE_CELLS);
    say(walk, &walk->now, text);
    narrate_rule(text, sizeof text, scene, SENTENCE_CELLS);
    say(walk, &walk->rule, text);
    narrate_count_said(text, sizeof text, scene, scene->t_ns, "{t}",
                       SENTENCE_CELLS);
    say(walk, &walk->count, text);
    if (!narrate_step(text, more, sizeof text, scene, SENTENCE_CELLS))
        return;
    web_track_add(&walk->step, scene->t_ns, web_walk_text(walk, text));
}

/* --- the walk ------------------------------------------------------------- */

static void keep_instant(struct web_walk *walk, size_t from, int64_t t_ns)
{
    const struct trace *trace = history_trace(walk->history);

    walk->view.t_ns = t_ns;
    scene_follow(&walk->scene, walk->history, &walk->view, walk->seen);
    walk->events = history_after(walk->history, t_ns);
    for (size_t i = from; i < walk->events; i++)
        keep_task(walk, trace_at(trace, i));
    web_track_set(&walk->in_progress, t_ns, walk->scene.in_progress);
    web_track_set(&walk->working, t_ns, walk->scene.working);
    keep_lines(walk);
    keep_machines(walk);
    keep_reasons(walk);
    keep_words(walk);
    keep_why(walk);
    if (walk->with_values)
        web_track_set(&walk->values, t_ns, web_values_list(walk));
}

void web_walk_collect(struct web_walk *walk)
{
    const struct trace *trace = history_trace(walk->history);
    size_t count = trace_count(trace);
    int64_t end_ns = history_end(walk->history), t_ns = 0;

    keep_instant(walk, 0, 0);
    while (walk->events < count) {
        size_t from = walk->events;

        keep_instant(walk, from, trace_at(trace, from)->t_ns);
    }
    if (walk->scene.t_ns < end_ns)
        keep_instant(walk, walk->events, end_ns);
    for (int64_t next; (next = history_step(walk->history, t_ns, true)) > t_ns;
         t_ns = next)
        web_track_add(&walk->stop, next, 0);
}
