/*
 * Who has a lock is a lane of its own for each lock, whose stretches remember
 * the event that made somebody the owner, or nobody. A lock that is handed over
 * says so twice: UNLOCKED names the next owner, and LOCKED follows when that
 * one runs again. It is that one's from the first of the two.
 */
#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"

/* Who has the lock after this event: -1: nobody. */
static int owner_after(const struct history *history, const struct event *event)
{
    if (event->kind == EVENT_LOCKED)
        return (int)event->task;
    if (event->value < 0 || event->value >= (int64_t)history->task_count)
        return -1;
    return (int)event->value; /* handed over at once */
}

/* Who has the lock in its stretch `index`. */
static int owner_in(const struct history *history, const struct lane *lane,
                    size_t index)
{
    uint32_t event = lane_at(lane, index, 0).what;

    return owner_after(history, trace_at(history->trace, event));
}

/* Only a change of owner begins a stretch. The LOCKED that follows a
 * hand-over would otherwise restart the time since when the owner has the
 * lock. */
void history_lock_event(struct history *history, const struct event *event)
{
    int owner = owner_after(history, event);
    struct lane *lane;

    if (event->object < 0 || (size_t)event->object >= history->lock_count)
        return;
    lane = &history->lock[event->object];
    if (lane->count && history->owner[event->object] == owner)
        return;
    lane_add(lane, history->arena, event->t_ns, 0, (uint32_t)history->read);
    history->owner[event->object] = owner;
}

int history_lock_owner(const struct history *history, int lock, int64_t t_ns,
                       int64_t *since_ns)
{
    const struct lane *lane;
    size_t index;
    int owner;

    if (lock < 0 || (size_t)lock >= history->lock_count)
        return -1;
    lane = &history->lock[lock];
    if (!lane_find(lane, t_ns, &index))
        return -1;
    owner = owner_in(history, lane, index);
    if (since_ns && owner >= 0)
        *since_ns = lane_at(lane, index, 0).from_ns;
    return owner;
}

/* By event, not by instant: a lock may change hands several times within one
 * instant, and a sentence describes the moment after its own event. */
int history_lock_owner_after(const struct history *history, int lock,
                             size_t events)
{
    const struct lane *lane;
    size_t owners;

    if (lock < 0 || (size_t)lock >= history->lock_count)
        return -1;
    lane = &history->lock[lock];
    owners = lane_before(lane, events);
    return owners ? owner_in(history, lane, owners - 1) : -1;
}
