/*
 * Runs that are told what to do.
 *
 * A director decides, in the model, who is next and where a task is stopped
 * between two steps. It is asked only where the answer can matter: before
 * steps that others can notice, and when there is somebody else. Where tasks
 * can be stopped, it may also let time pass until the next alarm, though
 * somebody is in line: a thread can be kept from its core for any time.
 *
 * A script is the trace of such a run, and a real run follows it event by
 * event. Only three kinds of events are not settled by those before: an alarm
 * rings, somebody leaves the line, somebody is stopped. Each of them happens
 * when it is next in the script, and not before; so the order of all events is
 * the same although the times are not.
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/scheduler/decision_source.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/trace/trace.h"

/* A request that was not performed because its task was stopped before. */
struct postponed {
    struct request request;
    bool waits;
};

/* --- the script ------------------------------------------------------------ */

/* The event that comes next, or NULL. */
static const struct event *next_event(const struct scheduler *s)
{
    if (s->script == NULL || s->noted >= trace_count(s->script))
        return NULL;
    return trace_at(s->script, s->noted);
}

/* Is that event of this kind, about that task? */
static bool comes_next(const struct scheduler *s, int task,
                       enum event_kind kind, int object)
{
    const struct event *event = next_event(s);

    return event != NULL && event->task == (uint32_t)task &&
           event->kind == kind && event->object == object;
}

static bool is_alarm(const struct event *event)
{
    if (event->kind == EVENT_RUN)
        return event->object == 1;
    return event->kind == EVENT_READY && event->value == -1 &&
           (event->object == READY_ARRIVED || event->object == READY_WOKEN);
}

int replay_alarm(const struct scheduler *s)
{
    const struct event *event = next_event(s);
    size_t position;

    if (event == NULL || !is_alarm(event) ||
        event->task >= s->workload->task_count)
        return -1;
    position = (size_t)s->position[event->task];
    if (position >= s->alarms.count ||
        s->alarms.entry[position].task != (int)event->task)
        return -1;
    return (int)event->task;
}

int64_t replay_next_ns(const struct scheduler *s)
{
    int task = replay_alarm(s);

    return task < 0 ? TIME_NEVER : s->alarms.entry[s->position[task]].key;
}

int replay_tick(struct scheduler *s, int64_t now_ns)
{
    int count = 0;

    while (replay_next_ns(s) <= now_ns) {
        scheduler_wake(s, replay_alarm(s), now_ns);
        count++;
    }
    return count;
}

bool replay_arrives(const struct scheduler *s, int task)
{
    return comes_next(s, task, EVENT_READY, READY_ARRIVED);
}

/* Whom the script wants to run; it must be in line. If the script wants what
 * cannot be, the run has left it, and goes on without. */
static int next_of_script(struct scheduler *s)
{
    const struct event *event = next_event(s);

    if (replay_alarm(s) >= 0)
        return -1;
    if (event == NULL || event->kind != EVENT_RUN || event->object != 0 ||
        event->task >= s->workload->task_count ||
        s->actor[event->task].place != PLACE_IN_LINE) {
        s->script = NULL;
        return s->line[0].queue.first;
    }
    return (int)event->task;
}

/* --- the director ---------------------------------------------------------- */

static size_t decide(struct scheduler *s, size_t count, bool stops)
{
    return count < 2 ? 0 : s->director->decide(s->director, count, stops);
}

/* May time pass although somebody is in line? */
static bool can_rest(const struct scheduler *s)
{
    return (s->traits & PREEMPTIVE) && s->alarms.count > 0;
}

/* The task at index in the only line. */
static int nth(const struct scheduler *s, size_t index)
{
    int task = s->line[0].queue.first;

    while (index-- > 0)
        task = s->link[task].behind;
    return task;
}

int replay_next(struct scheduler *s)
{
    size_t count = s->line[0].count;
    size_t choice;

    if (s->script != NULL)
        return next_of_script(s);
    choice = decide(s, count + can_rest(s), false);
    s->resting = choice == count;
    return s->resting ? -1 : nth(s, choice);
}

/* Does it make a difference for others whether they come before or after? */
static bool is_noticed(enum step_kind kind)
{
    switch (kind) {
    case STEP_LOCK:
    case STEP_UNLOCK:
    case STEP_READ:
    case STEP_WRITE:
    case STEP_SEND:
    case STEP_RECV:
    case STEP_CLOSE:
    case STEP_WAIT:
    case STEP_SPAWN:
    case STEP_NEXT:
        return true;
    default:
        return false;
    }
}

static void postpone(struct scheduler *s, int task,
                     const struct request *request)
{
    if (s->postponed == NULL)
        s->postponed = xcalloc(s->workload->task_count, sizeof *s->postponed);
    s->postponed[task] = (struct postponed){ *request, true };
}

/* Choose who goes on instead of turn: it is promised the machine. Returns
 * false if it is turn itself. */
static bool choose_other(struct scheduler *s, int turn)
{
    size_t count = s->line[0].count;
    size_t choice = decide(s, 1 + count + can_rest(s), true);
    int other;

    if (choice == 0)
        return false;
    s->resting = choice > count;
    if (s->resting)
        return true;
    other = nth(s, choice - 1);
    ready_queue_remove(transition_line(s, other), other);
    s->machine[0].promised = other;
    s->actor[other].machine = s->actor[turn].machine;
    return true;
}

bool replay_stops(struct scheduler *s, int task, const struct request *request,
                  int64_t now_ns)
{
    int turn = transition_turn(s, task);
    struct station *machine = &s->machine[s->actor[turn].machine];
    bool began = !machine->stepped;

    machine->stepped = true;
    if (!(s->traits & PREEMPTIVE) || began || !is_noticed(request->kind))
        return false;
    if (s->script != NULL) {
        if (!comes_next(s, turn, EVENT_READY, READY_PREEMPTED))
            return false;
    } else if (!choose_other(s, turn)) {
        return false;
    }
    postpone(s, task, request);
    transition_step_aside(s, turn, READY_PREEMPTED, -1, now_ns);
    return true;
}

bool scheduler_postponed(struct scheduler *s, int task, struct request *request)
{
    if (s->postponed == NULL || !s->postponed[task].waits)
        return false;
    s->postponed[task].waits = false;
    *request = s->postponed[task].request;
    return true;
}

bool scheduler_must_wait(const struct scheduler *s)
{
    return s->script != NULL && replay_alarm(s) >= 0;
}

void scheduler_await(struct scheduler *s)
{
    if (replay_alarm(s) < 0)
        s->script = NULL;
}
