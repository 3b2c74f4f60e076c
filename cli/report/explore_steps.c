/*
 * explore_steps.c -- see explore_steps.h.
 */
#include "cli/report/explore_steps.h"

#include <stdbool.h>
#include <stdint.h>

#include "sched/analysis/sentence.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/history/history_value.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

static bool is_told(const struct event *event)
{
    switch (event->kind) {
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
    case EVENT_READ:
    case EVENT_WRITE:
    case EVENT_SENT:
    case EVENT_RECEIVED:
    case EVENT_CLOSED:
    case EVENT_PASSED:
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
    case EVENT_SIGNALLED:
    case EVENT_BROADCAST:
    case EVENT_RLOCKED:
    case EVENT_WLOCKED:
    case EVENT_RELINQUISHED:
    case EVENT_SPAWNED:
    case EVENT_BLOCKED:
        return true;
    case EVENT_READY:
        return event->object == READY_PREEMPTED ||
               event->object == READY_YIELDED;
    default:
        return false;
    }
}

/* Of somebody else's program: the line from which the task has called last. */
static int line_of_call(const struct trace *trace, size_t i)
{
    uint32_t task = trace_at(trace, i)->task;

    while (i-- > 0)
        if (trace_at(trace, i)->task == task &&
            trace_at(trace, i)->kind == EVENT_STEP)
            return trace_at(trace, i)->object;
    return 0;
}

/* The line of the file an event belongs to: that of the last step before it,
 * if it was the same task's; else 0. */
static int line_of(const struct trace *trace, size_t i)
{
    uint32_t task = trace_at(trace, i)->task;

    if (trace_info(trace)->program)
        return line_of_call(trace, i);
    if (trace_at(trace, i)->kind == EVENT_READY)
        return 0;
    while (i-- > 0 && trace_at(trace, i)->task == task)
        if (trace_at(trace, i)->kind == EVENT_STEP)
            return trace_at(trace, i)->value > 0 ? trace_at(trace, i)->object
                                                 : 0;
    return 0;
}

struct explore_step *explore_steps_find(const struct trace *trace,
                                        size_t events, size_t *count)
{
    struct explore_step *step = xcalloc(events + 1, sizeof *step);

    *count = 0;
    for (size_t i = 0; i < events; i++)
        if (is_told(trace_at(trace, i)))
            step[(*count)++] = (struct explore_step){ i, line_of(trace, i) };
    return step;
}

/* Whose update a write has covered without having seen it: a task, or -1. */
static int lost_by(const struct history *history, size_t i)
{
    const struct event *event = trace_at(history_trace(history), i);
    struct value_shared value;

    if (event->kind != EVENT_WRITE)
        return -1;
    value = history_value_shared(history, event->object, i + 1);
    return value.update ? value.lost : -1;
}

static void add_lost(struct strbuf *out, const struct history *history,
                     size_t i)
{
    int task = lost_by(history, i);

    if (task >= 0)
        strbuf_addf(out, _("; %s's update is lost"),
                    trace_workload(history_trace(history))->task[task].name);
}

size_t explore_steps_first(const struct history *history,
                           const struct explore_step *step, size_t count,
                           size_t most)
{
    size_t before = most - most / 4, last = count > most ? count - most : 0;

    for (size_t i = 0; i < last; i++)
        if (lost_by(history, step[i].event) >= 0)
            return i < before ? 0 : i - before < last ? i - before : last;
    return last;
}

void explore_steps_say(struct strbuf *out, const struct history *history,
                       const struct explore_step *step)
{
    sentence_event(out, history, NULL, step->event);
    add_lost(out, history, step->event);
}

void explore_steps_tell(struct strbuf *out, const struct history *history,
                        const struct explore_step *step)
{
    explore_steps_say(out, history, step);
    if (step->line)
        strbuf_addf(out, _(" (line %d)"), step->line);
}
