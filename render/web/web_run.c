/*
 * web_run.c -- a run as an object of JSON: first what stays as it is, then
 * what changes.
 */
#include "render/web/web_run.h"

#include <stdio.h>
#include <stdlib.h>

#include "render/draw/draw.h"
#include "render/scene/panes.h"
#include "render/scene/routes.h"
#include "render/scene/sightings.h"
#include "render/web/web_run_internal.h"
#include "render/words/mode_words.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

enum {
    TEXT_SIZE = 512,
    WHY_MOST =
        100000 /* tasks times events: of larger runs nobody is told why */
};

static void write_clean(struct json *json, const char *name, const char *text)
{
    char out[TEXT_SIZE];

    json_string(json, name, text_clean(out, sizeof out, text));
}

/* --- what stays ----------------------------------------------------------- */

static void write_setting(struct json *json, const struct web_walk *walk)
{
    const struct scene *scene = &walk->scene;
    char subtitle[TEXT_SIZE];

    mode_words_subtitle(subtitle, sizeof subtitle, scene);
    json_string(json, "badge", scene->info->real ? _("REAL") : _("MODEL"));
    json_string(json, "title", _(mode_words_find(scene->info->mode).title));
    json_string(json, "subtitle", subtitle);
    write_clean(json, "workload", scene->workload->name);
    json_bool(json, "real", scene->info->real);
    json_int(json, "end", history_end(walk->history));
    json_int(json, "length", time_axis_length(walk->history));
    json_bool(json, "forever", scene_is_forever(scene));
    json_int(json, "mostInProgress", history_max_in_progress(walk->history));
    json_int(json, "mostWorking", history_max_working(walk->history));
    json_int(json, "taskCount", scene->task_count);
    json_int(json, "lineCount", scene->line_count);
    json_int(json, "machineCount", scene->machine_count);
    json_bool(json, "values", walk->with_values);
}

static void write_numbers(struct json *json, const char *name,
                          const int *number, int count)
{
    json_begin(json, name, '[');
    for (int i = 0; i < count; i++)
        json_int(json, NULL, number[i]);
    json_end(json, ']');
}

/* The order in which lines and machines are drawn, and which lead where. */
static void write_routes(struct json *json, const struct scene *scene)
{
    struct routes routes;

    routes_make(&routes, scene);
    write_numbers(json, "lineOrder", routes.line, scene_lines(scene));
    write_numbers(json, "machineOrder", routes.machine, scene_machines(scene));
    json_begin(json, "routes", '[');
    for (int i = 0; i < routes.count; i++) {
        const struct route *route = &routes.route[i];

        write_numbers(json, NULL,
                      (const int[]){ route->first_line, route->lines,
                                     route->first_machine, route->machines },
                      4);
    }
    json_end(json, ']');
}

/* --- tasks ---------------------------------------------------------------- */

/* Which letter on the page; X: a machine changes over to the task. */
static char state_letter(const struct history *history, int task, size_t index,
                         enum task_state state)
{
    static const char letter[STATE_COUNT + 1] = "-RLABHSD";

    return history_stay(history, task, index).changing ? 'X' : letter[state];
}

/* "at": when each interval begins, as in a track; "is": a letter for each;
 * "planned": how long those letters A and H last if all goes well, 0: nobody
 * knows. */
static void write_stays(struct json *json, const struct history *history,
                        int task)
{
    size_t count = history_intervals(history, task);
    int64_t before_ns = 0;
    char *is = xcalloc(count + 1, 1);

    json_begin(json, "at", '[');
    for (size_t i = 0; i < count; i++) {
        struct stay stay = history_stay(history, task, i);

        json_int(json, NULL, stay.from_ns - before_ns);
        before_ns = stay.from_ns;
        is[i] = state_letter(history, task, i, stay.state);
    }
    json_end(json, ']');
    json_string(json, "is", is);
    json_begin(json, "planned", '[');
    for (size_t i = 0; i < count; i++) {
        struct interval stay;

        if (is[i] != 'A' && is[i] != 'H')
            continue;
        stay = history_interval(history, task, i);
        json_int(json, NULL,
                 stay.until_ns == TIME_NEVER || stay.until_ns < stay.from_ns
                     ? 0
                     : stay.until_ns - stay.from_ns);
    }
    json_end(json, ']');
    free(is);
}

/* Tracks that never had anything are left out. */
static void write_track(struct json *json, const char *name,
                        const struct web_track *track)
{
    if (track->count > 0)
        web_track_write(json, name, track);
}

static void write_task(struct json *json, const struct web_walk *walk, int task)
{
    const struct task_spec *spec = &walk->scene.workload->task[task];

    json_line(json);
    json_begin(json, NULL, '{');
    write_clean(json, "name", spec->name);
    json_int(json, "colour", scene_colour(&walk->scene, task));
    json_int(json, "line", spec->line - 1);
    write_stays(json, walk->history, task);
    if (task < walk->tasks) {
        const struct web_task *kept = &walk->task[task];

        write_track(json, "in", &kept->in);
        write_track(json, "mark", &kept->mark);
        write_track(json, "place", &kept->place);
        write_track(json, "reason", &kept->reason);
        write_track(json, "why", &kept->why);
    }
    json_end(json, '}');
}

/* --- machines and lines --------------------------------------------------- */

static void write_machine(struct json *json, const struct web_walk *walk, int i)
{
    const struct web_machine *machine = &walk->machine[i];

    json_line(json);
    json_begin(json, NULL, '{');
    json_int(json, "cpu", walk->scene.machine[i].cpu);
    web_track_write(json, "who", &machine->who);
    web_track_write(json, "callers", &machine->callers);
    web_track_write(json, "done", &machine->done);
    web_track_write(json, "planned", &machine->planned);
    json_end(json, '}');
}

static void write_places(struct json *json, const struct web_walk *walk)
{
    json_begin(json, "tasks", '[');
    for (int i = 0; i < walk->scene.task_count; i++)
        write_task(json, walk, i);
    json_end(json, ']');
    json_begin(json, "machines", '[');
    for (int i = 0; i < scene_machines(&walk->scene); i++)
        write_machine(json, walk, i);
    json_end(json, ']');
    json_begin(json, "queues", '[');
    for (int i = 0; i < scene_lines(&walk->scene); i++) {
        json_begin(json, NULL, '{');
        web_track_write(json, "list", &walk->line[i].list);
        web_track_write(json, "count", &walk->line[i].count);
        json_end(json, '}');
    }
    json_end(json, ']');
}

/* --- all of it ------------------------------------------------------------ */

static void start(struct web_walk *walk, const struct history *history,
                  const struct web_pools *pools)
{
    const struct trace *trace = history_trace(history);
    size_t tasks = trace_workload(trace)->task_count;

    walk->history = history;
    walk->pools = pools;
    walk->tasks = tasks < SCENE_TASKS ? (int)tasks : SCENE_TASKS;
    walk->with_why = tasks * trace_count(trace) <= WHY_MOST;
    walk->with_values = (panes_of(history) & PANE_VALUES) != 0;
    walk->task = xcalloc(tasks, sizeof *walk->task);
    walk->seen = sightings_new(history, SCENE_TASKS);
    web_pool_init(&walk->places);
    view_init(&walk->view);
    walk->view.motion = false;
}

static void end(struct web_walk *walk)
{
    for (int i = 0; i < walk->tasks; i++) {
        web_track_fini(&walk->task[i].in);
        web_track_fini(&walk->task[i].mark);
        web_track_fini(&walk->task[i].place);
        web_track_fini(&walk->task[i].reason);
        web_track_fini(&walk->task[i].why);
    }
    for (int i = 0; i < SCENE_MACHINES; i++) {
        web_track_fini(&walk->machine[i].who);
        web_track_fini(&walk->machine[i].callers);
        web_track_fini(&walk->machine[i].done);
        web_track_fini(&walk->machine[i].planned);
    }
    for (int i = 0; i < SCENE_LINES; i++) {
        web_track_fini(&walk->line[i].list);
        web_track_fini(&walk->line[i].count);
    }
    web_track_fini(&walk->in_progress);
    web_track_fini(&walk->working);
    web_track_fini(&walk->now);
    web_track_fini(&walk->rule);
    web_track_fini(&walk->count);
    web_track_fini(&walk->step);
    web_track_fini(&walk->values);
    web_track_fini(&walk->latest);
    web_track_fini(&walk->stop);
    web_pool_fini(&walk->places);
    sightings_free(walk->seen);
    free(walk->task);
    free(walk);
}

void web_run_write(struct json *json, const struct history *history,
                   const struct web_pools *pools)
{
    struct web_walk *walk = xcalloc(1, sizeof *walk);

    start(walk, history, pools);
    web_walk_collect(walk);
    json_begin(json, NULL, '{');
    write_setting(json, walk);
    write_routes(json, &walk->scene);
    write_places(json, walk);
    web_track_write(json, "inProgress", &walk->in_progress);
    web_track_write(json, "working", &walk->working);
    web_track_write(json, "now", &walk->now);
    web_track_write(json, "rule", &walk->rule);
    web_track_write(json, "count", &walk->count);
    web_track_write(json, "step", &walk->step);
    web_track_write(json, "shared", &walk->values);
    web_track_write(json, "latest", &walk->latest);
    web_track_write(json, "stop", &walk->stop);
    web_program_write(json, walk);
    web_says_write(json, walk);
    web_numbers_write(json, history);
    json_end(json, '}');
    end(walk);
}
