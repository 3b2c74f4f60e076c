/*
 * sync_lock.c -- locks, and the priorities they lend.
 *
 * Of a `mutex m inherit` whoever has it is at least as important as everybody
 * who waits for it (Sha, Rajkumar, Lehoczky, "Priority Inheritance Protocols",
 * 1990): else a task of middling importance could keep the owner from its
 * machine, and with it the most important one, which waits. What an owner
 * inherits it lends on, if it waits for such a lock itself.
 *
 * A priority is never taken back piece by piece: it is found anew from all who
 * wait, whenever one of them comes or goes.
 */
#include "sched/scheduler/scheduler_internal.h"

/* --- inheritance ---------------------------------------------------------- */

/* The highest priority among the task itself and those who wait for the locks
 * it has. */
static int lent_priority(const struct scheduler *s, int task)
{
    int priority = s->task[task].own_priority;

    for (size_t i = 0; i < s->workload->lock_count; i++) {
        if (s->lock[i].owner != task || !s->workload->inherits[i])
            continue;
        for (int other = s->lock[i].waiting.first; other >= 0;
             other = s->link[other].next)
            if (s->task[other].priority > priority)
                priority = s->task[other].priority;
    }
    return priority;
}

/* For whom the task waits in a lock that lends, or -1. */
static int debtor(const struct scheduler *s, int task)
{
    const struct task_control *state = &s->task[task];

    if (state->place != PLACE_BLOCKED || state->wait_kind != WAIT_LOCK ||
        !s->workload->inherits[state->wait_object])
        return -1;
    return s->lock[state->wait_object].owner;
}

/* Who waits for whom may be a circle: where nothing changes, the walk ends, and
 * in a circle all end up with the highest priority in it. */
static void inherit(struct scheduler *s, int task)
{
    if (!s->inherits)
        return;
    while (task >= 0) {
        int priority = lent_priority(s, task);

        if (priority == s->task[task].priority)
            return;
        transition_prioritize(s, task, priority, false);
        task = debtor(s, task);
    }
}

/* What it says of itself is told even where it changes nothing. */
void sync_prioritize(struct scheduler *s, int task, int priority)
{
    s->task[task].own_priority = priority;
    if (s->inherits)
        priority = lent_priority(s, task);
    transition_prioritize(s, task, priority, true);
}

/* --- locks ---------------------------------------------------------------- */

/* Written for the task that waited as well, at the moment of the unlock. */
static void own(struct scheduler *s, int task, int lock)
{
    s->lock[lock].owner = task;
    scheduler_note(s, EVENT_LOCKED, task, lock, 0);
    inherit(s, task);
}

/* A lock is not recursive: who has it and locks it again waits for itself. */
enum performed sync_lock(struct scheduler *s, int task, int lock)
{
    enum performed what;

    if (s->lock[lock].owner < 0) {
        own(s, task, lock);
        return PERFORMED_GO_ON;
    }
    what = sync_queue_up(s, task, &s->lock[lock].waiting, WAIT_LOCK, lock);
    inherit(s, s->lock[lock].owner);
    return what;
}

void sync_unlock(struct scheduler *s, int task, int lock)
{
    int next;

    if (s->lock[lock].owner != task)
        return; /* nobody can release what it does not hold */
    s->lock[lock].owner = -1;
    next = wait_queue_pop(&s->lock[lock].waiting, s->link);
    scheduler_note(s, EVENT_UNLOCKED, task, lock, next);
    inherit(s, task);
    if (next < 0)
        return;
    own(s, next, lock);
    transition_wake(s, next, task);
}

void sync_reclaim(struct scheduler *s, int lock)
{
    inherit(s, s->lock[lock].owner);
}

/* It queues like everybody else: whoever asked for the lock before has it
 * first, and may undo what the task was woken for. */
void sync_relock(struct scheduler *s, int task, int lock, int by)
{
    if (s->lock[lock].owner < 0) {
        own(s, task, lock);
        transition_wake(s, task, by);
        return;
    }
    wait_queue_push(&s->lock[lock].waiting, s->link, task);
    transition_wait_on(s, task, WAIT_LOCK, lock);
    inherit(s, s->lock[lock].owner);
}
