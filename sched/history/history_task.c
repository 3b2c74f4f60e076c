/*
 * Answers by task. A stretch in the life of a task remembers only its state
 * and the event that began it; everything else an interval tells is looked up
 * in that event.
 */
#include <assert.h>

#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

size_t history_intervals(const struct history *history, int task)
{
    assert(task >= 0 && (size_t)task < history->task_count);
    return history->task[task].count;
}

/* What only the event of a stretch knows. */
static void fill_details(struct interval *interval, const struct event *event)
{
    switch (interval->state) {
    case STATE_HELD:
        if (event->kind == EVENT_CALL) {
            interval->object = (int)event->value;
            break;
        }
        interval->wait = event->object;
        interval->until_ns = event->value;
        if (event->object != WAIT_TIME)
            interval->object = (int)event->spare;
        break;
    case STATE_BLOCKED:
        interval->wait = event->object;
        interval->object = (int)event->value;
        break;
    case STATE_AWAITING:
        interval->until_ns = event->value;
        break;
    case STATE_IN_LINE:
        interval->object = event->object;
        interval->by = (int)event->value;
        break;
    default:
        break;
    }
}

/* The machine of an event, or -1; a damaged trace may name any. */
static int machine_of(const struct history *history, const struct event *event)
{
    return event->machine < history->machine_count ? event->machine : -1;
}

static struct stay stay_of(struct lane_stretch at)
{
    return (struct stay){
        .from_ns = at.from_ns,
        .to_ns = at.to_ns,
        .state = history_seen_as(at.state),
        .changing = at.state == STATE_CHOSEN,
    };
}

/* Cheaper than history_interval: it does not look at the event, which is a
 * cache miss away. */
struct stay history_stay(const struct history *history, int task, size_t index)
{
    return stay_of(lane_at(&history->task[task], index, history->end_ns));
}

/* An interval of which nothing else is known. */
static struct interval plain_interval(struct stay stay)
{
    return (struct interval){
        .from_ns = stay.from_ns,
        .to_ns = stay.to_ns,
        .state = stay.state,
        .machine = -1,
        .wait = -1,
        .object = -1,
        .until_ns = TIME_NEVER,
        .by = -1,
    };
}

/* A SWITCH event uses its fields for something else, so a task in STATE_CHOSEN
 * gets no details. */
struct interval history_interval(const struct history *history, int task,
                                 size_t index)
{
    struct lane_stretch at = lane_at(&history->task[task], index,
                                     history->end_ns);
    const struct event copy = *trace_at(history->trace, at.what),
                       *event = &copy;
    struct interval interval = plain_interval(stay_of(at));

    interval.event = at.what;
    if (interval.state == STATE_RUNNING || interval.state == STATE_HELD ||
        interval.state == STATE_STOLEN)
        interval.machine = machine_of(history, event);
    if (at.state != STATE_CHOSEN)
        fill_details(&interval, event);
    return interval;
}

size_t history_find(const struct history *history, int task, int64_t t_ns)
{
    size_t index;

    assert(task >= 0 && (size_t)task < history->task_count);
    lane_find(&history->task[task], t_ns, &index);
    return index;
}

/* Before its first event a task is absent, until its life begins. */
struct interval history_at(const struct history *history, int task,
                           int64_t t_ns)
{
    const struct lane *life = &history->task[task];
    size_t index;

    assert(task >= 0 && (size_t)task < history->task_count);
    if (lane_find(life, t_ns, &index))
        return history_interval(history, task, index);
    return plain_interval((struct stay){
        .to_ns = life->count ? life->entry[0].from_ns : history->end_ns,
        .state = STATE_ABSENT,
    });
}

/* Nanoseconds in state before t_ns. */
static int64_t time_before(const struct history *history, int task,
                           enum task_state state, int64_t t_ns)
{
    const struct lane *life = &history->task[task];
    int64_t sum = lane_sum(life, state, t_ns);

    if (state == STATE_HELD)
        sum += lane_sum(life, STATE_CHOSEN, t_ns);
    if (state == STATE_ABSENT)
        sum += history_unseen(life, t_ns);
    return sum;
}

/* Clipped to the run first, so that time after its end counts for no state. */
int64_t history_time_in(const struct history *history, int task,
                        enum task_state state, int64_t from_ns, int64_t to_ns)
{
    int64_t from = history_clip(history, from_ns);
    int64_t to = history_clip(history, to_ns);

    assert(task >= 0 && (size_t)task < history->task_count);
    if (from >= to)
        return 0;
    return time_before(history, task, state, to) -
           time_before(history, task, state, from);
}

/* It has begun with its first turn at a machine, not with its arrival. */
bool history_is_in_progress(const struct history *history, int task,
                            int64_t t_ns)
{
    const struct life *life = &history->life[task];

    assert(task >= 0 && (size_t)task < history->task_count);
    return life->begun_ns <= t_ns && t_ns < life->ended_ns;
}
