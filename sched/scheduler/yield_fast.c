/*
 * yield_fast.c -- the commonest step, done in one piece: a task steps aside,
 * and the next one that is ready gets the machine.
 *
 * The general way asks a dozen questions that have the same answer a million
 * times in a row: which queue, which policy, a switch cost, a GIL, a slice, a
 * script? Where a run has one machine and one queue in order of arrival they
 * are asked once (scheduler_is_plain), and what is left is a rotation of the
 * queue. Every event is as transition.c and dispatch.c write it, and so is
 * every field somebody reads in such a run (whether a turn has begun a step is
 * for decision sources): the test plays the same runs both ways.
 */
#include "sched/scheduler/scheduler_internal.h"

bool scheduler_is_plain(const struct scheduler *s)
{
    const struct run_options *options = s->options;

    for (size_t i = 0; i < s->workload->task_count; i++)
        if (s->workload->task[i].generator)
            return false;
    return !s->workload->cancels && options->policy == POLICY_FIFO &&
           options->machines == 1 && s->queues == 1 && !s->jobs &&
           options->gil_ns == 0 && options->switch_cost_ns == 0 &&
           !is_directed(s) && !(s->traits & (PREEMPTIVE | TO_THE_END));
}

/* Apart, so that a run without a trace need not save the registers it uses. */
__attribute__((noinline)) static int note(struct scheduler *s, int task,
                                          int next, const struct step *step)
{
    scheduler_put(s, EVENT_STEP, task, 0, step->line, step->column);
    scheduler_put(s, EVENT_READY, task, 0, READY_YIELDED, -1);
    scheduler_put(s, EVENT_RUN, next, 0, RUN_FROM_LINE, 0);
    return next;
}

/* Whoever wakes now comes before the task that yields, so the long way
 * decides. */
static bool alarm_is_due(const struct scheduler *s)
{
    return s->alarms.count > 0 && s->alarms.entry[0].key <= s->now_ns;
}

/* s->running, s->free and s->ready stay as they are: one goes, one comes. */
int scheduler_yield_fast(struct scheduler *s, int task, const struct step *step,
                         int64_t now_ns)
{
    int next;

    s->now_ns = now_ns;
    if (!s->plain || step->object >= 0 ||
        wait_queue_is_empty(&s->only_queue.list) || alarm_is_due(s))
        return -1;
    next = wait_queue_rotate(&s->only_queue.list, s->link, task);
    s->task[task].place = PLACE_IN_LINE;
    s->task[task].machine = -1;
    s->task[next].place = PLACE_RUNNING;
    s->task[next].machine = 0;
    s->machine[0].turn = next;
    s->machine[0].served = next;
    return s->trace ? note(s, task, next, step) : next;
}
