/*
 * sync_condition.c -- condition variables, as Mesa has them (Lampson, Redell,
 * "Experience with Processes and Monitors in Mesa", 1980).
 *
 * Who waits gives its lock away in the same moment. Who is woken has not got it
 * back by that: it queues for the lock behind all who asked before, and when it
 * goes on what it waited for may be gone again. So a program asks with `while`,
 * not with `if`. A signal that nobody waits for is lost.
 */
#include "sched/scheduler/scheduler_internal.h"

/* Nobody runs in between, so whoever gets the lock finds it in the queue. Who
 * only tries keeps the lock: there is nobody who could signal. */
enum performed sync_await(struct scheduler *s, int task, int index, int lock)
{
    struct condition *condition = &s->condition[index];

    s->task[task].wait_lock = lock;
    if (s->task[task].attempt_ns != 0) {
        condition->count++;
        sync_unlock(s, task, lock);
    }
    return sync_queue_up(s, task, &condition->waiting, WAIT_CONDITION, index);
}

/* The first who waits, or -1. */
static int take(struct scheduler *s, struct condition *condition)
{
    int task = wait_queue_pop(&condition->waiting, s->link);

    if (task < 0)
        return -1;
    condition->count--;
    transition_calm(s, task);
    return task;
}

void sync_signal(struct scheduler *s, int task, int index)
{
    int woken = take(s, &s->condition[index]);

    scheduler_note(s, EVENT_SIGNALLED, task, index, woken);
    if (woken >= 0)
        sync_relock(s, woken, s->task[woken].wait_lock, task);
}

void sync_broadcast(struct scheduler *s, int task, int index)
{
    struct condition *condition = &s->condition[index];
    int woken;

    scheduler_note(s, EVENT_BROADCAST, task, index, condition->count);
    while ((woken = take(s, condition)) >= 0)
        sync_relock(s, woken, s->task[woken].wait_lock, task);
}
