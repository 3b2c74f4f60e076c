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

static int owner_in(const struct history *history,
                    const struct lane_stretch *stretch)
{
    return owner_after(history, trace_at(history->trace, stretch->what));
}

/* Only a change of owner begins a stretch. The LOCKED that follows a
 * hand-over would otherwise restart the time since when the owner has the
 * lock. */
void history_lock_event(struct history *history, const struct event *event)
{
    const struct lane_stretch *last;
    struct lane *lane;

    if (event->object < 0 || (size_t)event->object >= history->lock_count)
        return;
    lane = &history->lock[event->object];
    last = lane_last(lane);
    if (!last || owner_in(history, last) != owner_after(history, event))
        lane_add(lane, event->t_ns, 0, (uint32_t)history->read);
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
    owner = owner_in(history, &lane->stretch[index]);
    if (since_ns && owner >= 0)
        *since_ns = lane->stretch[index].from_ns;
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
    return owners ? owner_in(history, &lane->stretch[owners - 1]) : -1;
}
