/*
 * dispatch.c -- who is next at a machine.
 *
 * A machine serves two queues: the one that all machines of its line share
 * (rules R2 and R18), and one for tasks that have settled there. Who comes
 * first by the policy is next, whichever queue it is in.
 */
#include <assert.h>
#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"

/* Somebody outside chooses among all in both queues. */
static int pick(struct scheduler *s, const struct ready_queue *queue,
                const struct ready_queue *settled)
{
    size_t count = queue->count + settled->count;
    int *candidate = xcalloc(count, sizeof *candidate);
    int64_t waited_ns = 0;
    int index;
    int task = -1;

    ready_queue_list(queue, candidate);
    ready_queue_list(settled, candidate + queue->count);
    index = s->options->choose(s->options->choose_context, candidate, count,
                               &waited_ns);
    assert(index < (int)count);
    if (index >= 0) {
        task = candidate[index];
        scheduler_note(s, EVENT_PICK, task, 0, waited_ns);
    }
    free(candidate);
    return task;
}

/* Is a task, the first of its queue, before the first of another queue?
 * Either may be -1: nobody. */
static bool is_before(const struct scheduler *s, int task, int other)
{
    const struct task_control *one, *two;

    if (task < 0 || other < 0)
        return other < 0;
    one = &s->task[task];
    two = &s->task[other];
    if (s->options->policy == POLICY_PRIORITY && one->priority != two->priority)
        return one->priority > two->priority;
    return one->arrived < two->arrived;
}

/* Who is next at a machine that serves a queue and those settled there. */
static int next(struct scheduler *s, const struct ready_queue *queue,
                const struct ready_queue *settled)
{
    size_t count = queue->count + settled->count;
    int task, other;

    if (is_directed(s))
        return replay_next(s);
    if (s->options->policy == POLICY_PICK && count > 1)
        return pick(s, queue, settled);
    if (settled->count == 0)
        return ready_queue_next(queue, &s->random);
    if (s->options->policy == POLICY_RANDOM) {
        bool first = random_below(&s->random, count) < queue->count;

        return ready_queue_next(first ? queue : settled, &s->random);
    }
    task = ready_queue_next(queue, &s->random);
    other = ready_queue_next(settled, &s->random);
    return is_before(s, task, other) ? task : other;
}

/* Take the next task for machine out of its queue. */
static int take(struct scheduler *s, struct machine *machine)
{
    int task = machine->promised;

    if (s->resting)
        return -1;
    if (task >= 0) {
        machine->promised = -1;
    } else {
        task = next(s, &s->queue[machine->queue], &machine->settled);
        if (task < 0)
            return -1;
        ready_queue_remove(transition_queue(s, task), task);
    }
    s->ready--;
    return task;
}

/* Between leaving the queue and getting the machine a task is nowhere, so the
 * two are one call. */
int scheduler_dispatch(struct scheduler *s, int machine, int64_t now_ns)
{
    int task;

    s->now_ns = now_ns;
    task = take(s, &s->machine[machine]);
    if (task >= 0)
        transition_serve(s, task, machine);
    return task;
}

/* It takes effect when the task is next put in a queue. */
void scheduler_settle(struct scheduler *s, int task, int machine)
{
    s->task[task].home = machine;
}
