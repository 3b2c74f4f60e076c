/*
 * narrate_why.c -- one sentence for each reason why a task is where it is.
 */
#include <stdio.h>

#include "render/scene/scene.h"
#include "render/words/duration.h"
#include "render/words/narrate.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"

enum {
    SINCE_SIZE = 160,
    BEFORE_MAX = 3 /* people ahead in line who are named */
};

/* What all the sentences are made of. */
struct reason {
    const struct scene *scene;
    struct interval stay;
    const char *task;
    char since[SINCE_SIZE], until[DURATION_SIZE];
    char *out;
    size_t size;
};

/* Add to `since` who released it, or why else it is in line. */
static void add_cause(struct reason *reason, int task)
{
    const struct scene *scene = reason->scene;
    const struct interval *stay = &reason->stay;
    struct interval before = history_at(scene->history, task,
                                        stay->from_ns - 1);
    const char *text = NULL;

    if (stay->object == READY_YIELDED)
        text = _(" (it stepped aside)");
    else if (stay->object == READY_PREEMPTED)
        text = _(" (it was stopped)");
    else if (stay->object == READY_WOKEN && stay->by < 0)
        text = _(" (its time was over)");
    else if (stay->object == READY_WOKEN && before.wait == WAIT_LOCK)
        text = _(" ({0} let go of {1})");
    else if (stay->object == READY_WOKEN)
        text = _(" ({0} woke it)");
    if (text)
        PHRASE(reason->since, sizeof reason->since, text,
               scene_task_name(scene, stay->by),
               scene_lock_name(scene, before.object));
}

static void why_in_line(const struct reason *reason, int task)
{
    const struct scene *scene = reason->scene;
    int line[BEFORE_MAX + 1];
    size_t count = history_line(scene->history, 0, scene->t_ns, line,
                                BEFORE_MAX + 1);
    char before[256] = "";
    size_t i;

    for (i = 0; i < count && i <= BEFORE_MAX && line[i] != task; i++)
        if (i < BEFORE_MAX)
            PHRASE(before, sizeof before, i ? ", {0}" : "{0}",
                   scene_task_name(scene, line[i]));
    if (i == 0)
        PHRASE(reason->out, reason->size,
               _("{0} has been in line since {1} and is first now: no machine "
                 "is free for it."),
               reason->task, reason->since);
    else if (i > BEFORE_MAX)
        PHRASE(reason->out, reason->size,
               _("{0} has been in line since {1}, behind {2} and more."),
               reason->task, reason->since, before);
    else
        PHRASE(reason->out, reason->size,
               _("{0} has been in line since {1}, behind {2}."), reason->task,
               reason->since, before);
    if (reason->stay.object == READY_WOKEN && reason->stay.by >= 0)
        PHRASE(reason->out, reason->size, _(" {0} let it go on."),
               scene_task_name(scene, reason->stay.by));
}

static void why_lock(const struct reason *reason)
{
    const struct scene *scene = reason->scene;
    int64_t since_ns = 0;
    int owner = history_lock_owner(scene->history, reason->stay.object,
                                   scene->t_ns, &since_ns);
    char held[DURATION_SIZE];

    duration_text(held, since_ns, duration_unit(scene->t_ns));
    if (owner >= 0)
        PHRASE(reason->out, reason->size,
               history_at(scene->history, owner, scene->t_ns).state ==
                       STATE_DONE
                   ? _("{0} has been blocked since {1}: {2} has had {3} since "
                       "{4} and is done, so nobody will let it go.")
                   : _("{0} has been blocked since {1}: {2} has had {3} since "
                       "{4}."),
               reason->task, reason->since, scene_task_name(scene, owner),
               scene_lock_name(scene, reason->stay.object), held);
    else
        PHRASE(reason->out, reason->size,
               _("{0} has been blocked since {1}: it wants {2}."), reason->task,
               reason->since, scene_lock_name(scene, reason->stay.object));
}

static void why_blocked(const struct reason *reason)
{
    const char *object = scene_object_name(reason->scene, &reason->stay);
    const char *text = "";

    switch (reason->stay.wait) {
    case WAIT_LOCK:
        why_lock(reason);
        return;
    case WAIT_SEND:
        text = _("{0} has waited since {1} to send into {2}: nobody takes it.");
        break;
    case WAIT_RECV:
        text = _("{0} has waited since {1} for something to come out of {2}.");
        break;
    case WAIT_BARRIER:
        text = _("{0} has waited since {1} at {2} until everybody is there.");
        break;
    case WAIT_JOIN:
        text = _("{0} has waited since {1} until {2} is done.");
        break;
    case WAIT_GIL:
        text = _("{0} has waited since {1} for the one key: somebody else "
                 "computes.");
        break;
    default:
        text = _("{0} has waited since {1}.");
    }
    PHRASE(reason->out, reason->size, text, reason->task, reason->since,
           object);
}

static void why_at_machine(const struct reason *reason)
{
    char machine[16];

    snprintf(machine, sizeof machine, "%d", reason->stay.machine + 1);
    if (reason->stay.state == STATE_RUNNING)
        PHRASE(reason->out, reason->size,
               _("{0} has computed on machine {1} since {2}."), reason->task,
               machine, reason->since);
    else if (reason->stay.until_ns < TIME_NEVER &&
             reason->stay.until_ns > reason->stay.from_ns)
        PHRASE(
            reason->out, reason->size,
            _("{0} has held machine {1} since {2}, until {3}: it waits there "
              "instead of stepping aside."),
            reason->task, machine, reason->since, reason->until);
    else
        PHRASE(reason->out, reason->size,
               _("{0} has held machine {1} since {2} without computing."),
               reason->task, machine, reason->since);
}

void narrate_why(char *out, size_t size, const struct scene *scene, int task)
{
    struct unit unit = duration_unit(scene->t_ns);
    struct reason reason = { .scene = scene, .out = out, .size = size };

    out[0] = '\0';
    if (task < 0 || task >= scene->task_count)
        return;
    reason.stay = history_at(scene->history, task, scene->t_ns);
    reason.task = scene_task_name(scene, task);
    duration_text(reason.since, reason.stay.from_ns, unit);
    duration_text(reason.until, reason.stay.until_ns, unit);
    switch (reason.stay.state) {
    case STATE_IN_LINE:
        add_cause(&reason, task);
        why_in_line(&reason, task);
        break;
    case STATE_BLOCKED:
        why_blocked(&reason);
        break;
    case STATE_RUNNING:
    case STATE_HELD:
        why_at_machine(&reason);
        break;
    case STATE_AWAITING:
        PHRASE(
            out, size,
            _("{0} has been away since {1} and awaits a timer, until {2}: that "
              "needs no machine."),
            reason.task, reason.since, reason.until);
        break;
    case STATE_DONE:
        PHRASE(out, size, _("{0} was done at {1}."), reason.task, reason.since);
        break;
    default:
        PHRASE(out, size, _("{0} has not come yet."), reason.task);
    }
}
