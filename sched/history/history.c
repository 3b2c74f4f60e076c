/*
 * Reading the trace: every event is looked at once, when it is new, and adds
 * a bounded amount of work and memory. Nothing here is ever revised later,
 * except that a stretch of idleness that turns out to have lasted no time at
 * all becomes the one that follows it.
 *
 * A trace may come from a file that somebody has damaged, so no index in an
 * event is believed: an event about a task that does not exist is passed
 * over, a machine that does not exist serves nobody.
 */
#include "sched/history/history.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    FETCH_AHEAD = 8,  /* events, */
    MANY_TASKS = 1000 /* where fewer stay at hand anyway */
};

/* With TIME_NEVER at both ends, a task that never begins is never in progress,
 * without a special case. */
static void tasks_init(struct history *history)
{
    size_t i;

    history->task = xcalloc(history->task_count, sizeof *history->task);
    history->at_machine = xcalloc(history->task_count, sizeof(uint16_t));
    history->life = xcalloc(history->task_count, sizeof *history->life);
    for (i = 0; i < history->task_count; i++)
        history->life[i] = (struct life){ TIME_NEVER, TIME_NEVER };
}

/* Until an END event is read the run counts as stopped: a trace without one was
 * cut off. */
struct history *history_new(const struct trace *trace)
{
    struct history *history = xcalloc(1, sizeof *history);
    const struct trace_info *info = trace_info(trace);

    history->arena = arena_new();
    history->trace = trace;
    history->workload = trace_workload(trace);
    history->task_count = history->workload->task_count;
    tasks_init(history);
    history->machine_count = info->machines;
    history->machine = xcalloc((size_t)info->machines,
                               sizeof *history->machine);
    history->unbound_ns = xcalloc((size_t)info->machines,
                                  sizeof *history->unbound_ns);
    for (int i = 0; i < info->machines; i++)
        history->unbound_ns[i] = TIME_NEVER;
    history->lock_count = history->workload->lock_count;
    history->lock = xcalloc(history->lock_count, sizeof *history->lock);
    history->owner = xcalloc(history->lock_count, sizeof *history->owner);
    history->outcome = OUTCOME_STOPPED;
    history_count_init(history);
    history_group_init(history);
    history_line_init(history);
    history_value_init(history);
    return history;
}

void history_free(struct history *history)
{
    if (!history)
        return;
    arena_free(history->arena);
    free(history->at_machine);
    free(history->owner);
    free(history->task);
    free(history->unbound_ns);
    free(history->machine);
    free(history->lock);
    free(history->life);
    history_count_fini(history);
    history_group_fini(history);
    history_line_fini(history);
    history_mark_fini(history);
    history_value_fini(history);
    free(history);
}

const struct trace *history_trace(const struct history *history)
{
    return history->trace;
}

/* --- tasks ---------------------------------------------------------------- */

/* What the event changes in the tally; decided before its stretch is added.
 * Only a task's first RUN and the first DONE after it count for the number in
 * progress; a generator counts as part of its caller. */
static unsigned change_of(struct history *history, const struct event *event)
{
    const struct lane *lane = &history->task[event->task];
    struct life *life = &history->life[event->task];
    unsigned before = lane->count ? lane_last_state(lane) : STATE_ABSENT;

    if (event->kind == EVENT_RUN && life->begun_ns == TIME_NEVER &&
        !history->workload->task[event->task].generator) {
        life->begun_ns = event->t_ns;
        return before | CHANGE_BEGAN;
    }
    if (event->kind == EVENT_DONE && life->begun_ns != TIME_NEVER &&
        life->ended_ns == TIME_NEVER) {
        life->ended_ns = event->t_ns;
        return before | CHANGE_ENDED;
    }
    return before;
}

/* A task is somewhere else from now on. Returns what that changed. */
static unsigned index_place(struct history *history, const struct event *event)
{
    unsigned change = change_of(history, event);

    history_machine_event(history, event);
    lane_add(&history->task[event->task], history->arena, event->t_ns,
             history_state_after(event->kind), (uint32_t)history->read);
    history->at_machine[event->task] = event->machine;
    return change;
}

/* --- all events ----------------------------------------------------------- */

/* Only an event of place moves a task; everything else changes nothing in the
 * tally. A damaged trace may name tasks and kinds that do not exist. */
static unsigned index_task_event(struct history *history,
                                 const struct event *event)
{
    if (event->kind == EVENT_SAY && event->task == EVENT_NO_TASK)
        history_value_say_event(history);
    if (event->task >= history->task_count)
        return CHANGE_NOTHING;
    if (event->kind < EVENT_KINDS && event_is_place(event->kind))
        return index_place(history, event);
    switch ((enum event_kind)event->kind) {
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
        history_lock_event(history, event);
        break;
    case EVENT_READ:
    case EVENT_WRITE:
    case EVENT_MISSED:
        history_mark_event(history, event);
        break;
    case EVENT_PRIORITY:
        history_line_priority(history, event);
        break;
    case EVENT_SAY:
        history_value_say_event(history);
        break;
    default:
        break;
    }
    return CHANGE_NOTHING;
}

/* Only the first END counts; a damaged trace may contain several. */
static void index_run_event(struct history *history, const struct event *event)
{
    if (event->kind == EVENT_OBSERVED)
        history->observed = (enum observed)event->object;
    if (event->kind == EVENT_MACHINE && event->machine < history->machine_count)
        history->unbound_ns[event->machine] = event->object < 0 ? event->t_ns
                                                                : TIME_NEVER;
    if (event->kind == EVENT_END && !history->ended) {
        history->ended = true;
        history->end_ns = event->t_ns;
        history->outcome = (enum outcome)event->object;
    }
}

/* The order matters: count and group apply the change that the task's event
 * made, and once END has been indexed no event moves end_ns any more. */
static void index_event(struct history *history, const struct event *event)
{
    unsigned change = index_task_event(history, event);

    history_count_event(history, event, change);
    if (history->groups.size > 1)
        history_group_event(history, event, change);
    if (history->end_ns < event->t_ns && !history->ended)
        history->end_ns = event->t_ns;
    index_run_event(history, event);
}

/*
 * Where tasks are many, most of the time would go into waiting for the last
 * stretch of each task's life to come from memory: ask for it some events
 * before it is needed.
 */
static void fetch_ahead(const struct history *history, size_t index)
{
    const struct event *event;

    if (history->task_count < MANY_TASKS)
        return;
    event = trace_at(history->trace, index);
    if (event->task < history->task_count)
        __builtin_prefetch(history->task[event->task].next);
}

/* Events are counted as read one at a time, because the parts use history->read
 * as the number of the current event. */
bool history_update(struct history *history)
{
    size_t count = trace_count(history->trace);

    if (count > HISTORY_EVENTS_MOST)
        count = HISTORY_EVENTS_MOST;
    if (count == history->read)
        return false;
    history_count_room(history, count);
    while (history->read < count) {
        struct event event;

        if (history->read + FETCH_AHEAD < count)
            fetch_ahead(history, history->read + FETCH_AHEAD);
        event = *trace_at(history->trace, history->read);
        index_event(history, &event);
        history->read++;
        if (history->read % TALLY_BLOCK == 0)
            history_line_keep(history);
    }
    return true;
}

/* Moving end_ns is enough: stretches do not store where they end, and the last
 * one of every lane is open. */
void history_extend(struct history *history, int64_t now_ns)
{
    if (!history->ended && history->end_ns < now_ns)
        history->end_ns = now_ns;
}

int64_t history_end(const struct history *history)
{
    return history->end_ns;
}

bool history_ended(const struct history *history)
{
    return history->ended;
}

enum observed history_observed(const struct history *history)
{
    return history->observed;
}

int64_t history_unbound(const struct history *history, int machine)
{
    return history->unbound_ns[machine];
}

enum outcome history_outcome(const struct history *history)
{
    return history->outcome;
}
