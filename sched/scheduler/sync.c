/*
 * sync.c -- what tasks wait for.
 *
 * The same two rules hold everywhere, here and in sync_*.c: first come, first
 * served; and whoever acts hands over directly. The next owner owns the lock
 * from the moment of the unlock, and a message goes straight to the task that
 * waits for it, so when a waiter runs again there is nothing left to try.
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"

/* Wake all in a queue, in the order in which they came. */
static void wake_all(struct scheduler *s, struct wait_queue *queue, int by)
{
    int task;

    while ((task = wait_queue_pop(queue, s->link)) >= 0)
        transition_wake(s, task, by);
}

/* --- channels ------------------------------------------------------------- */

/* The ring grows as it fills: a size is only a promise. */
static void channel_grow(struct channel *channel)
{
    size_t room = channel->room == 0 ? 8 : 2 * channel->room;
    int64_t *value = xcalloc(room, sizeof *value);

    for (size_t i = 0; i < channel->count; i++)
        value[i] = channel->value[(channel->first + i) % channel->room];
    free(channel->value);
    channel->value = value;
    channel->room = room;
    channel->first = 0;
}

/* At the end of the ring, which may lie before its beginning. */
static void channel_put(struct scheduler *s, struct channel *channel,
                        int64_t value)
{
    if (channel->count == channel->room)
        channel_grow(channel);
    channel->value[(channel->first + channel->count) % channel->room] = value;
    channel->count++;
    spin_counted(s, WAIT_RECV, (int)(channel - s->channel), 1);
}

static int64_t channel_take(struct scheduler *s, struct channel *channel)
{
    int64_t value = channel->value[channel->first];

    channel->first = (channel->first + 1) % channel->room;
    channel->count--;
    spin_counted(s, WAIT_RECV, (int)(channel - s->channel), -1);
    return value;
}

/* The value waits in the task until it runs and looks. */
static void receive(struct scheduler *s, int task, int channel, int64_t value)
{
    s->task[task].value = value;
    s->task[task].received = true;
    scheduler_note(s, EVENT_RECEIVED, task, channel, value);
}

/* Nothing can be sent to a closed channel: the message is dropped. */
enum performed sync_send(struct scheduler *s, int task, int c, int64_t value)
{
    struct channel *channel = &s->channel[c];
    int receiver;

    if (channel->closed)
        return PERFORMED_GO_ON;
    receiver = sync_next(s, c, WAIT_RECV);
    if (receiver < 0 && (int64_t)channel->count >= channel->size) {
        s->task[task].value = value;
        return sync_queue_up(s, task, &channel->senders, WAIT_SEND, c);
    }
    scheduler_note(s, EVENT_SENT, task, c, value);
    if (receiver >= 0) {
        receive(s, receiver, c, value);
        transition_wake(s, receiver, task);
    } else {
        channel_put(s, channel, value);
    }
    return PERFORMED_GO_ON;
}

/* There is room: the message of the first sender that waits moves up, and the
 * sender goes on. */
static void admit_sender(struct scheduler *s, int task, int c)
{
    struct channel *channel = &s->channel[c];
    int sender = sync_next(s, c, WAIT_SEND);

    if (sender < 0)
        return;
    scheduler_note(s, EVENT_SENT, sender, c, s->task[sender].value);
    channel_put(s, channel, s->task[sender].value);
    transition_wake(s, sender, task);
}

/* A closed and empty channel gives nothing, and the task goes on. */
enum performed sync_recv(struct scheduler *s, int task, int c)
{
    struct channel *channel = &s->channel[c];

    s->task[task].received = false;
    if (channel->count == 0)
        admit_sender(s, task, c); /* rendezvous */
    if (channel->count > 0) {
        receive(s, task, c, channel_take(s, channel));
        if ((int64_t)channel->count < channel->size)
            admit_sender(s, task, c);
        return PERFORMED_GO_ON;
    }
    if (channel->closed)
        return PERFORMED_GO_ON;
    return sync_queue_up(s, task, &channel->receivers, WAIT_RECV, c);
}

/* Senders go on without having sent, receivers without a value. */
void sync_close(struct scheduler *s, int task, int c)
{
    struct channel *channel = &s->channel[c];

    if (channel->closed)
        return;
    channel->closed = true;
    scheduler_note(s, EVENT_CLOSED, task, c, 0);
    wake_all(s, &channel->senders, task);
    wake_all(s, &channel->receivers, task);
    sync_choose_closed(s, c, task);
}

/* --- barriers, join, generators ------------------------------------------- */

/* The last to come opens the barrier and never waits. */
enum performed sync_wait(struct scheduler *s, int task, int b)
{
    struct barrier *barrier = &s->barrier[b];

    if (barrier->waiting + 1 < s->workload->barrier[b].size) {
        barrier->waiting++;
        return sync_queue_up(s, task, &barrier->queue, WAIT_BARRIER, b);
    }
    barrier->waiting = 0;
    scheduler_note(s, EVENT_PASSED, task, b, 0);
    wake_all(s, &barrier->queue, task);
    return PERFORMED_GO_ON;
}

/* Joining a task that is done already is no reason to wait. */
enum performed sync_join(struct scheduler *s, int task, int other)
{
    if (s->task[other].place != PLACE_DONE) {
        return sync_queue_up(s, task, &s->task[other].waiters, WAIT_JOIN,
                             other);
    }
    scheduler_note(s, EVENT_JOINED, task, other, 0);
    return PERFORMED_GO_ON;
}

/* A task that wanted to call the generator finds that it is done, and
 * goes on. */
void sync_done(struct scheduler *s, int task)
{
    int other;

    while ((other = wait_queue_pop(&s->task[task].waiters, s->link)) >= 0) {
        if (s->task[other].wants_call)
            s->task[other].wants_call = false;
        else
            scheduler_note(s, EVENT_JOINED, other, task, 0);
        transition_wake(s, other, task);
    }
}

/* Who only joins does not want to call, and goes on waiting. */
void sync_lend(struct scheduler *s, int generator)
{
    struct wait_queue *waiters = &s->task[generator].waiters;

    for (int i = waiters->first; i >= 0; i = s->link[i].next) {
        if (!s->task[i].wants_call)
            continue;
        wait_queue_remove(waiters, s->link, i);
        s->task[i].wants_call = false;
        s->task[i].callee = generator;
        s->task[generator].caller = i;
        transition_wake(s, i, generator);
        return;
    }
}
