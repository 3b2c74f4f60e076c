/*
 * sync_select.c -- the first of several sends and receives that can be done.
 *
 * All choices are looked at in the order of the text; if none is possible, the
 * task stands in a queue of its own kind, where whoever sends, receives or
 * closes looks for it as well (sync_queue.c). As everywhere, it is then granted
 * what it waits for at that moment, and goes on with the choice that it was.
 */
#include "sched/scheduler/scheduler_internal.h"

/* Can it be done now, without waiting? */
static bool is_possible(const struct scheduler *s, const struct choice *choice)
{
    const struct channel *channel = &s->channel[choice->object];

    switch (choice->kind) {
    case STEP_RECV:
        return channel->count > 0 || channel->closed ||
               sync_any(s, choice->object, WAIT_SEND);
    case STEP_SEND:
        return (int64_t)channel->count < channel->size || channel->closed ||
               sync_any(s, choice->object, WAIT_RECV);
    default:
        return choice->kind == STEP_OTHERWISE;
    }
}

/* Nobody else acts in between, so it does not wait. */
static void take(struct scheduler *s, int task, const struct choice *choice)
{
    s->task[task].received = false;
    if (choice->kind == STEP_RECV)
        sync_recv(s, task, choice->object);
    else if (choice->kind == STEP_SEND)
        sync_send(s, task, choice->object,
                  choice->valued ? choice->value : task);
}

/* The choice for when no other is possible, or NULL; it comes anywhere among
 * them. */
static const struct choice *find(const struct request *request, int kind)
{
    for (int i = 0; i < request->choices; i++)
        if (request->choice[i].kind == kind)
            return &request->choice[i];
    return NULL;
}

enum performed sync_select(struct scheduler *s, int task,
                           const struct request *request)
{
    struct task_control *state = &s->task[task];
    const struct choice *last = find(request, STEP_AFTER);
    const struct choice *otherwise = find(request, STEP_OTHERWISE);

    for (int i = 0; i < request->choices; i++) {
        const struct choice *choice = &request->choice[i];

        if (choice == otherwise || !is_possible(s, choice))
            continue;
        sync_choose(s, task, i);
        take(s, task, choice);
        return PERFORMED_GO_ON;
    }
    if (otherwise) {
        sync_choose(s, task, (int)(otherwise - request->choice));
        return PERFORMED_GO_ON;
    }
    state->choice = request->choice;
    state->choices = request->choices;
    state->received = false;
    state->attempt_ns = last ? last->ns : STEP_FOREVER;
    return sync_queue_up(s, task, &s->selecting, WAIT_SELECT, request->choices);
}
