/*
 * scene.c -- from history to places.
 *
 * Lines and machines are lists in the history. The people who are away or
 * done are found by asking task after task, so with very many tasks only the
 * first SCENE_TASKS are asked; the counts are exact all the same. Sightings
 * that are followed have their lists at hand.
 */
#include "render/scene/scene.h"

#include <string.h>

#include "render/scene/sightings.h"
#include "render/scene/view.h"
#include "render/scene/walk.h"
#include "render/scene/work.h"
#include "sched/base/clock.h"

int scene_lines(const struct scene *scene)
{
    return scene->line_count < SCENE_LINES ? scene->line_count : SCENE_LINES;
}

int scene_machines(const struct scene *scene)
{
    return scene->machine_count < SCENE_MACHINES ? scene->machine_count
                                                 : SCENE_MACHINES;
}

bool scene_is_forever(const struct scene *scene)
{
    return scene->ended && scene->outcome == OUTCOME_DEADLOCK;
}

int scene_waits_for(const struct scene *scene, const struct interval *stay)
{
    if (stay->state != STATE_BLOCKED && stay->state != STATE_HELD)
        return -1;
    if (stay->wait == WAIT_LOCK)
        return history_lock_owner(scene->history, stay->object, scene->t_ns,
                                  NULL);
    return stay->wait == WAIT_JOIN ? stay->object : -1;
}

int scene_colour(const struct scene *scene, int task)
{
    if (task < 0 || task >= scene->task_count)
        return 0;
    if (scene->task_count > TASK_COLOUR_KNOWN)
        return task_colour_wish(scene->workload->task[task].name);
    return scene->colour[task];
}

/* --- names ---------------------------------------------------------------- */

const char *scene_task_name(const struct scene *scene, int task)
{
    if (task < 0 || task >= scene->task_count)
        return "?";
    return scene->workload->task[task].name;
}

const char *scene_lock_name(const struct scene *scene, int lock)
{
    if (lock < 0 || (size_t)lock >= scene->workload->lock_count)
        return "?";
    return scene->workload->lock[lock];
}

const char *scene_object_name(const struct scene *scene,
                              const struct interval *stay)
{
    const struct workload *workload = scene->workload;
    size_t object = (size_t)stay->object;

    switch (stay->wait) {
    case WAIT_LOCK:
        return scene_lock_name(scene, stay->object);
    case WAIT_SEND:
    case WAIT_RECV:
        return object < workload->channel_count ? workload->channel[object].name
                                                : "?";
    case WAIT_BARRIER:
        return object < workload->barrier_count ? workload->barrier[object].name
                                                : "?";
    case WAIT_JOIN:
        return scene_task_name(scene, stay->object);
    case WAIT_SEMAPHORE:
        return object < workload->semaphore_count
                   ? workload->semaphore[object].name
                   : "?";
    case WAIT_CONDITION:
        return object < workload->condition_count ? workload->condition[object]
                                                  : "?";
    case WAIT_READ:
    case WAIT_WRITE:
        return object < workload->rwlock_count ? workload->rwlock[object].name
                                               : "?";
    default:
        return "";
    }
}

/* --- people --------------------------------------------------------------- */

static struct person person_at(const struct scene *scene,
                               const struct view *view, int task)
{
    struct person person = { task,
                             history_at(scene->history, task, scene->t_ns),
                             AREA_NOWHERE, 0, 1.0 };

    walk_find(scene, view, &person);
    return person;
}

static void look_at_line(struct scene *scene, const struct view *view, int i)
{
    struct scene_line *line = &scene->line[i];
    int task[SCENE_PEOPLE];

    line->count = (int)history_line(scene->history, i + 1, scene->t_ns, task,
                                    SCENE_PEOPLE);
    line->shown = line->count < SCENE_PEOPLE ? line->count : SCENE_PEOPLE;
    for (int k = 0; k < line->shown; k++)
        line->person[k] = person_at(scene, view, task[k]);
}

static void look_at_machine(struct scene *scene, const struct view *view, int i)
{
    struct scene_machine *machine = &scene->machine[i];

    machine->service = history_service_at(scene->history, i, scene->t_ns);
    machine->done_ns = 0;
    machine->planned_ns = 0;
    machine->callers = 0;
    machine->cpu = scene->t_ns < history_unbound(scene->history, i)
                       ? work_cpu(scene->history, i)
                       : -1;
    if (machine->service.task < 0)
        return;
    machine->person = person_at(scene, view, machine->service.task);
    if (machine->service.kind != SERVICE_SWITCHING)
        work_progress(scene->history, machine->person.task, scene->t_ns,
                      &machine->done_ns, &machine->planned_ns);
}

/* Insert by time, keeping the first SCENE_PEOPLE, or the last; returns the new
 * count. */
static int insert(struct person *list, int count, struct person person,
                  bool last)
{
    int at = count;

    while (at > 0 && list[at - 1].stay.from_ns > person.stay.from_ns)
        at--;
    memmove(list + at + 1, list + at, (size_t)(count - at) * sizeof *list);
    list[at] = person;
    if (count < SCENE_PEOPLE)
        return count + 1;
    if (last)
        memmove(list, list + 1, (size_t)count * sizeof *list);
    return count;
}

/* Somebody who is held at the machine while it serves the generator that was
 * called; who called first was held first. */
static void add_caller(struct scene *scene, const struct person *person)
{
    struct scene_machine *machine;
    int at;

    if (person->stay.machine < 0 ||
        person->stay.machine >= scene_machines(scene))
        return;
    machine = &scene->machine[person->stay.machine];
    if (machine->service.task == person->task)
        return;
    at = machine->callers;
    while (at > 0 && machine->caller[at - 1].stay.event > person->stay.event)
        at--;
    if (machine->callers < SCENE_CALLERS)
        machine->callers++;
    for (int i = machine->callers - 1; i > at; i--)
        machine->caller[i] = machine->caller[i - 1];
    if (at < SCENE_CALLERS)
        machine->caller[at] = *person;
}

static void ask_all(struct scene *scene)
{
    int asked = scene->task_count < SCENE_TASKS ? scene->task_count
                                                : SCENE_TASKS;

    for (int task = 0; task < asked; task++) {
        struct person person = { task,
                                 history_at(scene->history, task, scene->t_ns),
                                 AREA_NOWHERE, 0, 1.0 };
        enum task_state state = person.stay.state;

        if (state == STATE_DONE)
            scene->done_shown = insert(scene->done, scene->done_shown, person,
                                       true);
        else if (state == STATE_AWAITING || state == STATE_BLOCKED)
            scene->away_shown = insert(scene->away, scene->away_shown, person,
                                       false);
        else if (state == STATE_HELD)
            add_caller(scene, &person);
    }
}

static struct person person_of(const struct sightings *seen, int task)
{
    return (struct person){ task, *sightings_stay(seen, task), AREA_NOWHERE, 0,
                            1.0 };
}

/* The same from lists that are followed: of those who are done the last ones. */
static void ask_sightings(struct scene *scene, const struct sightings *seen)
{
    int task = -1, first = -1;

    while (scene->away_shown < SCENE_PEOPLE &&
           (task = sightings_next(seen, SEEN_AWAY, task)) >= 0)
        scene->away[scene->away_shown++] = person_of(seen, task);
    for (int count = 0; count < SCENE_PEOPLE; count++) {
        task = sightings_before(seen, SEEN_DONE, first);
        if (task < 0)
            break;
        first = task;
    }
    for (task = first; task >= 0; task = sightings_next(seen, SEEN_DONE, task))
        scene->done[scene->done_shown++] = person_of(seen, task);
    for (task = -1; (task = sightings_next(seen, SEEN_HELD, task)) >= 0;) {
        struct person person = person_of(seen, task);

        add_caller(scene, &person);
    }
}

static void look_for_others(struct scene *scene, const struct view *view,
                            struct sightings *seen)
{
    if (seen) {
        sightings_go(seen, scene->t_ns);
        ask_sightings(scene, seen);
    } else {
        ask_all(scene);
    }
    for (int i = 0; i < scene->away_shown; i++)
        walk_find(scene, view, &scene->away[i]);
    for (int i = 0; i < scene->done_shown; i++)
        walk_find(scene, view, &scene->done[i]);
}

/* --- trails --------------------------------------------------------------- */

/* One list of people after the other: the i-th of them, or NULL. */
static struct person *list_at(struct scene *scene, int i, int *count)
{
    if (i < scene_lines(scene)) {
        *count = scene->line[i].shown;
        return scene->line[i].person;
    }
    i -= scene_lines(scene);
    if (i < scene_machines(scene)) {
        *count = scene->machine[i].service.task >= 0;
        return &scene->machine[i].person;
    }
    i -= scene_machines(scene);
    *count = i == 0 ? scene->away_shown : scene->done_shown;
    return i == 0 ? scene->away : i == 1 ? scene->done : NULL;
}

/* The trails of a crowd would be a tangle: only those who came last have
 * one. */
static void thin_out(struct scene *scene)
{
    struct person *latest[SCENE_TRAILS], *list;
    int trails = 0, count;

    for (int i = 0; (list = list_at(scene, i, &count)); i++)
        for (struct person *person = list; person < list + count; person++) {
            int at = trails;

            if (person->way >= 1.0)
                continue;
            while (at > 0 && latest[at - 1]->way > person->way)
                at--;
            if (trails == SCENE_TRAILS) {
                (at == trails ? person : latest[trails - 1])->way = 1.0;
                if (at == trails)
                    continue;
                trails--;
            }
            memmove(latest + at + 1, latest + at,
                    (size_t)(trails - at) * sizeof *latest);
            latest[at] = person;
            trails++;
        }
}

void scene_follow(struct scene *scene, const struct history *history,
                  const struct view *view, struct sightings *seen)
{
    const struct trace *trace = history_trace(history);
    int64_t counted_ns = view->cursor_ns >= 0 && view->cursor_ns < view->t_ns
                             ? view->cursor_ns
                             : view->t_ns;

    scene->history = history;
    scene->workload = trace_workload(trace);
    scene->info = trace_info(trace);
    scene->t_ns = view->t_ns;
    scene->known_ns = history_end(history) < view->t_ns ? history_end(history)
                                                        : view->t_ns;
    scene->ended = history_ended(history) && view->t_ns >= history_end(history);
    scene->outcome = history_outcome(history);
    scene->in_progress = history_in_progress(history, counted_ns);
    scene->working = history_working(history, counted_ns);
    scene->most = scene->ended && view->cursor_ns < 0;
    scene->task_count = (int)scene->workload->task_count;
    if (scene->task_count <= TASK_COLOUR_KNOWN)
        task_colour_all(scene->colour, scene->workload);
    for (int i = 0; i < STATE_COUNT; i++)
        scene->in_state[i] = history_count(history, (enum task_state)i,
                                           view->t_ns);
    scene->line_count = scene->workload->line_count;
    scene->machine_count = history_machines(history);
    scene->away_shown = 0;
    scene->done_shown = 0;
    for (int i = 0; i < scene_lines(scene); i++)
        look_at_line(scene, view, i);
    for (int i = 0; i < scene_machines(scene); i++)
        look_at_machine(scene, view, i);
    look_for_others(scene, view, seen);
    thin_out(scene);
}

void scene_make(struct scene *scene, const struct history *history,
                const struct view *view)
{
    scene_follow(scene, history, view, NULL);
}
