/*
 * Values at any instant. An event that changes something says what it is worth
 * from then on, so for each thing it is enough to keep the numbers of those
 * events: the last one before an instant is found by halves.
 *
 *   a variable   its WRITE events; the copies are an attendance, to which a
 *                READ comes, and which the task leaves when it writes
 *   a channel    its SENT and its RECEIVED events: as what is sent first is
 *                received first, in the channel is what was sent between the
 *                r-th and the s-th
 *   who waits    an attendance for each lock, channel, barrier and the GIL
 */
#include "sched/history/history_value.h"

#include <string.h>

#include "sched/base/text.h"
#include "sched/history/history_value_internal.h"
#include "sched/workload/says.h"
#include "sched/workload/workload.h"

enum {
    CHUNK = 64,       /* of an answer, on the stack */
    WRITERS_BACK = 16 /* writes looked at, to see whose are lost */
};

static size_t count_of(const struct workload *workload, enum wait_kind wait)
{
    switch (wait) {
    case WAIT_LOCK:
        return workload->lock_count;
    case WAIT_SEND:
    case WAIT_RECV:
        return workload->channel_count;
    case WAIT_BARRIER:
        return workload->barrier_count;
    case WAIT_GIL:
        return 1;
    case WAIT_SEMAPHORE:
        return workload->semaphore_count;
    case WAIT_CONDITION:
        return workload->condition_count;
    case WAIT_READ:
    case WAIT_WRITE:
        return workload->rwlock_count;
    default:
        return 0;
    }
}

struct attendance *history_value_line(const struct history *history,
                                      struct history_values *v,
                                      enum wait_kind wait, int64_t object)
{
    if (!history_value_names(object, count_of(history->workload, wait)))
        return NULL;
    switch (wait) {
    case WAIT_LOCK:
        return &v->lock[object];
    case WAIT_SEND:
        return &v->channel[object].senders;
    case WAIT_RECV:
        return &v->channel[object].receivers;
    case WAIT_BARRIER:
        return &v->barrier[object];
    case WAIT_SEMAPHORE:
        return &v->semaphore[object].line;
    case WAIT_CONDITION:
        return &v->condition[object];
    case WAIT_READ:
        return &v->rwlock[object].readers;
    case WAIT_WRITE:
        return &v->rwlock[object].writers;
    default:
        return &v->gil_line;
    }
}

/* How many writes are among the first `events` events. */
static size_t writes_before(const struct shared_past *past, size_t events)
{
    return track_below(past->write, sizeof *past->write,
                       offsetof(struct past_write, event), past->count, events);
}

/* Whose writes this one has covered without having seen them. */
static void find_lost(const struct history *history,
                      const struct shared_past *past,
                      const struct past_write *write,
                      struct value_shared *value)
{
    uint32_t other = write->other;

    for (int i = 0; i < WRITERS_BACK && other > 0; i++) {
        const struct past_write *lost = &past->write[other - 1];
        int task = (int)history_value_task(history, lost->event);

        if (lost->event < write->read)
            return;
        if (value->lost < 0 && task != value->by)
            value->lost = task;
        if (task != value->by && task != value->lost)
            value->lost_others = true;
        other = lost->other;
    }
}

/* The step of a task that a later event of it belongs to; returns whether there
 * is one. */
static bool step_of(const struct history *history, uint32_t event,
                    struct event *found)
{
    uint32_t task = history_value_task(history, event);
    size_t step;

    if (!history_value_step(history, (int)task, event, &step))
        return false;
    *found = *trace_at(history->trace, step);
    return true;
}

/* Does the text have this word at the place of the step? */
static bool begins_with(const struct workload *workload,
                        const struct event *step, const char *word)
{
    const char *text = workload->listing;
    int line = step->object - workload->listing_line;
    int64_t column = step->value - workload->listing_column;
    uint32_t rune;

    for (; text && line > 0; line--) {
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    for (; text && column > 0 && *text; column--)
        text += text_decode(text, &rune);
    return text && !strncmp(text, word, strlen(word));
}

/* Was what is written made from what was read? So it is in a program in C, in
 * one statement (n = n + 1), and where the step says `write`. */
static bool is_update(const struct history *history,
                      const struct past_write *write)
{
    struct event wrote, had_read;

    if (!step_of(history, write->event, &wrote) ||
        !step_of(history, write->read, &had_read) || wrote.value == 0)
        return true;
    if (wrote.object == had_read.object && wrote.value == had_read.value)
        return true;
    return begins_with(history->workload, &wrote, "write");
}

struct value_shared history_value_shared(const struct history *history,
                                         int shared, size_t events)
{
    struct value_shared value = { .by = -1, .lost = -1 };
    const struct shared_past *past;
    const struct past_write *write;
    const struct event *event;
    size_t writes;

    if (!history_value_names(shared, history->workload->shared_count))
        return value;
    past = &history_values(history)->shared[shared];
    writes = writes_before(past, events);
    value.value = value.before = history->workload->shared[shared].initial;
    if (writes == 0)
        return value;
    write = &past->write[writes - 1];
    if (writes > 1)
        value.before = trace_at(history->trace, write[-1].event)->value;
    event = trace_at(history->trace, write->event);
    value.value = event->value;
    value.since_ns = event->t_ns;
    value.by = (int)event->task;
    value.had_read = write->read != HISTORY_NO_EVENT;
    if (!value.had_read)
        return value;
    value.read = trace_at(history->trace, write->read)->value;
    value.read_ns = trace_at(history->trace, write->read)->t_ns;
    value.update = is_update(history, write);
    find_lost(history, past, write, &value);
    return value;
}

/* Has somebody else written after this READ, among the first `writes`? */
static bool is_old(const struct history *history,
                   const struct shared_past *past, size_t writes, uint32_t read)
{
    const struct past_write *last;
    uint32_t by;

    if (writes == 0 || past->write[writes - 1].event < read)
        return false;
    last = &past->write[writes - 1];
    by = history_value_task(history, last->event);
    if (by != history_value_task(history, read))
        return true;
    return last->other > 0 && past->write[last->other - 1].event > read;
}

size_t history_value_copies(const struct history *history, int shared,
                            size_t events, struct value_copy *copy, size_t max)
{
    const struct shared_past *past;
    uint32_t came[CHUNK];
    size_t count, writes;

    if (!history_value_names(shared, history->workload->shared_count))
        return 0;
    past = &history_values(history)->shared[shared];
    if (max > CHUNK)
        max = CHUNK;
    count = attendance_at(&past->copies, events, came, max);
    writes = writes_before(past, events);
    for (size_t i = 0; i < count && i < max; i++) {
        const struct event *read = trace_at(history->trace, came[i]);

        copy[i] = (struct value_copy){ (int)read->task, read->value, read->t_ns,
                                       is_old(history, past, writes, came[i]) };
    }
    return count;
}

size_t history_value_waiting(const struct history *history, enum wait_kind wait,
                             int object, size_t events, int *task, size_t max)
{
    const struct attendance *line = history_value_line(
        history, history_values(history), wait, object);
    uint32_t came[CHUNK];
    size_t count;

    if (!line)
        return 0;
    if (max > CHUNK)
        max = CHUNK;
    count = attendance_at(line, events, came, max);
    for (size_t i = 0; i < count && i < max; i++)
        task[i] = (int)history_value_task(history, came[i]);
    return count;
}

int history_value_gil(const struct history *history, size_t events,
                      int64_t *since_ns)
{
    const struct lane *gil = &history_values(history)->gil;
    size_t hands = lane_before(gil, events);
    struct lane_stretch last;

    if (hands == 0)
        return -1;
    last = lane_at(gil, hands - 1, 0);
    if (last.state == 0)
        return -1;
    if (since_ns)
        *since_ns = last.from_ns;
    return (int)history_value_task(history, last.what);
}

/* Who did the last of the first `count` events of a track. */
static int last_of(const struct history *history, const struct track *track,
                   size_t count)
{
    return count > 0 ? (int)history_value_task(history, track->event[count - 1])
                     : -1;
}

/* In a damaged trace more may be received than was sent. */
struct value_channel history_value_channel(const struct history *history,
                                           int channel, size_t events)
{
    const struct channel_past *past;
    size_t sent, received;

    if (!history_value_names(channel, history->workload->channel_count))
        return (struct value_channel){ .sender = -1, .receiver = -1 };
    past = &history_values(history)->channel[channel];
    sent = track_before(&past->sent, events);
    received = track_before(&past->received, events);
    return (struct value_channel){
        .count = sent > received ? sent - received : 0,
        .closed = past->closed < events,
        .sender = last_of(history, &past->sent, sent),
        .receiver = last_of(history, &past->received, received),
    };
}

size_t history_value_in(const struct history *history, int channel,
                        size_t events, size_t *sent, size_t max)
{
    size_t count = history_value_channel(history, channel, events).count;
    const struct track *all;
    size_t first;

    if (count == 0)
        return 0;
    all = &history_values(history)->channel[channel].sent;
    first = track_before(all, events) - count;
    for (size_t i = 0; i < count && i < max; i++)
        sent[i] = all->event[first + i];
    return count;
}

int64_t history_value_permits(const struct history *history, int semaphore,
                              size_t events)
{
    const struct track *changed;
    size_t count;

    if (!history_value_names(semaphore, history->workload->semaphore_count))
        return 0;
    changed = &history_values(history)->semaphore[semaphore].changed;
    count = track_before(changed, events);
    return count > 0
               ? trace_at(history->trace, changed->event[count - 1])->value
               : history->workload->semaphore[semaphore].initial;
}

size_t history_value_holders(const struct history *history, int rwlock,
                             size_t events, bool *writes, int *task, size_t max)
{
    uint32_t came[CHUNK];
    size_t count;

    *writes = false;
    if (!history_value_names(rwlock, history->workload->rwlock_count))
        return 0;
    if (max > CHUNK)
        max = CHUNK;
    count = attendance_at(&history_values(history)->rwlock[rwlock].holders,
                          events, came, max);
    for (size_t i = 0; i < count && i < max; i++) {
        task[i] = (int)history_value_task(history, came[i]);
        *writes |= trace_at(history->trace, came[i])->kind == EVENT_WLOCKED;
    }
    return count;
}

/* What happened to the channel that the event at `index` is about. */
static const struct channel_past *past_of(const struct history *history,
                                          size_t index)
{
    int channel = trace_at(history->trace, index)->object;

    return history_value_names(channel, history->workload->channel_count)
               ? &history_values(history)->channel[channel]
               : NULL;
}

/* The n-th value that comes out is the n-th that went in. */
bool history_value_given(const struct history *history, size_t received,
                         size_t *sent)
{
    const struct channel_past *past = past_of(history, received);
    size_t nth = past ? track_before(&past->received, received + 1) : 0;

    if (nth == 0 || nth > past->sent.count)
        return false;
    *sent = past->sent.event[nth - 1];
    return true;
}

bool history_value_stays(const struct history *history, size_t sent,
                         size_t events)
{
    const struct channel_past *past = past_of(history, sent);

    return past && track_before(&past->sent, sent + 1) >
                       track_before(&past->received, events);
}

size_t history_value_asked(const struct history *history, int generator,
                           size_t events, int *by)
{
    const struct history_values *v = history_values(history);
    size_t count;

    *by = -1;
    if (!v->asked || !history_value_names(generator, history->task_count))
        return 0;
    count = track_before(&v->asked[generator], events);
    *by = last_of(history, &v->asked[generator], count);
    return count;
}

bool history_value_step(const struct history *history, int task, size_t events,
                        size_t *step)
{
    const struct track *track;
    size_t count;

    if (!history_value_names(task, history->task_count))
        return false;
    track = &history_values(history)->step[task];
    count = track_before(track, events);
    if (count == 0)
        return false;
    *step = track->event[count - 1];
    return true;
}

size_t history_value_said(const struct history *history, size_t events)
{
    return track_before(&history->values->said, events);
}

size_t history_value_say(const struct history *history, size_t index)
{
    return history->values->said.event[index];
}

static const struct says *says_of(const struct history *history)
{
    if (!history->values->says)
        history->values->says = says_new(history->workload);
    return history->values->says;
}

const char *history_value_text(const struct history *history, size_t event)
{
    return trace_said(history->trace, says_of(history),
                      trace_at(history->trace, event));
}

/* A program in C has no text to look at: one that has said something can. */
bool history_value_can_say(const struct history *history)
{
    return history->values->said.count > 0 || says_any(says_of(history));
}
