/*
 * sync_queue.c -- how a task begins to wait in a queue, or does not: who only
 * tries (`try STEP`) goes on at once, and who tries for a time has an alarm.
 *
 * And who is next at a channel: some wait for it alone, some in a select, and
 * these two queues are one, by the time at which a task came.
 */
#include "sched/scheduler/scheduler_internal.h"

void sync_give_up(struct scheduler *s, int task, enum wait_kind kind,
                  int object)
{
    s->task[task].received = false;
    scheduler_note(s, EVENT_GAVE_UP, task, (int)kind, object);
}

enum performed sync_queue_up(struct scheduler *s, int task,
                             struct wait_queue *queue, enum wait_kind kind,
                             int object)
{
    struct task_control *state = &s->task[task];

    if (state->attempt_ns == 0 && kind != WAIT_SELECT) {
        sync_give_up(s, task, kind, object);
        return PERFORMED_GO_ON;
    }
    state->came = s->comers++;
    wait_queue_push(queue, s->link, task);
    if (state->attempt_ns != STEP_FOREVER) {
        state->until_ns = time_after(s->now_ns, state->attempt_ns);
        alarm_heap_push(&s->alarms, task, state->until_ns, s->sleeps++);
    }
    return transition_block(s, task, kind, object);
}

/* --- channels and selects ------------------------------------------------- */

void sync_choose(struct scheduler *s, int task, int choice)
{
    s->task[task].chosen = choice;
    s->task[task].choice = NULL;
    scheduler_note(s, EVENT_CHOSE, task, choice, 0);
}

/* The first choice of a task that sends into, or receives from the channel;
 * -1: none. */
static int find_choice(const struct task_control *state, int channel, int kind)
{
    for (int i = 0; i < state->choices; i++)
        if (state->choice[i].object == channel && state->choice[i].kind == kind)
            return i;
    return -1;
}

static int step_of(enum wait_kind kind)
{
    return kind == WAIT_SEND ? STEP_SEND : STEP_RECV;
}

/* The first who waits for it in a select, or -1. */
static int first_selecting(const struct scheduler *s, int channel,
                           enum wait_kind kind)
{
    for (int i = s->selecting.first; i >= 0; i = s->link[i].next)
        if (find_choice(&s->task[i], channel, step_of(kind)) >= 0)
            return i;
    return -1;
}

bool sync_any(const struct scheduler *s, int channel, enum wait_kind kind)
{
    const struct channel *of = &s->channel[channel];

    return !wait_queue_is_empty(kind == WAIT_SEND ? &of->senders
                                                  : &of->receivers) ||
           first_selecting(s, channel, kind) >= 0;
}

/* It leaves the queue with what it sends in its value, as all senders do. */
static int take_selecting(struct scheduler *s, int task, int channel,
                          enum wait_kind kind)
{
    struct task_control *state = &s->task[task];
    int index = find_choice(state, channel, step_of(kind));
    const struct choice *choice = &state->choice[index];

    wait_queue_remove(&s->selecting, s->link, task);
    state->value = choice->valued ? choice->value : task;
    sync_choose(s, task, index);
    return task;
}

int sync_next(struct scheduler *s, int channel, enum wait_kind kind)
{
    struct channel *of = &s->channel[channel];
    struct wait_queue *queue = kind == WAIT_SEND ? &of->senders
                                                 : &of->receivers;
    int first = queue->first, other;

    if (wait_queue_is_empty(&s->selecting))
        return wait_queue_pop(queue, s->link);
    other = first_selecting(s, channel, kind);
    if (other < 0 || (first >= 0 && s->task[first].came < s->task[other].came))
        return wait_queue_pop(queue, s->link);
    return take_selecting(s, other, channel, kind);
}

void sync_choose_closed(struct scheduler *s, int channel, int by)
{
    int task = s->selecting.first;

    while (task >= 0) {
        int next = s->link[task].next;
        int index = find_choice(&s->task[task], channel, STEP_RECV);

        if (index < 0)
            index = find_choice(&s->task[task], channel, STEP_SEND);
        if (index >= 0) {
            wait_queue_remove(&s->selecting, s->link, task);
            sync_choose(s, task, index);
            transition_wake(s, task, by);
        }
        task = next;
    }
}
