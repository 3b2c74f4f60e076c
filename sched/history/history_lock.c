/*
 * Who has a lock is a lane of its own for each lock. A lock that is handed over
 * says so twice: UNLOCKED names the next owner, and LOCKED follows when that
 * one runs again. It is that one's from the first of the two.
 */
#include "sched/history/history.h"
#include "sched/history/history_internal.h"

void history_lock_event(struct history *history, const struct event *event)
{
    const struct lane_stretch *last;
    struct lane *lane;
    uint32_t owner = 0;

    if (event->object < 0 || (size_t)event->object >= history->lock_count)
        return;
    lane = &history->lock[event->object];
    if (event->kind == EVENT_LOCKED)
        owner = event->task + 1;
    else if (event->value >= 0 && event->value < (int64_t)history->task_count)
        owner = (uint32_t)event->value + 1; /* handed over at once */
    last = lane_last(lane);
    if (!last || last->what != owner)
        lane_add(lane, event->t_ns, 0, owner);
}

int history_lock_owner(const struct history *history, int lock, int64_t t_ns,
                       int64_t *since_ns)
{
    const struct lane *lane;
    size_t index;

    if (lock < 0 || (size_t)lock >= history->lock_count)
        return -1;
    lane = &history->lock[lock];
    if (!lane_find(lane, t_ns, &index) || !lane->stretch[index].what)
        return -1;
    if (since_ns)
        *since_ns = lane->stretch[index].from_ns;
    return (int)lane->stretch[index].what - 1;
}
