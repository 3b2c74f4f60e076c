/*
 * panes.c -- how much of a screen the panes have, and which of them a run needs:
 * values only if it has something that is worth something, output only if
 * somebody speaks.
 */
#include "render/scene/panes.h"

#include "render/scene/view.h"
#include "sched/history/history.h"
#include "sched/history/history_value.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    BESIDE_LEAST = 110, /* cells of a screen with both */
    PANES_LEAST = 50,
    PANES_MOST = 80,
    LARGE_LEAST = 76 /* cells of a picture with big letters */
};

bool panes_beside(int width)
{
    return width >= BESIDE_LEAST;
}

int panes_width(int width)
{
    int cells = width * 9 / 20;

    return cells < PANES_LEAST  ? PANES_LEAST
           : cells > PANES_MOST ? PANES_MOST
                                : cells;
}

static bool has_values(const struct history *history)
{
    const struct trace *trace = history_trace(history);
    const struct workload *workload = trace_workload(trace);

    if (workload->shared_count || workload->lock_count ||
        workload->channel_count || workload->barrier_count ||
        workload->semaphore_count || workload->condition_count ||
        workload->rwlock_count || trace_info(trace)->gil_ns > 0)
        return true;
    for (size_t i = 0; i < workload->task_count; i++)
        if (workload->task[i].generator)
            return true;
    return false;
}

unsigned panes_of(const struct history *history)
{
    const struct workload *workload = trace_workload(history_trace(history));
    unsigned panes = 0;

    if (workload->listing)
        panes |= PANE_PROGRAM;
    if (has_values(history))
        panes |= PANE_VALUES;
    if (history_value_can_say(history))
        panes |= PANE_OUTPUT;
    return panes;
}

/* Where nobody has chosen: the picture alone, unless there is room for both. */
static bool are_shown_unasked(const struct view *view, int width)
{
    if (!panes_beside(width))
        return false;
    return !view->large || width - panes_width(width) >= LARGE_LEAST;
}

unsigned panes_shown(const struct history *history, const struct view *view,
                     int width)
{
    unsigned panes = view->mystery ? 0 : panes_of(history) & view->panes;

    switch (view->side) {
    case SIDE_AUTO:
        return are_shown_unasked(view, width) ? panes : 0;
    case SIDE_PICTURE:
        return 0;
    case SIDE_OUTPUT:
        return panes & PANE_OUTPUT ? PANE_OUTPUT : panes;
    default:
        return panes;
    }
}

void panes_next(struct view *view, const struct history *history, int width)
{
    unsigned panes = panes_of(history) & view->panes;

    view->output_back = 0;
    if (view->side == SIDE_AUTO)
        view->side = are_shown_unasked(view, width) ? SIDE_PROGRAM
                                                    : SIDE_PICTURE;
    if (view->side == SIDE_PICTURE)
        view->side = SIDE_PROGRAM;
    else if (view->side == SIDE_PROGRAM && (panes & PANE_OUTPUT) &&
             panes != PANE_OUTPUT)
        view->side = SIDE_OUTPUT;
    else
        view->side = SIDE_PICTURE;
}
