/*
 * What is worth a sign on the timeline although it takes no time: for every
 * task and every kind of mark the instants at which it happened, in order. So
 * whether anything of a kind falls into a cell is one binary search, however
 * many do. Most tasks never do any of it, and then they have no lists.
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/history/history_internal.h"

struct instants {
    int64_t *t_ns;
    size_t count, capacity;
};

struct task_marks {
    struct instants of[MARKS];
};

enum history_mark history_mark_of(const struct event *event)
{
    switch (event->kind) {
    case EVENT_READ:
        return MARK_READ;
    case EVENT_WRITE:
        return MARK_WRITE;
    case EVENT_MISSED:
        return MARK_MISSED;
    default:
        return MARK_NONE;
    }
}

void history_mark_event(struct history *history, const struct event *event)
{
    enum history_mark mark = history_mark_of(event);
    struct task_marks **marks;
    struct instants *of;

    if (!history->mark)
        history->mark = xcalloc(history->task_count, sizeof *history->mark);
    marks = &history->mark[event->task];
    if (!*marks)
        *marks = xcalloc(1, sizeof **marks);
    of = &(*marks)->of[mark];
    of->t_ns = xgrow(of->t_ns, of->count, &of->capacity, sizeof *of->t_ns);
    of->t_ns[of->count++] = event->t_ns;
}

void history_mark_fini(struct history *history)
{
    for (size_t i = 0; history->mark && i < history->task_count; i++) {
        for (int mark = 0; history->mark[i] && mark < MARKS; mark++)
            free(history->mark[i]->of[mark].t_ns);
        free(history->mark[i]);
    }
    free(history->mark);
}

/* Does any of these instants lie in [from_ns, to_ns)? */
static bool any(const struct instants *of, int64_t from_ns, int64_t to_ns)
{
    size_t low = 0, high = of->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (of->t_ns[middle] < from_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low < of->count && of->t_ns[low] < to_ns;
}

enum history_mark history_mark(const struct history *history, int task,
                               int64_t from_ns, int64_t to_ns)
{
    const struct task_marks *marks = history->mark ? history->mark[task] : NULL;
    int mark = marks ? MARKS - 1 : MARK_NONE;

    while (mark > MARK_NONE && !any(&marks->of[mark], from_ns, to_ns))
        mark--;
    return (enum history_mark)mark;
}
