/*
 * work.c -- the pieces of a cpu step, put together again.
 *
 * A step that was preempted is done in several stretches: running, in
 * line (or waiting for the key of the GIL), running, … Each piece begins with a
 * CPU event that says how much is left, so the whole is what was done before
 * and what is left. The way back is bounded, because a frame must not take
 * longer than a frame.
 */
#include "render/scene/work.h"

#include <stdbool.h>
#include <stddef.h>

#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    BACK_MAX = 64,      /* stretches looked back, */
    STOLEN_MAX = 65536, /* and pieces of one that others interrupted */
    FORWARD_MAX = 512   /* events looked through for one */
};

/* The last CPU event of task among those in [from, to), if there is one. */
static bool find_cpu(const struct trace *trace, size_t from, size_t to,
                     int task, struct event *cpu)
{
    bool found = false;

    if (to > from + FORWARD_MAX)
        to = from + FORWARD_MAX;
    for (size_t i = from; i < to; i++) {
        const struct event *event = trace_at(trace, i);

        if (event->task == (uint32_t)task && event->kind == EVENT_CPU) {
            *cpu = *event;
            found = true;
        }
    }
    return found;
}

/* Is this a pause within a cpu step, not its end? A task that waited for the
 * key is in line after it. */
static bool is_interruption(const struct history *history, int task,
                            size_t index)
{
    struct interval stay = history_interval(history, task, index);

    if (stay.state == STATE_IN_LINE && stay.object == READY_WOKEN && index > 0)
        stay = history_interval(history, task, index - 1);
    return (stay.state == STATE_IN_LINE && stay.object == READY_PREEMPTED) ||
           (stay.state == STATE_BLOCKED && stay.wait == WAIT_GIL);
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

/* The stretch that the one at index goes on from: a turn is not interrupted
 * when others take the core for a while. */
static size_t begin_of(const struct history *history, int task, size_t index)
{
    for (int i = 0;
         i < STOLEN_MAX && index > 0 &&
         (history_stay(history, task, index).state == STATE_STOLEN ||
          history_stay(history, task, index - 1).state == STATE_STOLEN);
         i++)
        index--;
    return index;
}

/* The work done in the stretches before index that belong to the same step,
 * as the one at index was only interrupted. */
static int64_t done_before(const struct history *history, int task,
                           size_t index)
{
    int64_t done_ns = 0;
    size_t cpu_end;

    for (int i = 0; i < BACK_MAX && index > 0; i++) {
        struct interval stay = history_interval(history, task, --index);
        struct interval begin;
        struct event cpu;
        int64_t ns;

        if (stay.state != STATE_RUNNING) {
            if (!is_interruption(history, task, index))
                break;
            continue;
        }
        cpu_end = history_interval(history, task, index + 1).event;
        index = begin_of(history, task, index);
        begin = history_interval(history, task, index);
        if (!find_cpu(history_trace(history), begin.event, cpu_end, task, &cpu))
            break;
        ns = history_time_in(history, task, STATE_RUNNING, cpu.t_ns,
                             stay.to_ns);
        if (ns >= cpu.value)
            break; /* another step, and that one was complete */
        done_ns += ns;
        if (cpu.t_ns > begin.from_ns)
            break; /* the step began in the middle of this stretch */
    }
    return done_ns;
}

void work_progress(const struct history *history, int task, int64_t t_ns,
                   int64_t *done_ns, int64_t *planned_ns)
{
    size_t index = history_find(history, task, t_ns);
    struct interval stay = history_interval(history, task, index), begin;
    struct event cpu;
    bool found;

    if (stay.state == STATE_HELD) {
        hold_progress(&stay, t_ns, done_ns, planned_ns);
        return;
    }
    index = begin_of(history, task, index);
    begin = history_interval(history, task, index);
    found = find_cpu(history_trace(history), begin.event,
                     history_after(history, t_ns), task, &cpu);
    *done_ns = history_time_in(history, task, STATE_RUNNING,
                               found ? cpu.t_ns : begin.from_ns, t_ns);
    if (!found)
        return;
    *planned_ns = cpu.value;
    if (cpu.t_ns == begin.from_ns) {
        int64_t before_ns = done_before(history, task, index);

        *done_ns += before_ns;
        if (*planned_ns < TIME_NEVER - before_ns)
            *planned_ns += before_ns;
    }
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
