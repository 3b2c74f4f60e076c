/*
 * Whom each machine serves. A machine has no events of its own: it begins to
 * serve with a SWITCH, RUN or HOLD there, and is idle when the task it served
 * is heard of somewhere else.
 */
#include <assert.h>

#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"

/* A stretch of idleness that lasted no time at all was none. */
static void serve(struct history *history, int machine, int64_t t_ns,
                  unsigned kind, uint32_t task)
{
    struct lane *lane = &history->machine[machine];

    if (lane->count && lane_last_state(lane) == SERVICE_IDLE &&
        lane_last_from(lane) == t_ns)
        lane_correct(lane, kind, task);
    else
        lane_add(lane, history->arena, t_ns, kind, task);
}

/* In all four the machine is taken, whether it computes or not. */
static bool is_at_machine(unsigned state)
{
    return state == STATE_RUNNING || state == STATE_HELD ||
           state == STATE_STOLEN || state == STATE_CHOSEN;
}

/* The task is nowhere near a machine now: who served it serves nobody. */
static void leave_machine(struct history *history, const struct event *event)
{
    const struct lane *lane = &history->task[event->task];
    unsigned machine;

    if (!lane->count || !is_at_machine(lane_last_state(lane)))
        return;
    machine = history->at_machine[event->task];
    if (machine >= (unsigned)history->machine_count)
        return;
    lane = &history->machine[machine];
    if (lane->count && lane_last_state(lane) != SERVICE_IDLE &&
        lane_last_what(lane) == event->task)
        serve(history, (int)machine, event->t_ns, SERVICE_IDLE, 0);
}

/* Any other event of place says that the task is now elsewhere, so the machine
 * that served it becomes idle. */
void history_machine_event(struct history *history, const struct event *event)
{
    unsigned kind;

    switch ((enum event_kind)event->kind) {
    case EVENT_SWITCH:
        kind = SERVICE_SWITCHING;
        break;
    case EVENT_RUN:
    case EVENT_BACK:
        kind = SERVICE_BUSY;
        break;
    case EVENT_HOLD:
        kind = SERVICE_HELD;
        break;
    case EVENT_STOLEN:
        kind = SERVICE_STOLEN;
        break;
    case EVENT_CALL: /* the generator's RUN follows, at the same instant */
        return;
    default:
        leave_machine(history, event);
        return;
    }
    if (event->machine < history->machine_count)
        serve(history, event->machine, event->t_ns, kind, event->task);
}

int history_machines(const struct history *history)
{
    return history->machine_count;
}

static const struct lane *lane_of(const struct history *history, int machine)
{
    assert(machine >= 0 && machine < history->machine_count);
    return &history->machine[machine];
}

size_t history_services(const struct history *history, int machine)
{
    return lane_of(history, machine)->count;
}

/* A stretch ends where the next one begins, so gaps and overlaps cannot
 * arise. */
struct service history_service(const struct history *history, int machine,
                               size_t index)
{
    struct lane_stretch at = lane_at(lane_of(history, machine), index,
                                     history->end_ns);

    return (struct service){
        .from_ns = at.from_ns,
        .to_ns = at.to_ns,
        .task = at.state == SERVICE_IDLE ? -1 : (int)at.what,
        .kind = at.state,
    };
}

size_t history_service_find(const struct history *history, int machine,
                            int64_t t_ns)
{
    size_t index;

    lane_find(lane_of(history, machine), t_ns, &index);
    return index;
}

/* Before its first service a machine has no stretch at all: it was idle from
 * the start. */
struct service history_service_at(const struct history *history, int machine,
                                  int64_t t_ns)
{
    const struct lane *lane = lane_of(history, machine);
    size_t index;

    if (lane_find(lane, t_ns, &index))
        return history_service(history, machine, index);
    return (struct service){
        .to_ns = lane->count ? lane->entry[0].from_ns : history->end_ns,
        .task = -1,
        .kind = SERVICE_IDLE,
    };
}

/* How long the machine was in a state within [from_ns, to_ns). */
static int64_t time_in(const struct history *history, int machine,
                       unsigned kind, int64_t from_ns, int64_t to_ns)
{
    const struct lane *lane = lane_of(history, machine);

    if (to_ns > history->end_ns)
        to_ns = history->end_ns;
    if (from_ns >= to_ns)
        return 0;
    return lane_sum(lane, kind, to_ns) - lane_sum(lane, kind, from_ns);
}

int64_t history_busy(const struct history *history, int machine,
                     int64_t from_ns, int64_t to_ns)
{
    return time_in(history, machine, SERVICE_BUSY, from_ns, to_ns);
}

int64_t history_switching(const struct history *history, int machine,
                          int64_t from_ns, int64_t to_ns)
{
    return time_in(history, machine, SERVICE_SWITCHING, from_ns, to_ns);
}

int64_t history_stolen(const struct history *history, int machine,
                       int64_t from_ns, int64_t to_ns)
{
    return time_in(history, machine, SERVICE_STOLEN, from_ns, to_ns);
}
