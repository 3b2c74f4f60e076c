/*
 * sync_rwlock.c -- readers together, a writer alone (Courtois, Heymans, Parnas,
 * "Concurrent Control with Readers and Writers", 1971).
 *
 * First come, first served: a reader that comes while a writer waits waits,
 * too, or writers might wait for ever. `rwlock r readers` is the other answer
 * of 1971: a reader passes every writer that only waits.
 */
#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"

/* --- who reads ------------------------------------------------------------ */

/* A task reads with one or two: it keeps a list, as it does of copies. */
static void begin_reading(struct scheduler *s, int task, int index)
{
    struct task_control *state = &s->task[task];

    state->reading = xreallocarray(state->reading, (size_t)state->readings + 1,
                                   sizeof *state->reading);
    state->reading[state->readings++] = index;
    s->rwlock[index].readers++;
    spin_counted(s, WAIT_READ, index, 1);
    scheduler_note(s, EVENT_RLOCKED, task, index, s->rwlock[index].readers);
}

static bool end_reading(struct scheduler *s, int task, int index)
{
    struct task_control *state = &s->task[task];

    for (int i = 0; i < state->readings; i++)
        if (state->reading[i] == index) {
            state->reading[i] = state->reading[--state->readings];
            s->rwlock[index].readers--;
            spin_counted(s, WAIT_READ, index, -1);
            return true;
        }
    return false;
}

static void begin_writing(struct scheduler *s, int task, int index)
{
    s->rwlock[index].writer = task;
    scheduler_note(s, EVENT_WLOCKED, task, index, 0);
}

/* --- who is let in -------------------------------------------------------- */

/* May a task that comes now, or is the next of those that wait, go in? */
static bool has_room(const struct rwlock *rwlock, bool writes)
{
    return rwlock->writer < 0 && !(writes && rwlock->readers > 0);
}

/* The first who waits and may go in, -1: nobody. */
static int find_next(const struct scheduler *s, int index)
{
    const struct rwlock *rwlock = &s->rwlock[index];
    int first = rwlock->waiting.first;

    if (s->workload->rwlock[index].readers && rwlock->writer < 0)
        for (int i = first; i >= 0; i = s->link[i].next)
            if (s->task[i].wait_kind == WAIT_READ)
                return i;
    if (first < 0 || !has_room(rwlock, s->task[first].wait_kind == WAIT_WRITE))
        return -1;
    return first;
}

void sync_admit(struct scheduler *s, int index, int by)
{
    int task;

    while ((task = find_next(s, index)) >= 0) {
        wait_queue_remove(&s->rwlock[index].waiting, s->link, task);
        if (s->task[task].wait_kind == WAIT_WRITE)
            begin_writing(s, task, index);
        else
            begin_reading(s, task, index);
        transition_wake(s, task, by);
    }
}

/* --- for tasks ------------------------------------------------------------ */

enum performed sync_rlock(struct scheduler *s, int task, int index)
{
    struct rwlock *rwlock = &s->rwlock[index];

    if (has_room(rwlock, false) && (s->workload->rwlock[index].readers ||
                                    wait_queue_is_empty(&rwlock->waiting))) {
        begin_reading(s, task, index);
        return PERFORMED_GO_ON;
    }
    return sync_queue_up(s, task, &rwlock->waiting, WAIT_READ, index);
}

enum performed sync_wlock(struct scheduler *s, int task, int index)
{
    struct rwlock *rwlock = &s->rwlock[index];

    if (has_room(rwlock, true)) {
        begin_writing(s, task, index);
        return PERFORMED_GO_ON;
    }
    return sync_queue_up(s, task, &rwlock->waiting, WAIT_WRITE, index);
}

void sync_relinquish(struct scheduler *s, int task, int index)
{
    struct rwlock *rwlock = &s->rwlock[index];

    if (rwlock->writer == task)
        rwlock->writer = -1;
    else if (!end_reading(s, task, index))
        return; /* nobody can release what it does not hold */
    scheduler_note(s, EVENT_RELINQUISHED, task, index, rwlock->readers);
    sync_admit(s, index, task);
}
