/*
 * wait_cycle.c -- in a deadlock everybody waits for the next.
 *
 * As everybody waits for at most one other, the cycle is found by following
 * the waiting from each task until nobody is waited for (no cycle), or a task
 * comes again. Each task is passed once: whoever was met from an earlier start
 * leads nowhere new.
 */
#include "sched/analysis/wait_cycle.h"

#include <stdbool.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* For whom a task waits, and for what of theirs. */
struct cycle_wait {
    int task; /* or -1 */
    int lock; /* or -1 */
};

static bool is_task(const struct history *history, int64_t task)
{
    const struct workload *workload = trace_workload(history_trace(history));

    return task >= 0 && (uint64_t)task < workload->task_count;
}

/* In line for ever: the one who stands at the machine for ever is in the
 * way. Only sequential runs can end like this, so there is one machine. */
static int in_the_way(const struct history *history)
{
    struct service last;

    if (history_machines(history) != 1 || !history_services(history, 0))
        return -1;
    last = history_service(history, 0, history_services(history, 0) - 1);
    if (last.kind != SERVICE_HELD ||
        history_at(history, last.task, last.from_ns).until_ns != TIME_NEVER)
        return -1;
    return last.task;
}

/* The first of those it comes after that is not done, or -1. */
static int first_missing(const struct history *history,
                         const struct task_spec *task)
{
    for (int i = 0; i < task->afters; i++)
        if (history_at(history, task->after[i], history_end(history)).state !=
            STATE_DONE)
            return task->after[i];
    return -1;
}

/* Asked about the end of the run. A task that is done ends the chain: waiting
 * for it is hopeless, but not a cycle. */
static struct cycle_wait waits_for(const struct history *history, int task)
{
    int64_t end = history_end(history);
    struct interval at = history_at(history, task, end);
    const struct workload *workload = trace_workload(history_trace(history));
    bool waits = at.state == STATE_BLOCKED || at.state == STATE_HELD;
    struct cycle_wait waiting = { -1, -1 };

    if (waits && at.wait == WAIT_LOCK) {
        waiting.lock = at.object;
        waiting.task = history_lock_owner(history, at.object, end, NULL);
    } else if (waits && (at.wait == WAIT_JOIN || at.wait == -1)) {
        waiting.task = at.object; /* -1: the caller of a generator */
    } else if (at.state == STATE_ABSENT) {
        waiting.task = first_missing(history, &workload->task[task]);
    } else if (at.state == STATE_IN_LINE) {
        waiting.task = in_the_way(history);
    }
    if (!is_task(history, waiting.task) ||
        history_at(history, waiting.task, end).state == STATE_DONE)
        waiting.task = -1;
    return waiting;
}

/* The cycle that goes through start, from start back to start. */
static struct wait_cycle make_cycle(const struct history *history, int start)
{
    struct wait_cycle cycle = { .count = 2 };
    int task;

    for (task = waits_for(history, start).task; task != start; cycle.count++)
        task = waits_for(history, task).task;
    cycle.task = xcalloc(cycle.count, sizeof *cycle.task);
    cycle.lock = xcalloc(cycle.count, sizeof *cycle.lock);
    task = start;
    for (size_t i = 0; i < cycle.count; i++) {
        struct cycle_wait waiting = waits_for(history, task);

        cycle.task[i] = task;
        cycle.lock[i] = i + 1 < cycle.count ? waiting.lock : -1;
        task = waiting.task;
    }
    return cycle;
}

/* Follow the waiting from start; met[] remembers from which start a task was
 * reached first. Returns a task on a new cycle, or -1. */
static int follow(const struct history *history, int start, int *met)
{
    int task = start;

    while (task >= 0 && met[task] == 0) {
        met[task] = start + 1;
        task = waits_for(history, task).task;
    }
    return task >= 0 && met[task] == start + 1 ? task : -1;
}

/* Of all tasks on the cycle through task, the first in the file. */
static int first_of_cycle(const struct history *history, int task)
{
    int first = task, next = waits_for(history, task).task;

    for (; next != task; next = waits_for(history, next).task)
        if (next < first)
            first = next;
    return first;
}

/* The cycle is told from its first task in the file, so that the same deadlock
 * always reads the same. */
struct wait_cycle wait_cycle_find(const struct history *history)
{
    size_t count = trace_workload(history_trace(history))->task_count;
    int *met = xcalloc(count, sizeof *met);
    int start, found = -1;

    for (start = 0; found < 0 && is_task(history, start); start++)
        found = follow(history, start, met);
    free(met);
    if (found < 0)
        return (struct wait_cycle){ .count = 0 };
    return make_cycle(history, first_of_cycle(history, found));
}

void wait_cycle_fini(struct wait_cycle *cycle)
{
    free(cycle->task);
    free(cycle->lock);
}
