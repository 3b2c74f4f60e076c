/*
 * place.c -- a task is at its last step; before its first, where it is
 * declared.
 */
#include "render/draw/place.h"

#include "sched/history/history.h"
#include "sched/history/history_value.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* What people see may begin in the middle of the file. */
static void number_as_shown(struct place *place,
                            const struct workload *workload)
{
    if (workload->listing_line > 0)
        place->line -= workload->listing_line - 1;
    if (place->column > 0 && workload->listing_column > 0)
        place->column -= workload->listing_column - 1;
}

bool place_find(const struct history *history, int task, int64_t t_ns,
                size_t events, size_t *step, struct place *place)
{
    const struct trace *trace = history_trace(history);
    const struct workload *workload = trace_workload(trace);
    const struct task_spec *spec = &workload->task[task];

    *place = (struct place){ task, spec->source_line, spec->source_column };
    *step = 0;
    if (history_value_step(history, task, events, step)) {
        const struct event *event = trace_at(trace, *step);

        place->line = event->object;
        place->column = (int)event->value;
    } else if (spec->program ||
               history_at(history, task, t_ns).state == STATE_ABSENT) {
        return false;
    }
    number_as_shown(place, workload);
    return true;
}
