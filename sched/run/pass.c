/*
 * pass.c -- the commonest step, in one go: a task steps aside, and the next in
 * line gets the machine.
 *
 * The general way asks a dozen questions that have the same answer a million
 * times in a row: which line, which policy, a price, a key, a slice, a script?
 * Where a run has one machine and one line in order of arrival they are asked
 * once (scheduler_is_plain), and what is left is a rotation of the line. Every
 * event and every field is as place.c and dispatch.c leave them: the test plays
 * the same runs both ways.
 */
#include "sched/run/scheduler_inside.h"

bool scheduler_is_plain(const struct scheduler *s)
{
    const struct run_options *options = s->options;

    return options->policy == POLICY_FIFO && options->machines == 1 &&
           s->lines == 1 && options->gil_ns == 0 &&
           options->switch_cost_ns == 0 && !is_directed(s) &&
           !(s->traits & (PREEMPTIVE | TO_THE_END));
}

/* The first in line goes, and task stands behind all others. */
static inline void rotate(struct scheduler *s, int task, int next)
{
    struct line *line = &s->only_line;

    queue_pop(&line->queue, s->link);
    queue_push(&line->queue, s->link, task);
    line->tail++;
    s->actor[task].arrived = s->arrivals++;
    s->actor[task].place = PLACE_IN_LINE;
    s->actor[task].machine = -1;
    s->actor[next].place = PLACE_RUNNING;
    s->actor[next].machine = 0;
    s->actor[next].until_ns = TIME_NEVER;
    s->machine[0].turn = next;
    s->machine[0].served = next;
    s->machine[0].stepped = false;
}

/* Apart, so that a run without a trace need not save the registers it uses. */
__attribute__((noinline)) static void note(struct scheduler *s, int task,
                                           int next, const struct step *step,
                                           int64_t now_ns)
{
    scheduler_put(s, now_ns, EVENT_STEP, task, 0, step->line, step->column);
    scheduler_put(s, now_ns, EVENT_READY, task, 0, READY_YIELDED, -1);
    scheduler_put(s, now_ns, EVENT_RUN, next, 0, 0, 0);
}

int scheduler_pass(struct scheduler *s, int task, const struct step *step,
                   int64_t now_ns)
{
    int next = s->only_line.queue.first;

    if (!s->plain || next < 0 || step->object >= 0 ||
        s->actor[task].caller >= 0 || s->actor[next].callee >= 0 ||
        s->machine[0].promised >= 0 ||
        (s->alarms.count > 0 && s->alarms.entry[0].key <= now_ns))
        return -1;
    if (s->trace != NULL)
        note(s, task, next, step, now_ns);
    rotate(s, task, next);
    return next;
}
