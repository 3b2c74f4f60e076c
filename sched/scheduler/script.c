/*
 * script.c -- the trace of another run, which a real run follows.
 *
 * The script was written by the model; the real run follows it event by event.
 * Only three kinds of events are not settled by those before them: an alarm
 * goes off, somebody is dispatched, somebody is stopped. Each of them happens
 * when it is next in the script, and not before; so the order of all events is
 * the same although the times are not. These functions only look at the event
 * that is next. A run that wants something else has left its script, and goes
 * on without.
 */
#include "sched/base/clock.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/trace/trace.h"

/* The event the run has come to, or NULL at the end of the script. */
static const struct event *next_event(const struct scheduler *s)
{
    return s->noted < trace_count(s->script) ? trace_at(s->script, s->noted)
                                             : NULL;
}

/* Only this event can be meant: the script is followed one event at a time. */
bool script_wants(const struct scheduler *s, int task, enum event_kind kind,
                  int object)
{
    const struct event *event = next_event(s);

    return event && event->task == (uint32_t)task && event->kind == kind &&
           event->object == object;
}

/* A held task runs on, one that was away is ready, or one arrives. */
static bool is_alarm(const struct event *event)
{
    if (event->kind == EVENT_RUN)
        return event->object == RUN_CONTINUED;
    if (event->kind == EVENT_GAVE_UP || event->kind == EVENT_CHOSE)
        /* when its time was over */
        return event->machine == EVENT_NO_MACHINE;
    return event->kind == EVENT_READY && event->value == -1 &&
           (event->object == READY_ARRIVED || event->object == READY_WOKEN);
}

/* An alarm the script wants must also be set, or the run has left the
 * script. */
int script_alarm(const struct scheduler *s)
{
    const struct event *event = next_event(s);
    size_t position;

    if (!event || !is_alarm(event) || event->task >= s->workload->task_count)
        return -1;
    /* position[] may be of another heap, or of none: is it really there? */
    position = (size_t)s->position[event->task];
    if (position >= s->alarms.count ||
        s->alarms.entry[position].task != (int)event->task)
        return -1;
    return (int)event->task;
}

/* While an alarm comes first nobody is dispatched, though tasks are ready. */
int script_next(struct scheduler *s)
{
    const struct event *event = next_event(s);

    if (script_alarm(s) >= 0)
        return -1;
    if (!event || event->kind != EVENT_RUN || event->object != RUN_FROM_LINE ||
        event->task >= s->workload->task_count ||
        s->task[event->task].place != PLACE_IN_LINE) {
        s->script = NULL;
        return s->queue[0].list.first;
    }
    return (int)event->task;
}

/* --- for hosts ------------------------------------------------------------ */

bool scheduler_must_wait(const struct scheduler *s)
{
    return s->script && script_alarm(s) >= 0;
}

/* Waiting for an alarm that never comes would be for ever. */
void scheduler_await(struct scheduler *s)
{
    if (s->script && script_alarm(s) < 0)
        s->script = NULL;
}
