/*
 * Reading the trace: every event is looked at once, when it is new, and adds
 * a bounded amount of work and memory. Nothing here is ever revised later,
 * except that a stretch of idleness that turns out to have lasted no time at
 * all is taken back.
 *
 * A trace may come from a file that somebody has damaged, so no index in an
 * event is believed: an event about a task that does not exist is passed
 * over, a machine that does not exist serves nobody.
 */
#include "sched/history/history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

static void tasks_init(struct history *history)
{
    size_t i;

    history->task = xcalloc(history->task_count, sizeof *history->task);
    history->standing = xcalloc(history->task_count, sizeof(uint32_t));
    history->phase = xcalloc(history->task_count, sizeof(uint8_t));
    history->priority = xcalloc(history->task_count, sizeof(int32_t));
    history->life = xcalloc(history->task_count, sizeof *history->life);
    for (i = 0; i < history->task_count; i++) {
        history->priority[i] = history->workload->task[i].priority;
        history->life[i] = (struct life){ TIME_NEVER, TIME_NEVER };
    }
}

struct history *history_new(const struct trace *trace)
{
    struct history *history = xcalloc(1, sizeof *history);
    const struct trace_info *info = trace_info(trace);

    history->trace = trace;
    history->workload = trace_workload(trace);
    history->task_count = history->workload->task_count;
    tasks_init(history);
    history->machine_count = info->machines;
    history->machine = xcalloc((size_t)info->machines,
                               sizeof *history->machine);
    history->lock_count = history->workload->lock_count;
    history->lock = xcalloc(history->lock_count, sizeof *history->lock);
    history->now.in_state[STATE_ABSENT] = (int)history->task_count;
    history->by_priority = strcmp(info->policy, "priority") == 0;
    history->outcome = OUTCOME_STOPPED;
    history_new_answer(history);
    history_new_groups(history);
    return history;
}

static void free_lanes(struct lane *lane, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        lane_fini(&lane[i]);
    free(lane);
}

void history_free(struct history *history)
{
    if (!history)
        return;
    free_lanes(history->task, history->task_count);
    free_lanes(history->machine, (size_t)history->machine_count);
    free_lanes(history->lock, history->lock_count);
    free(history->priority);
    free(history->phase);
    free(history->life);
    free(history->standing);
    free(history->tally);
    free(history->change);
    free(history->arrival);
    history_forget_answer(history);
    history_free_groups(history);
    free(history);
}

const struct trace *history_trace(const struct history *history)
{
    return history->trace;
}

/* --- machines ------------------------------------------------------------- */

static void serve(struct history *history, int machine, int64_t t_ns,
                  unsigned kind, uint32_t task)
{
    struct lane *lane = &history->machine[machine];
    const struct stretch *last;

    if (lane->count) {
        last = &lane->stretch[lane->count - 1];
        if (last->state == SERVICE_IDLE && last->from_ns == t_ns)
            lane_drop(lane);
    }
    lane_add(lane, t_ns, kind, task);
}

/* The task is nowhere near a machine now: who served it serves nobody. */
static void leave_machine(struct history *history, const struct event *event)
{
    const struct lane *life = &history->task[event->task];
    const struct stretch *last;
    const struct lane *lane;
    unsigned machine;

    if (!life->count)
        return;
    last = &life->stretch[life->count - 1];
    machine = trace_at(history->trace, last->what)->machine;
    if (machine >= (unsigned)history->machine_count)
        return;
    lane = &history->machine[machine];
    if (!lane->count)
        return;
    last = &lane->stretch[lane->count - 1];
    if (last->state != SERVICE_IDLE && last->what == event->task)
        serve(history, (int)machine, event->t_ns, SERVICE_IDLE, 0);
}

static void index_machine(struct history *history, const struct event *event)
{
    bool known = event->machine < history->machine_count;

    switch ((enum event_kind)event->kind) {
    case EVENT_SWITCH:
        if (known)
            serve(history, event->machine, event->t_ns, SERVICE_SWITCHING,
                  event->task);
        break;
    case EVENT_RUN:
        if (known)
            serve(history, event->machine, event->t_ns, SERVICE_BUSY,
                  event->task);
        break;
    case EVENT_HOLD:
        if (known)
            serve(history, event->machine, event->t_ns, SERVICE_HELD,
                  event->task);
        break;
    case EVENT_CALL: /* the generator's RUN follows, at the same instant */
        break;
    default:
        leave_machine(history, event);
    }
}

/* --- counts --------------------------------------------------------------- */

/* Time goes on: what was true since the last event lasted a while. */
static void note_maxima(struct history *history, int64_t t_ns)
{
    if (t_ns <= history->last_ns)
        return;
    if (history->max_in_progress < history->now.in_progress)
        history->max_in_progress = history->now.in_progress;
    if (history->max_working < history->now.in_state[STATE_RUNNING])
        history->max_working = history->now.in_state[STATE_RUNNING];
    history->last_ns = t_ns;
}

/* --- tasks ---------------------------------------------------------------- */

unsigned history_state_after(unsigned kind)
{
    switch (kind) {
    case EVENT_READY:
        return STATE_IN_LINE;
    case EVENT_SWITCH:
        return STATE_CHOSEN;
    case EVENT_RUN:
        return STATE_RUNNING;
    case EVENT_HOLD:
    case EVENT_CALL:
        return STATE_HELD;
    case EVENT_AWAIT:
        return STATE_AWAITING;
    case EVENT_BLOCKED:
        return STATE_BLOCKED;
    case EVENT_DONE:
        return STATE_DONE;
    default: /* CREATED, PAUSE */
        return STATE_ABSENT;
    }
}

/* What the event changes in the tally; decided before its stretch is added. */
static unsigned change_of(struct history *history, const struct event *event)
{
    const struct lane *life = &history->task[event->task];
    uint8_t *phase = &history->phase[event->task];
    unsigned before = life->count ? life->stretch[life->count - 1].state
                                  : STATE_ABSENT;

    if (history->workload->task[event->task].generator)
        return before;
    if (event->kind == EVENT_RUN && *phase == PHASE_NEW) {
        *phase = PHASE_BEGUN;
        history->life[event->task].begun_ns = event->t_ns;
        return before | CHANGE_BEGAN;
    }
    if (event->kind == EVENT_DONE && *phase == PHASE_BEGUN) {
        *phase = PHASE_ENDED;
        history->life[event->task].ended_ns = event->t_ns;
        return before | CHANGE_ENDED;
    }
    return before;
}

static void note_arrival(struct history *history, const struct event *event)
{
    history->arrival = xgrow(history->arrival, history->arrival_count,
                             &history->arrival_capacity,
                             sizeof *history->arrival);
    history->arrival[history->arrival_count++] = (struct arrival){
        .event = (uint32_t)history->read,
        .left_by = UINT32_MAX,
        .task = event->task,
        .priority = history->priority[event->task],
    };
    history->standing[event->task] = (uint32_t)history->arrival_count;
}

static void note_leaving(struct history *history, uint32_t task)
{
    uint32_t arrival = history->standing[task];

    if (arrival)
        history->arrival[arrival - 1].left_by = (uint32_t)history->read;
    history->standing[task] = 0;
}

/* A task is somewhere else from now on. Returns what that changed. */
static unsigned index_place(struct history *history, const struct event *event)
{
    unsigned change = change_of(history, event);

    index_machine(history, event);
    lane_add(&history->task[event->task], event->t_ns,
             history_state_after(event->kind), (uint32_t)history->read);
    note_leaving(history, event->task);
    if (event->kind == EVENT_READY)
        note_arrival(history, event);
    return change;
}

/* --- locks ---------------------------------------------------------------- */

static void index_lock(struct history *history, const struct event *event)
{
    struct lane *lane;
    uint32_t owner = 0;

    if (event->object < 0 || (size_t)event->object >= history->lock_count)
        return;
    lane = &history->lock[event->object];
    if (event->kind == EVENT_LOCKED)
        owner = event->task + 1;
    else if (event->value >= 0 && event->value < (int64_t)history->task_count)
        owner = (uint32_t)event->value + 1; /* handed over at once */
    if (!lane->count || lane->stretch[lane->count - 1].what != owner)
        lane_add(lane, event->t_ns, 0, owner);
}

/* --- all events ----------------------------------------------------------- */

static unsigned index_task_event(struct history *history,
                                 const struct event *event)
{
    if (event->task >= history->task_count)
        return CHANGE_NOTHING;
    if (event->kind < EVENT_KINDS && event_is_place(event->kind))
        return index_place(history, event);
    if (event->kind == EVENT_LOCKED || event->kind == EVENT_UNLOCKED)
        index_lock(history, event);
    if (event->kind == EVENT_PRIORITY)
        history->priority[event->task] = (int32_t)event->value;
    return CHANGE_NOTHING;
}

static void keep_change(struct history *history, unsigned change)
{
    size_t block = history->read / TALLY_BLOCK;

    if (history->read % TALLY_BLOCK == 0) {
        history->tally = xgrow(history->tally, block, &history->tally_capacity,
                               sizeof *history->tally);
        history->tally[block] = history->now;
    }
    history->change = xgrow(history->change, history->read,
                            &history->change_capacity, sizeof(uint8_t));
    history->change[history->read] = (uint8_t)change;
}

static void index_event(struct history *history, const struct event *event)
{
    unsigned change;

    note_maxima(history, event->t_ns);
    change = index_task_event(history, event);
    keep_change(history, change);
    history_count_group(history, event, change);
    history_apply(&history->now, event, change);
    if (history->end_ns < event->t_ns && !history->ended)
        history->end_ns = event->t_ns;
    if (event->kind == EVENT_END && !history->ended) {
        history->ended = true;
        history->end_ns = event->t_ns;
        history->outcome = (enum outcome)event->object;
    }
}

bool history_update(struct history *history)
{
    size_t count = trace_count(history->trace);

    assert(count < UINT32_MAX);
    if (count == history->read)
        return false;
    for (; history->read < count; history->read++)
        index_event(history, trace_at(history->trace, history->read));
    return true;
}

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

enum outcome history_outcome(const struct history *history)
{
    return history->outcome;
}
