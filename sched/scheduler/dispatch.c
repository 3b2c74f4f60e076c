/*
 * dispatch.c -- who is next at a machine: the first, by the policy, in the
 * queue that all machines of its line share (rules R2 and R18).
 */
#include <assert.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"

/* Somebody outside chooses among all in the queue. */
static int pick(struct scheduler *s, const struct ready_queue *queue)
{
    int *candidate = xcalloc(queue->count, sizeof *candidate);
    int64_t waited_ns = 0;
    int index;
    int task = -1;

    ready_queue_list(queue, candidate);
    index = s->options->choose(s->options->choose_context, candidate,
                               queue->count, &waited_ns);
    assert(index < (int)queue->count);
    if (index >= 0) {
        task = candidate[index];
        scheduler_note(s, EVENT_PICK, task, 0, waited_ns);
    }
    free(candidate);
    return task;
}

static int next(struct scheduler *s, const struct ready_queue *queue)
{
    if (is_directed(s))
        return replay_next(s);
    if (s->options->policy == POLICY_PICK && queue->count > 1)
        return pick(s, queue);
    return ready_queue_next(queue, &s->random);
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
        task = next(s, &s->queue[machine->queue]);
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
