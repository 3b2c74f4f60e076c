/*
 * narrate.c -- one sentence for each place, from the machines to those who are
 * away.
 */
#include "render/words/narrate.h"

#include <stdio.h>

#include "render/scene/scene.h"
#include "render/words/duration.h"
#include "render/words/mode_words.h"
#include "sched/analysis/wait_cycle.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    LIST_SIZE = 512,
    NAMES_MAX = 8 /* named in one sentence, at most */
};

/* One, several and uncounted people doing something; all N_(). */
struct saying {
    const char *one, *many, *count;
};

static const struct saying computing = {
    N_("{0} computes."), N_("{0} compute at the same instant."),
    N_("{0} tasks compute at the same instant.")
};
static const struct saying holding = {
    N_("{0} holds a machine without computing."),
    N_("{0} hold machines without computing."),
    N_("{0} tasks hold machines without computing.")
};
static const struct saying changing = { N_("A machine changes over to {0}."),
                                        N_("Machines change over to {0}."),
                                        N_("{0} machines change over.") };
static const struct saying standing = { N_("{0} is in line."),
                                        N_("{0} are in line."),
                                        N_("{0} tasks are in line.") };
static const struct saying stolen = {
    N_("{0} is at a machine, but others have its core."),
    N_("{0} are at machines, but others have their cores."),
    N_("{0} tasks are at machines, but others have their cores.")
};
static const struct saying awaiting = { N_("{0} awaits a timer."),
                                        N_("{0} await timers."),
                                        N_("{0} tasks await timers.") };
static const struct saying blocked = { N_("{0} is blocked."),
                                       N_("{0} are blocked."),
                                       N_("{0} tasks are blocked.") };

/* "A", "A and B", "A, B and C". */
static void list_names(char *out, const struct scene *scene, const int *task,
                       int count)
{
    char head[LIST_SIZE] = "";

    out[0] = '\0';
    for (int i = 0; i + 1 < count; i++) {
        phrase_add(
            head, sizeof head, i ? ", {0}" : "{0}",
            (const char *const[]){ scene_task_name(scene, task[i]), NULL });
    }
    if (count == 1)
        PHRASE(out, LIST_SIZE, "{0}", scene_task_name(scene, task[0]));
    else
        PHRASE(out, LIST_SIZE, _("{0} and {1}"), head,
               scene_task_name(scene, task[count - 1]));
}

static void add_space(char *out, size_t size)
{
    if (*out)
        PHRASE(out, size, " {0}", "");
}

/* Add what `count` people do; task[] has at least the first names_max. */
static void message(char *out, size_t size, const struct scene *scene,
                    const struct saying *saying, const int *task, int count,
                    int names_max)
{
    char list[LIST_SIZE];

    if (count == 0)
        return;
    add_space(out, size);
    if (count > names_max && count > 1) {
        snprintf(list, sizeof list, "%d", count);
        PHRASE(out, size, _(saying->count), list);
        return;
    }
    list_names(list, scene, task, count);
    PHRASE(out, size, count == 1 ? _(saying->one) : _(saying->many), list);
}

static void say_machines(char *out, size_t size, const struct scene *scene,
                         const struct saying *saying, int kind, int names_max)
{
    int task[SCENE_MACHINES], count = 0;

    for (int i = 0; i < scene_machines(scene); i++)
        if ((int)scene->machine[i].service.kind == kind &&
            scene->machine[i].service.task >= 0)
            task[count++] = scene->machine[i].service.task;
    if (count == 1 && scene->machine_count == 1 && kind == SERVICE_BUSY) {
        PHRASE(out, size, _("{0} is on the machine."),
               scene_task_name(scene, task[0]));
        return;
    }
    message(out, size, scene, saying, task, count, names_max);
}

static void say_line(char *out, size_t size, const struct scene *scene,
                     int names_max)
{
    int task[NAMES_MAX];
    size_t count = history_line(scene->history, 0, scene->t_ns, task,
                                NAMES_MAX);

    message(out, size, scene, &standing, task, (int)count, names_max);
}

static void say_lock(char *out, size_t size, const struct scene *scene,
                     const struct person *person)
{
    int owner = history_lock_owner(scene->history, person->stay.object,
                                   scene->t_ns, NULL);
    bool is_gone = owner >= 0 &&
                   history_at(scene->history, owner, scene->t_ns).state ==
                       STATE_DONE;

    add_space(out, size);
    PHRASE(out, size,
           is_gone ? _("{0} waits for {1}, which {2} kept when it was done.")
                   : _("{0} waits for {1}, which {2} has."),
           scene_task_name(scene, person->task),
           scene_lock_name(scene, person->stay.object),
           scene_task_name(scene, owner));
}

static void say_away(char *out, size_t size, const struct scene *scene,
                     int names_max)
{
    int sleeping[SCENE_PEOPLE] = { 0 }, sleepers = 0;
    int stuck[SCENE_PEOPLE] = { 0 }, stuck_count = 0;
    const struct person *on_lock = NULL;

    for (int i = 0; i < scene->away_shown; i++) {
        const struct person *person = &scene->away[i];

        if (person->stay.state == STATE_AWAITING)
            sleeping[sleepers++] = person->task;
        else
            stuck[stuck_count++] = person->task;
        if (person->stay.state == STATE_BLOCKED &&
            person->stay.wait == WAIT_LOCK)
            on_lock = person;
    }
    if (sleepers > names_max)
        sleepers = scene->in_state[STATE_AWAITING];
    if (stuck_count > names_max)
        stuck_count = scene->in_state[STATE_BLOCKED];
    message(out, size, scene, &awaiting, sleeping, sleepers, names_max);
    if (stuck_count == 1 && on_lock && names_max > 1)
        say_lock(out, size, scene, on_lock);
    else
        message(out, size, scene, &blocked, stuck, stuck_count, names_max);
}

/* When the last one was done, where all are: threads may end a moment later.
 * Of very many people only the first are known. */
static int64_t last_instant(const struct scene *scene)
{
    if (scene->outcome == OUTCOME_FINISHED && scene->done_shown > 0 &&
        scene->task_count <= SCENE_TASKS)
        return scene->done[scene->done_shown - 1].stay.from_ns;
    return history_end(scene->history);
}

/* Of somebody else's program: why it failed, or that it ended before some of its
 * tasks did. Returns false where there is nothing of its own to say. */
static bool say_program_end(char *out, size_t size, const struct scene *scene,
                            const char *count, const char *time)
{
    char done[16];
    struct diag why;

    if (!scene->info->program)
        return false;
    if (trace_failure(history_trace(scene->history), &why)) {
        PHRASE(out, size, _("The program has failed: {0}."), why.message);
        return true;
    }
    if (scene->outcome != OUTCOME_FINISHED ||
        scene->in_state[STATE_DONE] == scene->task_count)
        return false;
    snprintf(done, sizeof done, "%d", scene->in_state[STATE_DONE]);
    PHRASE(out, size,
           _("The program has ended after {0}; tasks done: {1} of {2}."), time,
           done, count);
    return true;
}

static void say_end(char *out, size_t size, const struct scene *scene)
{
    char count[16], time[DURATION_SIZE];
    int64_t end_ns;

    snprintf(count, sizeof count, "%d", scene->task_count);
    end_ns = last_instant(scene);
    duration_text(time, end_ns, duration_unit(end_ns));
    if (say_program_end(out, size, scene, count, time))
        return;
    switch (scene->outcome) {
    case OUTCOME_FINISHED:
        PHRASE(out, size,
               scene->task_count == 1 ? _("The task is done after {1}.")
               : scene->task_count == 2
                   ? _("Both tasks are done after {1}.")
                   : _("All {0} tasks are done after {1}."),
               count, time);
        break;
    case OUTCOME_DEADLOCK:
        PHRASE(out, size, "{0}", _("Deadlock: nobody can ever go on."));
        break;
    case OUTCOME_LIMIT:
        PHRASE(out, size, _("Stopped at the limit of {0}."), time);
        break;
    case OUTCOME_LIVELOCK:
        PHRASE(out, size, "{0}",
               _("Livelock: all go round for ever, and nothing changes."));
        break;
    case OUTCOME_FAILED:
        PHRASE(out, size, "{0}", _("The system refused to go on."));
        break;
    default:
        PHRASE(out, size, _("Stopped after {0}."), time);
    }
}

static void say_now(char *out, size_t size, const struct scene *scene,
                    int names_max)
{
    out[0] = '\0';
    say_machines(out, size, scene, &computing, SERVICE_BUSY, names_max);
    say_machines(out, size, scene, &holding, SERVICE_HELD, names_max);
    say_machines(out, size, scene, &stolen, SERVICE_STOLEN, names_max);
    say_machines(out, size, scene, &changing, SERVICE_SWITCHING, names_max);
    if (!*out)
        PHRASE(out, size, "{0}",
               scene->machine_count == 1 ? _("The machine is free.")
                                         : _("All machines are free."));
    say_line(out, size, scene, names_max);
    say_away(out, size, scene, names_max);
}

/* Where there is room for figures only. */
static void say_counts(char *out, size_t size, const struct scene *scene)
{
    static const struct {
        enum task_state state;
        const char *text;
        bool always;
    } part[] = {
        { STATE_RUNNING, N_("{0} computing"), true },
        { STATE_STOLEN, N_("{0} stolen"), false },
        { STATE_HELD, N_("{0} held"), false },
        { STATE_IN_LINE, N_("{0} in line"), true },
        { STATE_AWAITING, N_("{0} awaiting"), true },
        { STATE_BLOCKED, N_("{0} blocked"), false },
    };
    char list[LIST_SIZE] = "", count[16];

    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        if (!part[i].always && scene->in_state[part[i].state] == 0)
            continue;
        snprintf(count, sizeof count, "%d", scene->in_state[part[i].state]);
        if (*list)
            PHRASE(list, sizeof list, ", {0}", "");
        PHRASE(list, sizeof list, _(part[i].text), count);
    }
    out[0] = '\0';
    /* TRANSLATORS: "2 computing, 1 in line", as a whole sentence. */
    PHRASE(out, size, _("{0}."), list);
}

void narrate_scene(char *out, size_t size, const struct scene *scene, int width)
{
    static const int names[] = { 6, 3, 2, 1, 0 };

    out[0] = '\0';
    if (scene->ended) {
        say_end(out, size, scene);
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        say_now(out, size, scene, names[i]);
        if (text_cells(out) <= width)
            return;
    }
    say_counts(out, size, scene);
}

static void write_cycle(char *out, size_t size, const struct scene *scene,
                        const struct wait_cycle *cycle, bool with_locks)
{
    out[0] = '\0';
    for (size_t i = 0; i < cycle->count; i++) {
        const char *last = i + 1 < cycle->count ? " " : "";

        phrase_add(out, size, "{0}{1}",
                   (const char *const[]){
                       scene_task_name(scene, cycle->task[i]), last, NULL });
        if (!*last)
            break;
        if (with_locks && cycle->lock[i] >= 0)
            phrase_add(out, size, "─{0}",
                       (const char *const[]){
                           scene_lock_name(scene, cycle->lock[i]), NULL });
        phrase_add(out, size, "→ ", (const char *const[]){ NULL });
    }
}

void narrate_cycle(char *out, size_t size, const struct scene *scene, int width)
{
    struct wait_cycle cycle;

    out[0] = '\0';
    if (!scene_is_forever(scene) || scene->task_count > SCENE_TASKS)
        return;
    cycle = wait_cycle_find(scene->history);
    write_cycle(out, size, scene, &cycle, true);
    if (text_cells(out) > width)
        write_cycle(out, size, scene, &cycle, false);
    wait_cycle_fini(&cycle);
}

/* Who waits for whom when nobody can go on. */
static void say_circle(char *out, size_t size, const struct scene *scene,
                       int width)
{
    for (int i = 0; i < scene->away_shown; i++)
        if (scene->away[i].stay.wait == WAIT_LOCK)
            say_lock(out, size, scene, &scene->away[i]);
    if (text_cells(out) > width || !*out)
        narrate_cycle(out, size, scene, width);
}

void narrate_rule(char *out, size_t size, const struct scene *scene, int width)
{
    const char *rule = mode_words_find(scene->info->mode).rule;
    int held = 0;

    for (int i = 0; i < scene_machines(scene); i++)
        held += scene->machine[i].service.kind == SERVICE_HELD;
    if (scene->info->gil_ns > 0)
        rule = N_("One key: only who has it computes, on however many "
                  "machines.");
    if (held > 0)
        rule = N_("Held: the machine is taken, and nobody is working there.");
    else if (scene->working > 1)
        rule = N_("Solid bars above each other: they really compute at the "
                  "same instant.");
    out[0] = '\0';
    if (scene_is_forever(scene))
        say_circle(out, size, scene, width);
    if (!*out)
        PHRASE(out, size, "{0}", *rule ? _(rule) : "");
}
