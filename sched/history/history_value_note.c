/*
 * Reading events for the values: each adds a number or two to what is known of
 * the thing that it is about (history_value.c says how answers are found).
 *
 * Most runs are never asked about a value, so the events are read for the first
 * question, and those that are new since then for the next. Only what is said
 * is noted at once: every report asks for it.
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/history/history_value_internal.h"
#include "sched/workload/says.h"
#include "sched/workload/workload.h"

enum {
    COPIES_MOST = 64 /* that a task is known to have */
};

static bool has_generators(const struct workload *workload)
{
    for (size_t i = 0; i < workload->task_count; i++)
        if (workload->task[i].generator)
            return true;
    return false;
}

void history_value_init(struct history *history)
{
    history->values = xcalloc(1, sizeof *history->values);
}

static void values_open(const struct history *history)
{
    const struct workload *workload = history->workload;
    struct history_values *v = history->values;

    v->step = xcalloc(workload->task_count, sizeof *v->step);
    v->waiting = xcalloc(workload->task_count, sizeof *v->waiting);
    v->gil_owner = EVENT_NO_TASK;
    if (workload->shared_count > 0 || workload->rwlock_count > 0)
        v->own = xcalloc(workload->task_count, sizeof *v->own);
    if (has_generators(workload))
        v->asked = xcalloc(workload->task_count, sizeof *v->asked);
    v->shared = xcalloc(workload->shared_count, sizeof *v->shared);
    v->channel = xcalloc(workload->channel_count, sizeof *v->channel);
    for (size_t i = 0; i < workload->channel_count; i++)
        v->channel[i].closed = HISTORY_NO_EVENT;
    v->lock = xcalloc(workload->lock_count, sizeof *v->lock);
    v->barrier = xcalloc(workload->barrier_count, sizeof *v->barrier);
    v->condition = xcalloc(workload->condition_count, sizeof *v->condition);
    v->semaphore = xcalloc(workload->semaphore_count, sizeof *v->semaphore);
    v->rwlock = xcalloc(workload->rwlock_count, sizeof *v->rwlock);
}

static void fini_tasks(struct history_values *v, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        track_fini(&v->step[i]);
        if (v->own)
            free(v->own[i].own);
        if (v->asked)
            track_fini(&v->asked[i]);
    }
    free(v->step);
    free(v->waiting);
    free(v->own);
    free(v->asked);
}

static void fini_channels(struct history_values *v, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        track_fini(&v->channel[i].sent);
        track_fini(&v->channel[i].received);
        attendance_fini(&v->channel[i].senders);
        attendance_fini(&v->channel[i].receivers);
    }
    free(v->channel);
}

static void fini_semaphores(struct history_values *v, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        track_fini(&v->semaphore[i].changed);
        attendance_fini(&v->semaphore[i].line);
    }
    free(v->semaphore);
}

static void fini_rwlocks(struct history_values *v, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        attendance_fini(&v->rwlock[i].holders);
        attendance_fini(&v->rwlock[i].readers);
        attendance_fini(&v->rwlock[i].writers);
    }
    free(v->rwlock);
}

static void fini_lines(struct attendance *line, size_t count)
{
    for (size_t i = 0; i < count; i++)
        attendance_fini(&line[i]);
    free(line);
}

static void values_close(const struct history *history)
{
    const struct workload *workload = history->workload;
    struct history_values *v = history->values;

    fini_tasks(v, workload->task_count);
    for (size_t i = 0; i < workload->shared_count; i++) {
        free(v->shared[i].write);
        attendance_fini(&v->shared[i].copies);
    }
    free(v->shared);
    fini_channels(v, workload->channel_count);
    fini_semaphores(v, workload->semaphore_count);
    fini_rwlocks(v, workload->rwlock_count);
    fini_lines(v->lock, workload->lock_count);
    fini_lines(v->barrier, workload->barrier_count);
    fini_lines(v->condition, workload->condition_count);
    attendance_fini(&v->gil_line);
}

void history_value_fini(struct history *history)
{
    struct history_values *v = history->values;

    if (v->step)
        values_close(history);
    track_fini(&v->said);
    says_free(v->says);
    free(v);
}

void history_value_say_event(struct history *history)
{
    track_add(&history->values->said, history->read);
}

/* --- who waits ------------------------------------------------------------ */

/* The same, of a task that an event has put somewhere. Who is at a machine
 * without the GIL does there what needs none. */
static struct attendance *line_after(const struct history *history,
                                     const struct event *event)
{
    if (event->kind == EVENT_BLOCKED)
        return history_value_line(history, history->values,
                                  (enum wait_kind)event->object, event->value);
    if (event->kind == EVENT_HOLD && event->object != WAIT_GIL)
        return history_value_line(history, history->values,
                                  (enum wait_kind)event->object, event->spare);
    return NULL;
}

/* A task that is blocked, or held, waits until it is somewhere else. */
static void move_waiting(const struct history *history,
                         const struct event *event)
{
    struct waiting *waiting = &history->values->waiting[event->task];

    if (waiting->line)
        attendance_leave(waiting->line, waiting->visit, history->values->read);
    waiting->line = line_after(history, event);
    if (waiting->line)
        waiting->visit = attendance_come(waiting->line, history->values->read);
}

/* Who has the GIL keeps it until somebody else is told to have it, but for who
 * stops running other than by stepping aside. */
static void move_gil(const struct history *history, const struct event *event)
{
    struct history_values *v = history->values;
    bool gets = event->kind == EVENT_GIL;

    if (!gets && v->gil_owner != event->task)
        return;
    lane_add(&v->gil, history->arena, event->t_ns, gets,
             (uint32_t)history->values->read);
    v->gil_owner = gets ? event->task : EVENT_NO_TASK;
}

static bool stops_running(const struct event *event)
{
    return event->kind == EVENT_AWAIT || event->kind == EVENT_HOLD ||
           event->kind == EVENT_BLOCKED || event->kind == EVENT_DONE;
}

/* --- variables ------------------------------------------------------------ */

/* What the task has of it, or NULL. */
static struct own_visit *find_own(struct own_visits *own,
                                  const struct attendance *at)
{
    for (size_t i = 0; i < own->count; i++)
        if (own->own[i].at == at)
            return &own->own[i];
    return NULL;
}

static void drop_own(const struct history *history, struct own_visits *own,
                     struct own_visit *visit)
{
    if (!visit)
        return;
    attendance_leave(visit->at, visit->visit, history->values->read);
    *visit = own->own[--own->count];
}

static bool is_copy(const struct history *history, const struct own_visit *own)
{
    return trace_at(history->trace, own->event)->kind == EVENT_READ;
}

/* A task that reads a thousand elements will hardly write them all: the oldest
 * copy is forgotten. */
static void make_room(const struct history *history, struct own_visits *own)
{
    struct own_visit *oldest = NULL;

    for (size_t i = 0; i < own->count; i++)
        if (is_copy(history, &own->own[i]) &&
            (!oldest || own->own[i].event < oldest->event))
            oldest = &own->own[i];
    drop_own(history, own, oldest);
}

/* Have it from this event on, instead of what the task had of it before. */
static void take(const struct history *history, struct attendance *at,
                 uint32_t task)
{
    struct own_visits *own = &history->values->own[task];

    drop_own(history, own, find_own(own, at));
    if (own->count >= COPIES_MOST)
        make_room(history, own);
    own->own = xgrow(own->own, own->count, &own->capacity, sizeof *own->own);
    own->own[own->count++] = (struct own_visit){
        at, (uint32_t)history->values->read,
        (uint32_t)attendance_come(at, history->values->read)
    };
}

static void give_back(const struct history *history, struct attendance *at,
                      uint32_t task)
{
    struct own_visits *own = &history->values->own[task];

    drop_own(history, own, find_own(own, at));
}

static void note_write(const struct history *history, const struct event *event)
{
    struct history_values *v = history->values;
    struct own_visits *own = &v->own[event->task];
    struct shared_past *past = &v->shared[event->object];
    struct own_visit *copy = find_own(own, &past->copies);
    struct past_write write = { .event = (uint32_t)history->values->read,
                                .read = copy ? copy->event : HISTORY_NO_EVENT };

    if (past->count > 0) {
        const struct past_write *last = &past->write[past->count - 1];

        write.other = history_value_task(history, last->event) == event->task
                          ? last->other
                          : (uint32_t)past->count;
    }
    past->write = xgrow(past->write, past->count, &past->capacity,
                        sizeof *past->write);
    past->write[past->count++] = write;
    drop_own(history, own, copy);
}

/* A task that is done has no copies any more, but keeps its locks. */
static void drop_copies(const struct history *history, uint32_t task)
{
    struct own_visits *own = &history->values->own[task];

    for (size_t i = own->count; i-- > 0;)
        if (is_copy(history, &own->own[i]))
            drop_own(history, own, &own->own[i]);
}

/* --- all events ----------------------------------------------------------- */

static void note_channel(const struct history *history,
                         const struct event *event)
{
    struct channel_past *past;

    if (!history_value_names(event->object, history->workload->channel_count))
        return;
    past = &history->values->channel[event->object];
    if (event->kind == EVENT_SENT)
        track_add(&past->sent, history->values->read);
    else if (event->kind == EVENT_RECEIVED)
        track_add(&past->received, history->values->read);
    else if (past->closed == HISTORY_NO_EVENT)
        past->closed = (uint32_t)history->values->read;
}

static void note_shared(const struct history *history,
                        const struct event *event)
{
    if (!history_value_names(event->object, history->workload->shared_count))
        return;
    if (event->kind == EVENT_READ)
        take(history, &history->values->shared[event->object].copies,
             event->task);
    else
        note_write(history, event);
}

static void note_semaphore(const struct history *history,
                           const struct event *event)
{
    if (history_value_names(event->object, history->workload->semaphore_count))
        track_add(&history->values->semaphore[event->object].changed,
                  history->values->read);
}

static void note_rwlock(const struct history *history,
                        const struct event *event)
{
    struct attendance *holders;

    if (!history_value_names(event->object, history->workload->rwlock_count))
        return;
    holders = &history->values->rwlock[event->object].holders;
    if (event->kind == EVENT_RELINQUISHED)
        give_back(history, holders, event->task);
    else
        take(history, holders, event->task);
}

/* Between the two halves of a call that was cut in two nothing is asked. */
static void note_call(const struct history *history, const struct event *event)
{
    if (event->object == 0 && history->values->asked &&
        history_value_names(event->value, history->task_count))
        track_add(&history->values->asked[event->value], history->values->read);
}

static void note_event(const struct history *history, const struct event *event)
{
    switch ((enum event_kind)event->kind) {
    case EVENT_STEP:
        track_add(&history->values->step[event->task], history->values->read);
        break;
    case EVENT_READ:
    case EVENT_WRITE:
        note_shared(history, event);
        break;
    case EVENT_SENT:
    case EVENT_RECEIVED:
    case EVENT_CLOSED:
        note_channel(history, event);
        break;
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
        note_semaphore(history, event);
        break;
    case EVENT_RLOCKED:
    case EVENT_WLOCKED:
    case EVENT_RELINQUISHED:
        note_rwlock(history, event);
        break;
    case EVENT_GIL:
        move_gil(history, event);
        break;
    default:
        break;
    }
}

static void note_place(const struct history *history, const struct event *event)
{
    move_waiting(history, event);
    if (stops_running(event))
        move_gil(history, event);
    if (event->kind == EVENT_CALL)
        note_call(history, event);
    if (event->kind == EVENT_DONE && history->values->own)
        drop_copies(history, event->task);
}

/* A task that does not exist has nothing. */
static void note(const struct history *history, const struct event *event)
{
    if (event->task >= history->task_count || event->kind >= EVENT_KINDS)
        return;
    if (event_is_place(event->kind))
        note_place(history, event);
    else
        note_event(history, event);
}

struct history_values *history_values(const struct history *history)
{
    struct history_values *v = history->values;

    if (!v->step)
        values_open(history);
    for (; v->read < history->read; v->read++)
        note(history, trace_at(history->trace, v->read));
    return v;
}
