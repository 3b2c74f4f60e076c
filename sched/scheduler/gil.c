/*
 * gil.c -- the GIL (rule R15).
 *
 * A task needs the GIL for cpu only. Who wants it and cannot have it leaves the
 * machine and queues; the holder gives it up when it waits or ends, or when it
 * is told to: g after the hand-over, or g after the first in the queue began to
 * wait, whichever is later.
 *
 * It belongs to the task whose turn it is, not to the generator that one calls.
 */
#include "sched/base/clock.h"
#include "sched/scheduler/scheduler_internal.h"

/* -1 gives it to nobody: then whoever works next takes it without waiting. */
static void give(struct scheduler *s, int task)
{
    s->gil.holder = task;
    s->gil.since_ns = s->now_ns;
    if (task >= 0)
        scheduler_note(s, EVENT_GIL, task, 0, 0);
}

/* The first in the queue has it from this moment, as with every lock. */
static void hand_over(struct scheduler *s, int by)
{
    int next = wait_queue_pop(&s->gil.waiting, s->link);

    give(s, next);
    if (next >= 0)
        transition_wake(s, next, by);
}

/* The time is kept because the patience of the first decides when the holder
 * must let go. */
static enum performed wait_for_it(struct scheduler *s, int task)
{
    s->task[task].since_ns = s->now_ns;
    wait_queue_push(&s->gil.waiting, s->link, task);
    return transition_block(s, task, WAIT_GIL, 0);
}

/* Taken only for work: a task that never computes never waits for the GIL. */
enum performed gil_take(struct scheduler *s, int task)
{
    if (s->options->gil_ns == 0 || s->gil.holder == task)
        return PERFORMED_GO_ON;
    if (s->gil.holder >= 0)
        return wait_for_it(s, task);
    give(s, task);
    return PERFORMED_GO_ON;
}

/* Most tasks that stop running do not have it. */
void gil_release(struct scheduler *s, int task)
{
    if (s->gil.holder == task)
        hand_over(s, task);
}

/* --- for hosts ------------------------------------------------------------ */

/* A holder nobody waits for is not disturbed at all. */
int64_t scheduler_gil_ns(const struct scheduler *s)
{
    int64_t since_ns = s->gil.since_ns;
    int first = s->gil.waiting.first;

    if (s->gil.holder < 0 || first < 0)
        return TIME_NEVER;
    if (s->task[first].since_ns > since_ns)
        since_ns = s->task[first].since_ns;
    return time_after(since_ns, s->options->gil_ns);
}

int scheduler_gil_holder(const struct scheduler *s)
{
    return s->gil.holder;
}

/* A holder that is away (it yielded) needs the GIL only when it is back. */
void scheduler_gil_over(struct scheduler *s, int64_t now_ns)
{
    int old = s->gil.holder;
    int machine = scheduler_machine(s, old);
    int runner = machine < 0 ? -1 : scheduler_runner(s, machine);

    s->now_ns = now_ns;
    hand_over(s, old);
    if (runner >= 0 && s->task[runner].left_ns > 0)
        wait_for_it(s, old);
    else if (runner >= 0)
        transition_lose_gil(s, runner);
}
