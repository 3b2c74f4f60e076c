/*
 * sightings.c -- a ring of tasks for each place.
 *
 * A task moves only by events of its own, so who goes through the events looks
 * at one task each. It is taken out of its ring and put into another one, from
 * the end, where those stand who came last: mostly it belongs just there.
 */
#include "render/scene/sightings.h"

#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

struct sightings {
    const struct history *history;
    int tasks;
    size_t events; /* gone through */
    struct interval *stay;
    /* By task; behind them the heads of the rings. A task that is in none is a
     * ring by itself. */
    struct sightings_link {
        int next, before;
    } * link;
};

static int head_of(const struct sightings *seen, enum sightings_place place)
{
    return seen->tasks + (int)place;
}

static void begin(struct sightings *seen)
{
    seen->events = 0;
    for (int i = 0; i < head_of(seen, SEEN_PLACES); i++)
        seen->link[i] = (struct sightings_link){ i, i };
}

struct sightings *sightings_new(const struct history *history, int tasks)
{
    size_t all = trace_workload(history_trace(history))->task_count;
    struct sightings *seen = xcalloc(1, sizeof *seen);

    seen->history = history;
    seen->tasks = all < (size_t)tasks ? (int)all : tasks;
    seen->stay = xcalloc((size_t)seen->tasks, sizeof *seen->stay);
    seen->link = xcalloc((size_t)head_of(seen, SEEN_PLACES),
                         sizeof *seen->link);
    begin(seen);
    return seen;
}

void sightings_free(struct sightings *seen)
{
    free(seen->stay);
    free(seen->link);
    free(seen);
}

static void take_out(struct sightings *seen, int task)
{
    struct sightings_link *link = &seen->link[task];

    seen->link[link->before].next = link->next;
    seen->link[link->next].before = link->before;
    *link = (struct sightings_link){ task, task };
}

static bool came_later(const struct sightings *seen, int task, int than)
{
    int64_t from_ns = seen->stay[task].from_ns,
            than_ns = seen->stay[than].from_ns;

    return from_ns != than_ns ? from_ns > than_ns : task > than;
}

static void put_in(struct sightings *seen, enum sightings_place place, int task)
{
    int head = head_of(seen, place), before = seen->link[head].before;

    while (before != head && came_later(seen, before, task))
        before = seen->link[before].before;
    seen->link[task] = (struct sightings_link){ seen->link[before].next,
                                                before };
    seen->link[seen->link[before].next].before = task;
    seen->link[before].next = task;
}

static enum sightings_place place_of(enum task_state state)
{
    switch (state) {
    case STATE_AWAITING:
    case STATE_BLOCKED:
        return SEEN_AWAY;
    case STATE_DONE:
        return SEEN_DONE;
    case STATE_HELD:
        return SEEN_HELD;
    default:
        return SEEN_PLACES;
    }
}

void sightings_go(struct sightings *seen, int64_t t_ns)
{
    const struct trace *trace = history_trace(seen->history);
    size_t events = history_after(seen->history, t_ns);

    if (events < seen->events)
        begin(seen);
    for (; seen->events < events; seen->events++) {
        const struct event event = *trace_at(trace, seen->events);
        enum sightings_place place;
        int task = (int)event.task;

        if (event.task >= (uint32_t)seen->tasks || event.kind >= EVENT_KINDS ||
            !event_is_place(event.kind))
            continue;
        take_out(seen, task);
        seen->stay[task] = history_at(seen->history, task, t_ns);
        place = place_of(seen->stay[task].state);
        if (place != SEEN_PLACES)
            put_in(seen, place, task);
    }
}

/* Tasks have smaller numbers than heads. */
static int task_or_none(const struct sightings *seen, int number)
{
    return number < seen->tasks ? number : -1;
}

int sightings_next(const struct sightings *seen, enum sightings_place place,
                   int task)
{
    int at = task < 0 ? head_of(seen, place) : task;

    return task_or_none(seen, seen->link[at].next);
}

int sightings_before(const struct sightings *seen, enum sightings_place place,
                     int task)
{
    int at = task < 0 ? head_of(seen, place) : task;

    return task_or_none(seen, seen->link[at].before);
}

const struct interval *sightings_stay(const struct sightings *seen, int task)
{
    return &seen->stay[task];
}
