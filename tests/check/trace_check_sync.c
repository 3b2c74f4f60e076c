/*
 * Semaphores, condition variables and readers-writer locks, as simple as they
 * can be told: a number of permits, a number of those who wait, and who reads
 * and writes.
 */
#include "sched/workload/workload.h"
#include "tests/check/trace_check_internal.h"

/* A permit that went straight to somebody who waits was there in between. */
static bool semaphore(struct check *check, const struct event *event)
{
    int64_t *permits = &check->permits[event->object];

    if (event->kind == EVENT_RELEASED) {
        ++*permits;
        return trace_check_rule(check,
                                event->value == *permits ||
                                    event->value == *permits - 1,
                                "the semaphore has another number") &&
               trace_check_belongs(check, event, STEP_RELEASE);
    }
    --*permits;
    return trace_check_rule(check, *permits >= 0 && event->value == *permits,
                            "the semaphore has no permit, or others left") &&
           trace_check_belongs(check, event, STEP_ACQUIRE);
}

/* Wake the task, or (-1) all who wait for the condition; returns how many that
 * are. */
static int64_t wake(struct check *check, int condition, int64_t only)
{
    int64_t count = 0;

    for (size_t i = 0; i < check->workload->task_count; i++) {
        struct checked_task *task = &check->task[i];

        if (!task->awaits || task->request.object != condition ||
            (only >= 0 && only != (int64_t)i))
            continue;
        task->awaits = false;
        count++;
    }
    return count;
}

static bool condition(struct check *check, const struct event *event)
{
    if (event->kind == EVENT_BROADCAST)
        return trace_check_rule(check,
                                wake(check, event->object, -1) == event->value,
                                "others wait for the condition") &&
               trace_check_belongs(check, event, STEP_BROADCAST);
    return trace_check_rule(check,
                            wake(check, event->object, event->value) ==
                                (event->value >= 0),
                            "who waits is woken, and nobody else") &&
           trace_check_belongs(check, event, STEP_SIGNAL);
}

static bool rwlock(struct check *check, const struct event *event)
{
    struct rwlock_seen *seen = &check->rwlock[event->object];
    int task = (int)event->task;

    switch (event->kind) {
    case EVENT_RLOCKED:
        seen->readers++;
        return trace_check_rule(
                   check, seen->writer < 0 && event->value == seen->readers,
                   "nobody may read now") &&
               trace_check_belongs(check, event, STEP_RLOCK);
    case EVENT_WLOCKED:
        if (!trace_check_rule(check, seen->writer < 0 && seen->readers == 0,
                              "nobody may write now"))
            return false;
        seen->writer = task;
        return trace_check_belongs(check, event, STEP_WLOCK);
    default:
        if (seen->writer == task)
            seen->writer = -1;
        else
            seen->readers--;
        return trace_check_rule(check,
                                seen->writer < 0 && seen->readers >= 0 &&
                                    event->value == seen->readers,
                                "the task does not have the lock") &&
               (check->task[task].quit ||
                trace_check_belongs(check, event, STEP_RELINQUISH));
    }
}

/* What it has chosen it does at the same moment. */
bool trace_check_chosen(struct check *check, const struct event *event,
                        int kind)
{
    const struct checked_task *task = &check->task[event->task];
    const struct choice *choice = &task->request.choice[task->chosen];

    return trace_check_rule(check,
                            task->complete && choice->kind == kind &&
                                choice->object == event->object,
                            "this is not what the task has chosen");
}

bool trace_check_sync(struct check *check, const struct event *event)
{
    switch (event->kind) {
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
        return semaphore(check, event);
    case EVENT_SIGNALLED:
    case EVENT_BROADCAST:
        return condition(check, event);
    case EVENT_RLOCKED:
    case EVENT_WLOCKED:
    case EVENT_RELINQUISHED:
        return rwlock(check, event);
    default:
        return true;
    }
}

size_t trace_check_sync_objects(const struct workload *workload,
                                enum event_kind kind)
{
    switch (kind) {
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
        return workload->semaphore_count;
    case EVENT_SIGNALLED:
    case EVENT_BROADCAST:
        return workload->condition_count;
    case EVENT_RLOCKED:
    case EVENT_WLOCKED:
    case EVENT_RELINQUISHED:
        return workload->rwlock_count;
    default:
        return SIZE_MAX;
    }
}
