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

static bool condition(struct check *check, const struct event *event)
{
    int64_t *waiting = &check->awaiting[event->object];
    int64_t count = *waiting;

    if (event->kind == EVENT_BROADCAST) {
        *waiting = 0;
        return trace_check_rule(check, event->value == count,
                                "others wait for the condition") &&
               trace_check_belongs(check, event, STEP_BROADCAST);
    }
    *waiting -= count > 0;
    return trace_check_rule(check, (event->value >= 0) == (count > 0),
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
