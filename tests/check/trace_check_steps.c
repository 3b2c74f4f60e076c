/*
 * Every task is followed with a cursor of its own, so what it does is compared
 * with what it was asked to do: the next step may begin only when the one
 * before has had its effect. Tasks written in C have no steps; for them only
 * the rules about work and shared objects are left.
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "tests/check/trace_check_internal.h"

static bool is_program(const struct check *check, const struct event *event)
{
    return check->workload->task[event->task].program;
}

/* Is this the effect of the step underway, which is of that kind? */
static bool is_effect(struct check *check, const struct event *event, int kind)
{
    struct checked_task *task = &check->task[event->task];

    if (is_program(check, event))
        return true;
    if (!trace_check_rule(
            check, task->began && !task->complete && task->request.kind == kind,
            "the task was not asked to do this"))
        return false;
    task->complete = true;
    return true;
}

bool trace_check_belongs(struct check *check, const struct event *event,
                         int kind)
{
    struct checked_task *task = &check->task[event->task];

    if (task->request.kind == STEP_SELECT && !is_program(check, event))
        return trace_check_chosen(check, event, kind);
    return is_effect(check, event, kind) &&
           trace_check_rule(check,
                            is_program(check, event) ||
                                task->request.object == event->object,
                            "the task was not asked to do this");
}

/* --- steps ---------------------------------------------------------------- */

static bool next_request(struct check *check, const struct event *event,
                         struct request *request)
{
    struct checked_task *task = &check->task[event->task];

    if (!task->began)
        step_cursor_init(&task->cursor, check->workload, (int)event->task,
                         trace_info(check->trace)->seed);
    task->began = true;
    if (task->cursor.asked)
        step_cursor_answer(&task->cursor, task->answer, task->got,
                           task->chosen);
    return step_cursor_next(&task->cursor, request);
}

/* Beginnings of rounds and pauses leave no event. */
static bool next_step(struct check *check, const struct event *event,
                      struct request *request)
{
    do
        if (!next_request(check, event, request))
            return false;
    while (request->kind == REQUEST_ROUND || request->kind == REQUEST_PAUSE);
    return true;
}

/* Work without a step: a round that would find nothing new. */
static bool spins(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    struct request request = { .kind = REQUEST_PAUSE };

    if (!task->complete || event->value != STEP_FOREVER ||
        is_program(check, event))
        return false;
    while (request.kind == REQUEST_PAUSE &&
           next_request(check, event, &request))
        continue;
    task->spins = request.kind == REQUEST_ROUND;
    task->left_ns = STEP_FOREVER;
    return task->spins;
}

/* All steps but these have an effect that is an event. Who does not hold what it
 * gives back gives nothing back. */
static bool is_complete_at_once(const struct check *check,
                                const struct request *request)
{
    const struct channel_seen *channel = check->channel;
    const struct rwlock_seen *rwlock = check->rwlock;

    switch (request->kind) {
    case STEP_CPU:
        return request->ns == 0;
    case STEP_YIELD:
        return true;
    case STEP_RELINQUISH:
        rwlock += request->object;
        return rwlock->writer < 0 && rwlock->readers == 0;
    case STEP_SEND:
    case STEP_CLOSE:
        return channel[request->object].closed;
    case STEP_RECV:
        channel += request->object;
        return channel->closed && channel->first == channel->count;
    default:
        return false;
    }
}

static bool begin_step(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    struct request request;

    if (is_program(check, event))
        return true;
    if (task->job_over) {
        step_cursor_fini(&task->cursor);
        task->began = task->job_over = false;
    }
    if (!trace_check_rule(check, task->where == AT_RUNNING,
                          "the task is not at a machine") ||
        !trace_check_rule(check, task->complete,
                          "the step before is not complete") ||
        !trace_check_rule(check,
                          next_step(check, event, &request) &&
                              request.line == event->object &&
                              request.column == event->value,
                          "this is not the next step of the task"))
        return false;
    task->request = request;
    task->left_ns = request.ns;
    task->got = request.tries && request.kind != STEP_RECV;
    task->complete = is_complete_at_once(check, &request);
    return true;
}

static bool work(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    int64_t left_ns = task->left_ns;

    if (event->kind == EVENT_CPU) {
        if (is_program(check, event))
            task->left_ns = left_ns = event->value;
        if (!trace_check_rule(check,
                              task->where == AT_RUNNING && !task->working &&
                                  !task->without_gil &&
                                  ((!(task->complete && task->began) &&
                                    event->value == left_ns) ||
                                   spins(check, event)),
                              "the task cannot begin this work"))
            return false;
        task->working = true;
        return true;
    }
    if (!trace_check_rule(check,
                          task->working && event->value >= 0 &&
                              event->value <= left_ns &&
                              (event->object != 0) ==
                                  (task->spins || event->value == left_ns),
                          "the task did not have this work to do"))
        return false;
    task->working = task->spins = false;
    if (left_ns != STEP_FOREVER)
        task->left_ns -= event->value;
    if (event->object != 0)
        task->complete = true;
    return true;
}

bool trace_check_place(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    int kind = task->request.kind;

    if (!trace_check_rule(check, !task->working,
                          "the task moves while it works"))
        return false;
    if (is_program(check, event))
        return true;
    switch (event->kind) {
    case EVENT_AWAIT:
    case EVENT_HOLD:
        if (event->kind == EVENT_HOLD && event->object == WAIT_GIL)
            break;
        if (kind == STEP_SLEEP || kind == STEP_BLOCK)
            task->complete = true;
        break;
    case EVENT_BLOCKED:
        if (event->object != WAIT_CONDITION)
            break;
        task->awaits = true;
        return trace_check_rule(
            check, kind == STEP_AWAIT && event->value == task->request.object,
            "the task was not asked to do this");
    case EVENT_READY:
        task->awaits = false;
        if (event->object != READY_WOKEN)
            break;
        if (kind == STEP_WAIT)
            task->complete = true;
        if ((kind == STEP_SEND || kind == STEP_RECV) &&
            check->channel[task->request.object].closed)
            task->complete = true;
        break;
    case EVENT_DONE: {
        struct request request;

        return task->quit ||
               trace_check_rule(
                   check, task->complete && !next_step(check, event, &request),
                   "the task is not at the end of its steps");
    }
    }
    return true;
}

/* --- locks, channels, shared variables ------------------------------------ */

/* Who waits for a condition gives the lock away first, and last has it
 * again. */
static bool gives_way(struct check *check, const struct event *event,
                      bool locked)
{
    struct checked_task *task = &check->task[event->task];

    if (!trace_check_rule(check,
                          !task->complete && task->gave == locked &&
                              task->request.value == event->object,
                          "the task was not asked to do this"))
        return false;
    task->gave = !locked;
    task->complete = locked;
    return true;
}

static bool lock(struct check *check, const struct event *event)
{
    int *owner = &check->owner[event->object];
    bool locked = event->kind == EVENT_LOCKED;

    if (!trace_check_rule(check, *owner == (locked ? -1 : (int)event->task),
                          locked ? "somebody else has the lock"
                                 : "the task does not have the lock"))
        return false;
    *owner = locked ? (int)event->task : -1;
    if (check->task[event->task].quit)
        return true;
    if (!is_program(check, event) &&
        check->task[event->task].request.kind == STEP_AWAIT)
        return gives_way(check, event, locked);
    return trace_check_belongs(check, event, locked ? STEP_LOCK : STEP_UNLOCK);
}

static bool send_value(struct check *check, const struct event *event)
{
    struct channel_seen *channel = &check->channel[event->object];
    int64_t size = check->workload->channel[event->object].size;

    if (!trace_check_rule(check,
                          !channel->closed &&
                              (int64_t)(channel->count - channel->first) <=
                                  (size == 0 ? 0 : size - 1),
                          "the channel is full or closed"))
        return false;
    channel->value = xgrow(channel->value, channel->count, &channel->room,
                           sizeof *channel->value);
    channel->value[channel->count++] = event->value;
    return trace_check_belongs(check, event, STEP_SEND);
}

static bool receive(struct check *check, const struct event *event)
{
    struct channel_seen *channel = &check->channel[event->object];

    check->task[event->task].answer = event->value;
    check->task[event->task].got = true;
    return trace_check_rule(check,
                            channel->first < channel->count &&
                                channel->value[channel->first++] ==
                                    event->value,
                            "this is not what was sent first") &&
           trace_check_belongs(check, event, STEP_RECV);
}

static bool share(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    int64_t *value = &check->shared[event->object];

    task->answer = event->value;
    task->got = true;
    if (task->request.kind == REQUEST_LOAD && event->kind == EVENT_READ)
        return trace_check_rule(check, *value == event->value,
                                "this is not what was written last") &&
               trace_check_belongs(check, event, REQUEST_LOAD);
    if (event->kind == EVENT_READ) {
        task->copy_of = event->object;
        task->copy = event->value;
        return trace_check_rule(check, *value == event->value,
                                "this is not what was written last") &&
               trace_check_belongs(check, event, STEP_READ);
    }
    *value = event->value;
    if (task->request.kind == STEP_SET)
        return trace_check_belongs(check, event, STEP_SET) &&
               trace_check_rule(check, task->request.value == event->value,
                                "the task was not asked to do this");
    return trace_check_belongs(check, event, STEP_WRITE) &&
           trace_check_rule(
               check,
               is_program(check, event) || task->copy_of != event->object ||
                   (uint64_t)event->value ==
                       (uint64_t)task->copy + (uint64_t)task->request.value,
               "this is not the copy plus what is added");
}

/* How many objects there are of the kind this event is about. */
static size_t objects(const struct check *check, const struct event *event)
{
    const struct workload *workload = check->workload;

    switch (event->kind) {
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
        return workload->lock_count;
    case EVENT_READ:
    case EVENT_WRITE:
        return workload->shared_count;
    case EVENT_SENT:
    case EVENT_RECEIVED:
    case EVENT_CLOSED:
        return workload->channel_count;
    case EVENT_PASSED:
        return workload->barrier_count;
    case EVENT_SPAWNED:
    case EVENT_JOINED:
    case EVENT_CALLED:
    case EVENT_CANCELLED:
        return workload->task_count;
    default:
        return trace_check_sync_objects(workload, event->kind);
    }
}

/* All of its steps are done; the next job begins them anew. */
static bool end_job(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    struct request request;

    task->job_over = true;
    return trace_check_rule(
        check,
        is_program(check, event) ||
            (task->complete && !next_request(check, event, &request)),
        "the job is not at the end of its steps");
}

/* What comes of a job, of waiting, of the whole task. */
static bool come_out(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];

    switch (event->kind) {
    case EVENT_JOB_DONE:
        return end_job(check, event);
    case EVENT_MISSED:
        return trace_check_rule(check, event->t_ns >= event->value,
                                "the deadline is still to come");
    case EVENT_SUM:
        task->result = event->value;
        return is_effect(check, event, STEP_SUM);
    case EVENT_RESULT:
        return trace_check_rule(
            check, is_program(check, event) || event->value == task->result,
            "this is not the sum the task made");
    case EVENT_GAVE_UP:
        task->got = task->awaits = false;
        task->complete = event->object != WAIT_CONDITION || !task->gave;
        return trace_check_rule(check, task->request.tries,
                                "the task was to wait as long as it takes");
    case EVENT_CHOSE:
        task->chosen = event->object;
        task->complete = true;
        return trace_check_rule(check,
                                task->request.kind == STEP_SELECT &&
                                    event->object >= 0 &&
                                    event->object < task->request.choices,
                                "the task had no such choice");
    case EVENT_QUIT:
        task->quit = true;
        return trace_check_rule(check, task->cancelled,
                                "nobody has cancelled the task");
    default:
        return trace_check_sync(check, event);
    }
}

bool trace_check_step(struct check *check, const struct event *event)
{
    size_t count = objects(check, event);

    if (!trace_check_rule(check,
                          count == SIZE_MAX || (event->object >= 0 &&
                                                (size_t)event->object < count),
                          "there is no such object"))
        return false;
    switch (event->kind) {
    case EVENT_STEP:
        return begin_step(check, event);
    case EVENT_CPU:
    case EVENT_WORKED:
        return work(check, event);
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
        return lock(check, event);
    case EVENT_SENT:
        return send_value(check, event);
    case EVENT_RECEIVED:
        return receive(check, event);
    case EVENT_SAY:
        return is_effect(check, event, STEP_SAY);
    case EVENT_PRIORITY:
        return event->object || is_effect(check, event, STEP_PRIORITY);
    case EVENT_CLOSED:
        check->channel[event->object].closed = true;
        return trace_check_belongs(check, event, STEP_CLOSE);
    case EVENT_READ:
    case EVENT_WRITE:
        return share(check, event);
    case EVENT_PASSED:
        return trace_check_belongs(check, event, STEP_WAIT);
    case EVENT_SPAWNED:
        return trace_check_belongs(check, event, STEP_SPAWN);
    case EVENT_CALLED:
        return trace_check_belongs(check, event, STEP_NEXT);
    case EVENT_JOINED:
        return trace_check_rule(check,
                                check->task[event->object].where == AT_DONE,
                                "the other task is not done") &&
               trace_check_belongs(check, event, STEP_JOIN);
    case EVENT_CANCELLED:
        check->task[event->object].cancelled = true;
        return trace_check_belongs(check, event, STEP_CANCEL);
    default:
        return come_out(check, event);
    }
}
