/*
 * narrate_why.c -- one sentence for each reason why a task is where it is.
 *
 * All sentences begin with the same two gaps, the task and since when; the
 * others are filled by whoever finds the sentence.
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
    NAMES_SIZE = 256,
    BEFORE_MAX = 3 /* people ahead in line who are named */
};

struct reason {
    const struct scene *scene;
    struct interval stay;
    int task;
    const char *gap[6]; /* NULL at the end */
    char since[SINCE_SIZE], names[NAMES_SIZE], time[DURATION_SIZE];
};

/* Add to `since` who released it, or why else it is in line. */
static void add_cause(struct reason *reason)
{
    const struct scene *scene = reason->scene;
    const struct interval *stay = &reason->stay;
    struct interval before = history_at(scene->history, reason->task,
                                        stay->from_ns - 1);
    const char *text = "";

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
    PHRASE(reason->since, sizeof reason->since, text,
           scene_task_name(scene, stay->by),
           scene_lock_name(scene, before.object));
}

static const char *why_in_line(struct reason *reason)
{
    const struct scene *scene = reason->scene;
    int line[BEFORE_MAX + 1];
    size_t count = history_line(scene->history, 0, scene->t_ns, line,
                                BEFORE_MAX + 1);
    size_t i;

    add_cause(reason);
    for (i = 0; i < count && i <= BEFORE_MAX && line[i] != reason->task; i++)
        if (i < BEFORE_MAX)
            PHRASE(reason->names, NAMES_SIZE, i ? ", {0}" : "{0}",
                   scene_task_name(scene, line[i]));
    reason->gap[2] = reason->names;
    if (i == 0)
        return _("{0} has been in line since {1} and is first now: no machine "
                 "is free for it.");
    return i > BEFORE_MAX
               ? _("{0} has been in line since {1}, behind {2} and more.")
               : _("{0} has been in line since {1}, behind {2}.");
}

static const char *why_lock(struct reason *reason)
{
    const struct scene *scene = reason->scene;
    int64_t since_ns = 0;
    int owner = history_lock_owner(scene->history, reason->stay.object,
                                   scene->t_ns, &since_ns);

    if (owner < 0)
        return _("{0} has been blocked since {1}: it wants {2}.");
    reason->gap[3] = reason->gap[2];
    reason->gap[2] = scene_task_name(scene, owner);
    reason->gap[4] = duration_text(reason->time, since_ns,
                                   duration_unit(scene->t_ns));
    if (history_at(scene->history, owner, scene->t_ns).state == STATE_DONE)
        return _("{0} has been blocked since {1}: {2} has had {3} since {4} "
                 "and is done, so nobody will let it go.");
    return _("{0} has been blocked since {1}: {2} has had {3} since {4}.");
}

static const char *why_blocked(struct reason *reason)
{
    reason->gap[2] = scene_object_name(reason->scene, &reason->stay);
    switch (reason->stay.wait) {
    case WAIT_LOCK:
        return why_lock(reason);
    case WAIT_SEND:
        return _("{0} has waited since {1} to send into {2}: nobody takes it.");
    case WAIT_RECV:
        return _("{0} has waited since {1} for something to come out of {2}.");
    case WAIT_BARRIER:
        return _("{0} has waited since {1} at {2} until everybody is there.");
    case WAIT_JOIN:
        return _("{0} has waited since {1} until {2} is done.");
    case WAIT_SEMAPHORE:
        return _("{0} has waited since {1} to acquire {2}: somebody must "
                 "release it.");
    case WAIT_CONDITION:
        return _("{0} has waited since {1} for {2}: somebody must signal it.");
    case WAIT_READ:
        return _("{0} has wanted to read with {2} since {1}: a writer has it, "
                 "or comes first.");
    case WAIT_WRITE:
        return _("{0} has wanted to write with {2} since {1}: others have it.");
    case WAIT_SELECT:
        return _("{0} has waited since {1} for the first of several messages.");
    case WAIT_GIL:
        return _("{0} has waited since {1} for the one key: somebody else "
                 "computes.");
    default:
        return _("{0} has waited since {1}.");
    }
}

static const char *why_at_machine(struct reason *reason)
{
    const struct interval *stay = &reason->stay;

    snprintf(reason->names, NAMES_SIZE, "%d", stay->machine + 1);
    reason->gap[2] = reason->names;
    reason->gap[3] = reason->time;
    if (stay->state == STATE_RUNNING)
        return _("{0} has computed on machine {2} since {1}.");
    if (stay->state == STATE_STOLEN)
        return _("{0} has been at machine {2} without its core since {1}: "
                 "others compute there.");
    if (stay->until_ns < TIME_NEVER && stay->until_ns > stay->from_ns)
        return _("{0} has held machine {2} since {1}, until {3}: it waits "
                 "there instead of stepping aside.");
    return _("{0} has held machine {2} since {1} without computing.");
}

static const char *why(struct reason *reason)
{
    switch (reason->stay.state) {
    case STATE_IN_LINE:
        return why_in_line(reason);
    case STATE_BLOCKED:
        return why_blocked(reason);
    case STATE_RUNNING:
    case STATE_HELD:
    case STATE_STOLEN:
        return why_at_machine(reason);
    case STATE_AWAITING:
        reason->gap[2] = reason->time;
        return _("{0} has been away since {1} and awaits a timer, until {2}: "
                 "that needs no machine.");
    case STATE_DONE:
        return _("{0} was done at {1}.");
    default:
        return _("{0} has not come yet.");
    }
}

void narrate_why(char *out, size_t size, const struct scene *scene, int task)
{
    struct unit unit = duration_unit(scene->t_ns);
    struct reason reason = { .scene = scene, .task = task };
    const struct interval *stay = &reason.stay;

    out[0] = '\0';
    if (task < 0 || task >= scene->task_count)
        return;
    reason.stay = history_at(scene->history, task, scene->t_ns);
    reason.gap[0] = scene_task_name(scene, task);
    reason.gap[1] = duration_text(reason.since, stay->from_ns, unit);
    duration_text(reason.time, stay->until_ns, unit);
    phrase_add(out, size, why(&reason), reason.gap);
    if (stay->state == STATE_IN_LINE && stay->object == READY_WOKEN &&
        stay->by >= 0)
        PHRASE(out, size, _(" {0} let it go on."),
               scene_task_name(scene, stay->by));
}
