/*
 * Answers by event: which one comes next after an instant, and to which
 * instant a person steps, for whom many events change nothing.
 */
#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"

/* How many blocks have an event at t_ns or before. */
static size_t blocks_until(const struct history *history, int64_t t_ns)
{
    size_t low = 0, high = (history->read + TALLY_BLOCK - 1) / TALLY_BLOCK;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (history->block[middle].first_ns <= t_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* All events at the same instant are included, so the answer describes the
 * moment when everything that happens at t_ns has happened. The trace is asked
 * for the events of one block only. */
size_t history_after(const struct history *history, int64_t t_ns)
{
    size_t high = blocks_until(history, t_ns) * TALLY_BLOCK;
    size_t low = high > 0 ? high - TALLY_BLOCK : 0;

    if (high > history->read)
        high = history->read;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (trace_at(history->trace, middle)->t_ns <= t_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the picture is another one after this event. That others take the
 * core and give it back happens hundreds of times in a second: whoever steps
 * wants to see what the tasks do. */
static bool can_be_seen(const struct event *event)
{
    switch ((enum event_kind)event->kind) {
    case EVENT_MACHINE:
    case EVENT_OBSERVED:
    case EVENT_STOLEN:
    case EVENT_BACK:
    case EVENT_CREATED:
    case EVENT_STEP:
    case EVENT_CPU:
    case EVENT_WORKED:
    case EVENT_THREAD:
    case EVENT_CPU_ID:
    case EVENT_CPU_TIME:
    case EVENT_RESULT:
    case EVENT_CHECKSUM:
    case EVENT_EXIT:
        return false;
    default:
        return true;
    }
}

/* Returning t_ns itself means that there is nothing further to see. */
static int64_t step_forward(const struct history *history, int64_t t_ns)
{
    size_t i;

    for (i = history_after(history, t_ns); i < history->read; i++) {
        const struct event *event = trace_at(history->trace, i);

        if (can_be_seen(event))
            return event->t_ns;
    }
    return t_ns;
}

/* Strictly before t_ns: all events of one instant are one step, or stepping
 * back would never leave that instant. */
static int64_t step_back(const struct history *history, int64_t t_ns)
{
    size_t i;

    for (i = history_after(history, t_ns); i > 0; i--) {
        const struct event *event = trace_at(history->trace, i - 1);

        if (event->t_ns < t_ns && can_be_seen(event))
            return event->t_ns;
    }
    return t_ns;
}

int64_t history_step(const struct history *history, int64_t t_ns, bool forward)
{
    return forward ? step_forward(history, t_ns) : step_back(history, t_ns);
}

/* Does its task come into state with this event, which makes this change, and
 * stay for a while? */
static bool enters(const struct history *history, const struct event *event,
                   unsigned change, enum task_state state)
{
    enum task_state left = history_seen_as(change & CHANGE_STATE);

    return !(change & CHANGE_NOTHING) &&
           history_seen_as(history_state_after(event->kind)) == state &&
           left != state && !(state == STATE_RUNNING && left == STATE_STOLEN) &&
           history_at(history, (int)event->task, event->t_ns).state == state;
}

/* May the event at `index`, or another one of its block, be such a one? */
static bool block_may(const struct history *history, size_t index,
                      enum task_state state)
{
    unsigned wanted = 1u << state;

    if (state == STATE_HELD)
        wanted |= 1u << STATE_CHOSEN;
    return history->block[index / TALLY_BLOCK].entered & wanted;
}

/* Of several at one instant the first is told, whichever way it was found. The
 * trace is not asked for the events of a block that is passed over. */
bool history_enter(const struct history *history, enum task_state state,
                   int64_t t_ns, bool forward, int64_t *when_ns, int *task)
{
    size_t i = history_after(history, forward ? t_ns : t_ns - 1);
    bool found = false;

    while (forward ? i < history->read && !found : i > 0) {
        size_t index = forward ? i : i - 1;
        size_t block = index - index % TALLY_BLOCK;
        struct event event;

        if (!block_may(history, index, state)) {
            i = forward ? block + TALLY_BLOCK : block;
            continue;
        }
        i = forward ? i + 1 : index;
        event = *trace_at(history->trace, index);
        if (found && event.t_ns < *when_ns)
            break;
        if (!enters(history, &event, history->change[index], state))
            continue;
        *when_ns = event.t_ns;
        *task = (int)event.task;
        found = true;
    }
    return found;
}
