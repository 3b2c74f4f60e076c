/*
 * work.c -- the pieces of a cpu step, put together again.
 *
 * A step that was preempted is worked off in several stretches: running, in
 * line (or waiting for the key of the GIL), running, … Its first stretch holds
 * the CPU event with the work that was asked for; the way back to it is
 * bounded, because a frame must not take longer than a frame.
 */
#include "render/work.h"

#include <stdbool.h>
#include <stddef.h>

#include "sched/base/clock.h"
#include "sched/trace/history.h"
#include "sched/trace/trace.h"

enum {
    BACK_MAX = 256,    /* stretches looked back */
    FORWARD_MAX = 4096 /* events looked through for one */
};

/* The stretch of task's life at t_ns. */
static size_t find_index(const struct history *history, int task, int64_t t_ns)
{
    size_t low = 0, high = history_intervals(history, task);

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (history_interval(history, task, middle).from_ns <= t_ns)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The last CPU event of task from event `from` until t_ns, and before a WORKED
 * that completes it only if that is the last thing that happened. */
static const struct event *find_cpu(const struct trace *trace, size_t from,
                                    size_t to, int task)
{
    const struct event *found = NULL;

    if (to > from + FORWARD_MAX)
        to = from + FORWARD_MAX;
    for (size_t i = from; i < to; i++) {
        const struct event *event = trace_at(trace, i);

        if (event->task == (uint32_t)task && event->kind == EVENT_CPU)
            found = event;
    }
    return found;
}

/* Is this a pause within a cpu step, not its end? */
static bool only_interrupted(const struct interval *stay)
{
    return (stay->state == STATE_IN_LINE && stay->object == READY_PREEMPTED) ||
           (stay->state == STATE_BLOCKED && stay->wait == WAIT_KEY);
}

/* Is its machine changing over to the task? */
static bool is_changing_over(const struct interval *stay)
{
    return stay->state == STATE_HELD && stay->wait < 0 && stay->object < 0;
}

static void hold_progress(const struct interval *stay, int64_t t_ns,
                          int64_t *done_ns, int64_t *planned_ns)
{
    *done_ns = t_ns - stay->from_ns;
    if (stay->until_ns == TIME_NEVER)
        *planned_ns = TIME_NEVER;
    else if (stay->until_ns > stay->from_ns)
        *planned_ns = stay->until_ns - stay->from_ns;
}

/* Go back over interruptions to the stretch in which the step began. */
static size_t first_stretch(const struct history *history, int task,
                            size_t index, int64_t *before_ns)
{
    size_t at = index;

    for (int i = 0; i < BACK_MAX && at > 0; i++) {
        struct interval stay = history_interval(history, task, at - 1);

        at--;
        if (is_changing_over(&stay))
            continue;
        if (stay.state == STATE_RUNNING) {
            *before_ns += stay.to_ns - stay.from_ns;
            index = at;
        } else if (!only_interrupted(&stay) &&
                   !(stay.state == STATE_IN_LINE && at > 0)) {
            break;
        } else if (stay.state == STATE_IN_LINE && !only_interrupted(&stay)) {
            struct interval reason = history_interval(history, task, at - 1);

            if (!only_interrupted(&reason))
                break;
        }
    }
    return index;
}

void work_progress(const struct history *history, int task, int64_t t_ns,
                   int64_t *done_ns, int64_t *planned_ns)
{
    const struct trace *trace = history_trace(history);
    size_t index = find_index(history, task, t_ns), first, to;
    struct interval stay = history_interval(history, task, index);
    const struct event *cpu;
    int64_t before_ns = 0;

    if (stay.state == STATE_HELD) {
        hold_progress(&stay, t_ns, done_ns, planned_ns);
        return;
    }
    cpu = find_cpu(trace, stay.event, history_after(history, t_ns), task);
    *done_ns = t_ns - (cpu ? cpu->t_ns : stay.from_ns);
    if (cpu && cpu->t_ns > stay.from_ns) { /* begun in this stretch */
        *planned_ns = cpu->value;
        return;
    }
    first = first_stretch(history, task, index, &before_ns);
    if (first != index) {
        to = history_interval(history, task, first + 1).event;
        cpu = find_cpu(trace, history_interval(history, task, first).event, to,
                       task);
        *done_ns += before_ns;
        if (cpu)
            *done_ns -= cpu->t_ns -
                        history_interval(history, task, first).from_ns;
    }
    *planned_ns = cpu ? cpu->value : 0;
}

int64_t work_cpu(const struct history *history, int machine)
{
    const struct trace *trace = history_trace(history);
    size_t count = trace_count(trace);
    size_t most = 16 + 4 * (size_t)history_machines(history);

    for (size_t i = 0; i < count && i < most; i++) {
        const struct event *event = trace_at(trace, i);

        if (event->kind == EVENT_MACHINE && event->machine == machine)
            return event->object;
    }
    return -1;
}
