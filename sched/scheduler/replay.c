/*
 * replay.c -- runs whose decisions are made elsewhere.
 *
 * A decision source says, in the model, who is next and where a task is stopped
 * between two steps. It is asked only where the answer can matter: before
 * steps that others can notice, and when there is somebody else. Where tasks
 * can be stopped, it may also let time pass until the next alarm although
 * somebody is ready: a thread can be kept from its core for any time.
 *
 * A script (script.c) makes the same decisions in a real run.
 */
#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/decision_source.h"
#include "sched/scheduler/scheduler_internal.h"

/* A request that was not performed because its task was stopped before. */
struct postponed {
    struct request request;
    bool waits;
};

/* Where there is only one possibility nobody is asked. */
static size_t decide(struct scheduler *s, size_t count, bool stops)
{
    return count < 2 ? 0 : s->decisions->decide(s->decisions, count, stops);
}

/* May time pass although somebody is ready? */
static bool can_rest(const struct scheduler *s)
{
    return (s->traits & PREEMPTIVE) && s->alarms.count > 0;
}

/* Tasks in the only queue that have something new to do: those that go round
 * only look again at what they know. If all do, all of them. */
static size_t count_live(const struct scheduler *s)
{
    size_t count = 0;

    if (s->watchers == 0)
        return s->queue[0].count;
    for (int i = s->queue[0].list.first; i >= 0; i = s->link[i].next)
        count += !s->task[i].still;
    return count > 0 ? count : s->queue[0].count;
}

/* The one at index among them. */
static int nth(const struct scheduler *s, size_t index)
{
    bool all = s->watchers == 0 || count_live(s) == s->queue[0].count;
    int task = s->queue[0].list.first;

    for (;; task = s->link[task].next)
        if ((all || !s->task[task].still) && index-- == 0)
            return task;
}

/* One more possibility than there are tasks stands for: nobody, for now. */
int replay_next(struct scheduler *s)
{
    size_t count = count_live(s);
    size_t choice;

    if (s->script)
        return script_next(s);
    choice = decide(s, count + can_rest(s), false);
    s->resting = choice == count;
    return s->resting ? -1 : nth(s, choice);
}

/* Does it make a difference to others whether they come before or after? */
static bool is_noticed(int kind)
{
    switch (kind) {
    case STEP_LOCK:
    case STEP_UNLOCK:
    case STEP_READ:
    case STEP_WRITE:
    case STEP_SET:
    case REQUEST_LOAD:
    case STEP_SEND:
    case STEP_RECV:
    case STEP_CLOSE:
    case STEP_WAIT:
    case STEP_SPAWN:
    case STEP_NEXT:
    case STEP_CANCEL:
    case STEP_SELECT:
    case STEP_ACQUIRE:
    case STEP_RELEASE:
    case STEP_AWAIT:
    case STEP_SIGNAL:
    case STEP_BROADCAST:
    case STEP_RLOCK:
    case STEP_WLOCK:
    case STEP_RELINQUISH:
        return true;
    default:
        return false;
    }
}

/* Choose who goes on instead of turn: it is promised the machine. Returns
 * false if it is turn itself. */
static bool choose_other(struct scheduler *s, int turn)
{
    size_t count = count_live(s);
    size_t choice = decide(s, 1 + count + can_rest(s), true);

    s->resting = choice > count;
    if (choice > 0 && !s->resting)
        transition_promise(s, nth(s, choice - 1), s->task[turn].machine);
    return choice > 0;
}

/* The first step of a turn is never stopped before: whoever decided on that
 * turn could have chosen somebody else then. */
bool replay_stops(struct scheduler *s, int task, const struct request *request)
{
    int turn = transition_turn(s, task);
    struct machine *machine = &s->machine[s->task[turn].machine];
    bool began = !machine->stepped;

    if (request->kind == REQUEST_ROUND || request->kind == REQUEST_PAUSE)
        return false;
    machine->stepped = true;
    if (request->together || !(s->traits & PREEMPTIVE) || began ||
        !is_noticed(request->kind))
        return false;
    if (s->script ? !script_wants(s, turn, EVENT_READY, READY_PREEMPTED)
                  : !choose_other(s, turn))
        return false;
    if (!s->postponed)
        s->postponed = xcalloc(s->workload->task_count, sizeof *s->postponed);
    s->postponed[task] = (struct postponed){ *request, true };
    transition_step_aside(s, turn, READY_PREEMPTED, -1, false);
    return true;
}

bool replay_is_postponed(const struct scheduler *s, int task)
{
    return s->postponed && s->postponed[task].waits;
}

/* What it asks for may have been calculated from values that are past. */
static uint64_t hash_request(const struct request *request)
{
    const int64_t part[] = { request->kind,   request->line,  request->column,
                             request->object, request->value, request->last,
                             request->ns };
    uint64_t hash = 1;

    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        hash = random_mix(hash + (uint64_t)part[i]);
    return hash;
}

uint64_t replay_hash(const struct scheduler *s, int task)
{
    return replay_is_postponed(s, task)
               ? hash_request(&s->postponed[task].request)
               : 0;
}

/* The cursor has gone past the step already, so the request is kept here. */
bool scheduler_postponed(struct scheduler *s, int task, struct request *request)
{
    if (!replay_is_postponed(s, task))
        return false;
    s->postponed[task].waits = false;
    *request = s->postponed[task].request;
    return true;
}
