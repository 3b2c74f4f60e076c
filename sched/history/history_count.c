/*
 * How many at any instant: the counts are stored every TALLY_BLOCK events,
 * and for every event one byte says what it changed. So the counts after any
 * number of events are the last ones stored before it, with the few events
 * since applied once more.
 */
#include <assert.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"

/* Works forwards only. To go back, an earlier stored tally is loaded and the
 * events after it are applied again. */
static void apply(struct tally *tally, const struct event *event,
                  unsigned change)
{
    if (change & CHANGE_NOTHING)
        return;
    tally->in_state[change & CHANGE_STATE]--;
    tally->in_state[history_state_after(event->kind)]++;
    if (change & CHANGE_BEGAN)
        tally->in_progress++;
    if (change & CHANGE_ENDED)
        tally->in_progress--;
}

/* At least doubling, so that a live run moves O(n) in total. */
static size_t room_for(size_t count, size_t capacity)
{
    return count < 2 * capacity ? 2 * capacity : count;
}

/* There is always a block for the next event. */
void history_count_room(struct history *history, size_t events)
{
    size_t blocks = events / TALLY_BLOCK + 1;

    if (events > history->change_capacity) {
        history->change_capacity = room_for(events, history->change_capacity);
        history->change = xreallocarray(
            history->change, history->change_capacity, sizeof *history->change);
    }
    if (blocks > history->block_capacity) {
        history->block_capacity = room_for(blocks, history->block_capacity);
        history->block = xreallocarray(history->block, history->block_capacity,
                                       sizeof *history->block);
    }
}

static void begin_block(struct history *history, size_t block)
{
    history->block[block] = (struct tally_block){ .before = history->now };
}

/* Block 0 begins before the first event, so that every instant has a stored
 * tally before it. */
void history_count_init(struct history *history)
{
    history->now.in_state[STATE_ABSENT] = (int)history->task_count;
    history_count_room(history, 0);
    begin_block(history, 0);
}

void history_count_fini(struct history *history)
{
    free(history->block);
    free(history->change);
}

/* Time goes on: who has worked since the last event did so for a while. */
static void note_working(struct history *history, int64_t t_ns)
{
    if (t_ns <= history->last_ns)
        return;
    if (history->max_working < history->now.in_state[STATE_RUNNING])
        history->max_working = history->now.in_state[STATE_RUNNING];
    history->last_ns = t_ns;
}

/* The number working is noted before the event is applied, because it describes
 * the time up to now; the number in progress after it. Whoever looks for a
 * state that nobody has entered can pass over the whole block. */
void history_count_event(struct history *history, const struct event *event,
                         unsigned change)
{
    struct tally_block *block = &history->block[history->read / TALLY_BLOCK];
    size_t events = history->read + 1;

    note_working(history, event->t_ns);
    history->change[history->read] = (uint8_t)change;
    if (history->read % TALLY_BLOCK == 0)
        block->first_ns = event->t_ns;
    if (!(change & CHANGE_NOTHING))
        block->entered |= (uint16_t)(1u << history_state_after(event->kind));
    apply(&history->now, event, change);
    if (history->max_in_progress < history->now.in_progress)
        history->max_in_progress = history->now.in_progress;
    if (events % TALLY_BLOCK == 0)
        begin_block(history, events / TALLY_BLOCK);
}

/* --- answers -------------------------------------------------------------- */

/* The latest tally needs no search: a live picture asks for it in every
 * frame. */
struct tally history_tally(const struct history *history, size_t events)
{
    size_t i = events - events % TALLY_BLOCK;
    struct tally tally;

    assert(events <= history->read);
    if (events == history->read)
        return history->now;
    tally = history->block[i / TALLY_BLOCK].before;
    for (; i < events; i++)
        apply(&tally, trace_at(history->trace, i), history->change[i]);
    return tally;
}

static struct tally tally_at(const struct history *history, int64_t t_ns)
{
    return history_tally(history, history_after(history, t_ns));
}

int history_in_progress(const struct history *history, int64_t t_ns)
{
    return tally_at(history, t_ns).in_progress;
}

int history_working(const struct history *history, int64_t t_ns)
{
    return tally_at(history, t_ns).in_state[STATE_RUNNING];
}

/* Does the machine have somebody who computes at t_ns and for a while after,
 * and whom one of the first `events` events let? */
static bool is_working(const struct history *history, int machine,
                       size_t events, int64_t t_ns)
{
    struct service at = history_service_at(history, machine, t_ns);

    return at.kind == SERVICE_BUSY &&
           history_at(history, at.task, t_ns).event < events;
}

/* The machines are asked rather than the tasks: only a task at a machine can be
 * working, and there are far fewer machines. */
void history_counts(const struct history *history, size_t events,
                    int *in_progress, int *working)
{
    int64_t t_ns = trace_at(history->trace, events - 1)->t_ns;

    *in_progress = history_tally(history, events).in_progress;
    *working = 0;
    for (int i = 0; i < history->machine_count; i++)
        *working += is_working(history, i, events, t_ns);
}

/* STATE_CHOSEN is an internal distinction: for everyone else a machine that
 * changes over to a task already holds it. */
int history_count(const struct history *history, enum task_state state,
                  int64_t t_ns)
{
    struct tally tally = tally_at(history, t_ns);

    if (state == STATE_HELD)
        return tally.in_state[STATE_HELD] + tally.in_state[STATE_CHOSEN];
    return tally.in_state[state];
}

int history_max_in_progress(const struct history *history)
{
    return history->max_in_progress;
}

/* Of what is true since the last event nobody knows whether it will last,
 * unless that was the end. */
int history_max_working(const struct history *history)
{
    int now = history->now.in_state[STATE_RUNNING];
    bool lasts = history->ended || history->end_ns > history->last_ns;

    return lasts && now > history->max_working ? now : history->max_working;
}

/* From the start of the run on, even who comes and goes at once is seen. */
void history_max_between(const struct history *history, int64_t from_ns,
                         int64_t to_ns, int *in_progress, int *working)
{
    size_t i = from_ns > 0 ? history_after(history, from_ns) : 0;
    struct tally tally = history_tally(history, i);
    int64_t at_ns = from_ns;

    *in_progress = tally.in_progress;
    *working = 0;
    for (; i < history->read; i++) {
        const struct event *event = trace_at(history->trace, i);

        if (event->t_ns > to_ns)
            break;
        if (event->t_ns > at_ns && *working < tally.in_state[STATE_RUNNING])
            *working = tally.in_state[STATE_RUNNING];
        at_ns = event->t_ns;
        apply(&tally, event, history->change[i]);
        if (*in_progress < tally.in_progress)
            *in_progress = tally.in_progress;
    }
    if (to_ns > at_ns && *working < tally.in_state[STATE_RUNNING])
        *working = tally.in_state[STATE_RUNNING];
}
