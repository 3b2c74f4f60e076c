/*
 * sync_leave.c -- leaving a queue before one's turn, and leaving for good.
 *
 * A task waits in one queue at most, and its control block says for what. So
 * whoever has waited long enough (`try … for T`), or is cancelled, is found and
 * taken out, wherever it is; and if a lock lent its owner the priority of that
 * task, or a writer kept readers waiting behind it, this is put right.
 *
 * Nobody can be ended from outside: its stack, its thread are its own. Who is
 * cancelled ends itself, when it has a machine and comes to a step that can
 * wait; one that waits already goes on for that.
 */
#include "sched/scheduler/scheduler_internal.h"

/* Where a task waits that is blocked, or held. */
static struct wait_queue *queue_of(struct scheduler *s, int task)
{
    int object = s->task[task].wait_object;

    switch ((enum wait_kind)s->task[task].wait_kind) {
    case WAIT_LOCK:
        return &s->lock[object].waiting;
    case WAIT_SEND:
        return &s->channel[object].senders;
    case WAIT_RECV:
        return &s->channel[object].receivers;
    case WAIT_BARRIER:
        return &s->barrier[object].queue;
    case WAIT_SEMAPHORE:
        return &s->semaphore[object].waiting;
    case WAIT_CONDITION:
        return &s->condition[object].waiting;
    case WAIT_READ:
    case WAIT_WRITE:
        return &s->rwlock[object].waiting;
    case WAIT_SELECT:
        return &s->selecting;
    default:
        return &s->task[object].waiters;
    }
}

static void leave_queue(struct scheduler *s, int task)
{
    struct task_control *state = &s->task[task];
    int object = state->wait_object;

    wait_queue_remove(queue_of(s, task), s->link, task);
    switch ((enum wait_kind)state->wait_kind) {
    case WAIT_LOCK:
        sync_reclaim(s, object);
        break;
    case WAIT_BARRIER:
        s->barrier[object].waiting--;
        break;
    case WAIT_CONDITION:
        s->condition[object].count--;
        break;
    case WAIT_READ:
    case WAIT_WRITE:
        sync_admit(s, object, task);
        break;
    default:
        state->wants_call = false;
    }
}

/* The choice of a select for when its time is over. */
static int find_after(const struct task_control *state)
{
    int i = 0;

    while (state->choice[i].kind != STEP_AFTER)
        i++;
    return i;
}

/* Who waited for a condition must have its lock again before it goes on, and
 * waits for that as long as it takes. */
void sync_time_out(struct scheduler *s, int task)
{
    struct task_control *state = &s->task[task];
    enum wait_kind kind = (enum wait_kind)state->wait_kind;

    state->until_ns = TIME_NEVER;
    leave_queue(s, task);
    if (kind == WAIT_SELECT)
        sync_choose(s, task, find_after(state));
    else
        sync_give_up(s, task, kind, state->wait_object);
    if (kind == WAIT_CONDITION)
        sync_relock(s, task, state->wait_lock, -1);
    else
        transition_wake(s, task, -1);
}

/* --- cancelling ----------------------------------------------------------- */

/* The GIL is no step's wait: who wants it works, and does not end there. */
void sync_cancel(struct scheduler *s, int task, int other)
{
    struct task_control *state = &s->task[other];

    scheduler_note(s, EVENT_CANCELLED, task, other, 0);
    if (state->place == PLACE_DONE || state->canceller >= 0)
        return;
    state->canceller = task;
    switch ((enum task_place)state->place) {
    case PLACE_BLOCKED:
        if (state->wait_kind == WAIT_GIL)
            return;
        leave_queue(s, other);
        state->quits = true;
        transition_wake(s, other, task);
        break;
    case PLACE_AWAY:
        state->quits = true;
        transition_rouse(s, other, task);
        break;
    case PLACE_HELD:
        state->quits = true;
        break;
    case PLACE_IN_LINE:
        state->quits = state->yielded;
        break;
    default:
        break;
    }
}

/* In the order in which they were first named in the text, then the others. */
void sync_give_back(struct scheduler *s, int task)
{
    const struct workload *workload = s->workload;

    scheduler_note(s, EVENT_QUIT, task, 0, s->task[task].canceller);
    for (int i = 0; i < (int)workload->lock_count; i++)
        sync_unlock(s, task, i);
    for (int i = 0; i < (int)workload->rwlock_count; i++)
        if (s->rwlock[i].writer == task)
            sync_relinquish(s, task, i);
    while (s->task[task].readings > 0)
        sync_relinquish(s, task, s->task[task].reading[0]);
}
