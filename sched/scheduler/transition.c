/*
 * transition.c -- where tasks are: each function here is one arrow of the
 * picture in event.h.
 *
 * It writes the event and changes all that must agree with it, so that at any
 * time every task is in exactly one place:
 *
 *   ready      in one queue, or promised to one machine
 *   at machine machine[m].turn is the task; or it is the generator that this
 *              task calls
 *   asleep     in the heap of alarms
 *   blocked    in the queue of what it waits for
 *
 * A turn belongs to the task that got the machine. A generator it calls runs
 * within it: if the turn ends early, both leave together, and the call goes
 * on when the caller is back.
 *
 * Nothing here follows from anything else: what a transition sets off (others
 * are woken, the GIL is released) is done by whoever completes the step, in
 * perform.c.
 */
#include <assert.h>

#include "sched/base/clock.h"
#include "sched/scheduler/scheduler_internal.h"

/* While a machine changes over, it is busy for its task: nothing is stuck. */
static bool runs(enum task_place place)
{
    return place == PLACE_RUNNING || place == PLACE_SWITCHING;
}

/* The one place where a place changes, so that s->running stays right. */
static void move(struct scheduler *s, int task, enum task_place place)
{
    s->running -= runs(s->task[task].place);
    s->running += runs(place);
    s->task[task].place = (uint8_t)place;
}

/* Lines of the text are numbered from 1; several may share one queue (R18). */
struct ready_queue *transition_queue(struct scheduler *s, int task)
{
    return &s->queue[(s->workload->task[task].line - 1) % s->queues];
}

/* Slices, priorities and the GIL belong to the turn, not to the generator. */
int transition_turn(const struct scheduler *s, int task)
{
    return s->task[task].caller >= 0 ? s->task[task].caller : task;
}

/* --- into the queue ------------------------------------------------------- */

/* Apart, so that a run without ranks need not save the registers it uses. */
__attribute__((noinline)) static void push_ranked(struct scheduler *s, int task,
                                                  bool front)
{
    struct ready_queue *queue = transition_queue(s, task);

    ready_queue_push(queue, task, rank_in_line(s, task, queue), front);
}

static void enqueue(struct scheduler *s, int task, bool front)
{
    move(s, task, PLACE_IN_LINE);
    s->ready++;
    if (s->ranked)
        push_ranked(s, task, front);
    else
        ready_queue_push(transition_queue(s, task), task, 0, front);
}

/* Somebody has come into line, who may change what polite loops look at. */
static void rouse_polite(struct scheduler *s)
{
    for (size_t i = 0; i < s->watchers; i++) {
        struct task_control *state = &s->task[s->watching[i]];

        state->spun |= state->spinning && state->polite;
    }
}

void transition_ready(struct scheduler *s, int task, enum ready_cause cause,
                      int by)
{
    s->task[task].until_ns = TIME_NEVER;
    scheduler_note(s, EVENT_READY, task, (int)cause, by);
    enqueue(s, task, false);
    rouse_polite(s);
}

/* Neither place is at a machine, so move would have nothing to count. */
void transition_create(struct scheduler *s, int task)
{
    struct task_control *state = &s->task[task];

    state->expected = true;
    state->place = PLACE_EXPECTED;
    s->unfinished += !s->workload->task[task].daemon;
    scheduler_note(s, EVENT_CREATED, task, 0, state->priority);
}

/* A job counts from when it should have arrived, if it had a time. */
static void arrive(struct scheduler *s, int task, int by, int64_t at_ns)
{
    jobs_begin(s, task, at_ns);
    transition_ready(s, task, READY_ARRIVED, by);
}

/* Called whenever one of the conditions may have become true: it was spawned,
 * those before it are done, its time has come. */
void transition_expect(struct scheduler *s, int task, int by)
{
    const struct task_spec *spec = &s->workload->task[task];
    int company = s->task[task].company;

    if (!s->task[task].expected)
        return;
    if (company >= 0 && s->company[company].missing > 0)
        return;
    if (s->script ? !script_wants(s, task, EVENT_READY, READY_ARRIVED)
                  : spec->at_ns > s->now_ns)
        alarm_heap_push(&s->alarms, task, spec->at_ns, JOBS_ORDER + task);
    else
        arrive(s, task, by, by < 0 ? spec->at_ns : s->now_ns);
}

/* Who tries for a time has an alarm as well; who waits for a job has none. */
void transition_calm(struct scheduler *s, int task)
{
    if (s->task[task].until_ns == TIME_NEVER)
        return;
    if (!jobs_calm(s, task))
        alarm_heap_remove(&s->alarms, task);
    s->task[task].until_ns = TIME_NEVER;
}

void transition_rouse(struct scheduler *s, int task, int by)
{
    transition_calm(s, task);
    transition_ready(s, task, READY_WOKEN, by);
}

/* It still counts as ready until the machine takes it. */
void transition_promise(struct scheduler *s, int task, int machine)
{
    ready_queue_remove(transition_queue(s, task), task);
    s->machine[machine].promised = task;
    s->task[task].machine = machine;
}

/* Who stands in line goes to the tail of its new class, if the policy has
 * classes; but one whose machine is promised has left the queue. */
void transition_prioritize(struct scheduler *s, int task, int priority,
                           bool by_itself)
{
    bool queues = s->task[task].place == PLACE_IN_LINE &&
                  s->task[task].machine < 0 && s->policy == &policy_priority;

    if (queues)
        ready_queue_remove(transition_queue(s, task), task);
    s->task[task].priority = priority;
    scheduler_note(s, EVENT_PRIORITY, task, !by_itself, priority);
    if (queues)
        push_ranked(s, task, false);
}

/* --- off the machine ------------------------------------------------------ */

/* A turn that ends in the middle of a call: the generator stops with it. */
static void stop_callee(struct scheduler *s, int task)
{
    int generator = s->task[task].callee;

    if (s->task[task].place != PLACE_CALLING)
        return;
    scheduler_note(s, EVENT_PAUSE, generator, 1, task);
    move(s, generator, PLACE_NOWHERE);
    s->task[generator].machine = -1;
}

/* Events name the machine, so they are written before this. */
static void leave(struct scheduler *s, int task)
{
    if (s->allots)
        rank_leaves(s, task);
    s->machine[s->task[task].machine].turn = -1;
    s->task[task].machine = -1;
    s->free++;
}

void transition_step_aside(struct scheduler *s, int task,
                           enum ready_cause cause, int by, bool front)
{
    stop_callee(s, task);
    scheduler_note(s, EVENT_READY, task, (int)cause, by);
    s->task[task].yielded = cause == READY_YIELDED;
    leave(s, task);
    enqueue(s, task, front);
}

/* Wait for something outside, here or away, until a planned time or for ever.
 * */
static enum performed wait_outside(struct scheduler *s, int task, bool stay,
                                   int64_t until_ns)
{
    s->task[task].until_ns = until_ns;
    s->task[task].wait_kind = WAIT_TIME;
    if (stay) {
        scheduler_note(s, EVENT_HOLD, task, WAIT_TIME, until_ns);
        move(s, task, PLACE_HELD);
        return PERFORMED_HELD;
    }
    scheduler_note(s, EVENT_AWAIT, task, 0, until_ns);
    leave(s, task);
    move(s, task, PLACE_AWAY);
    return PERFORMED_LEFT;
}

/* Sleepers with the same end wake in the order in which they fell asleep. */
enum performed transition_sleep(struct scheduler *s, int task, bool stay,
                                int64_t ns)
{
    int64_t until_ns = time_after(s->now_ns, ns);

    alarm_heap_push(&s->alarms, task, until_ns, s->sleeps++);
    return wait_outside(s, task, stay, until_ns);
}

/* Only the host sees descriptors; scheduler_ready tells us. */
enum performed transition_await(struct scheduler *s, int task, bool stay)
{
    s->outside++;
    return wait_outside(s, task, stay, TIME_NEVER);
}

/* Its next job makes it ready, not an alarm. */
void transition_rest(struct scheduler *s, int task, int64_t until_ns)
{
    s->task[task].until_ns = until_ns;
    scheduler_note(s, EVENT_AWAIT, task, 0, until_ns);
    leave(s, task);
    move(s, task, PLACE_AWAY);
}

/* TO_THE_END nobody else will ever run who could wake it: the machine is
 * lost. */
enum performed transition_block(struct scheduler *s, int task,
                                enum wait_kind kind, int object)
{
    s->task[task].wait_kind = (uint8_t)kind;
    s->task[task].wait_object = object;
    if (s->task[task].spin && kind != WAIT_GIL)
        s->task[task].waited = UINT64_MAX;
    if (s->traits & TO_THE_END) {
        scheduler_note_stuck(s, task, kind, object);
        move(s, task, PLACE_HELD);
        s->for_ever += s->task[task].until_ns == TIME_NEVER;
        return PERFORMED_HELD;
    }
    stop_callee(s, task);
    scheduler_note(s, EVENT_BLOCKED, task, (int)kind, object);
    leave(s, task);
    move(s, task, PLACE_BLOCKED);
    return PERFORMED_LEFT;
}

void transition_wait_on(struct scheduler *s, int task, enum wait_kind kind,
                        int object)
{
    s->task[task].wait_kind = (uint8_t)kind;
    s->task[task].wait_object = object;
    scheduler_note(s, EVENT_BLOCKED, task, (int)kind, object);
}

/* A done task has no machine, so whoever it wakes may be served there. */
void transition_done(struct scheduler *s, int task)
{
    scheduler_note(s, EVENT_DONE, task, 0, 0);
    leave(s, task);
    move(s, task, PLACE_DONE);
    s->unfinished -= !s->workload->task[task].daemon;
}

/* --- onto the machine ----------------------------------------------------- */

/* Still PLACE_RUNNING: it goes on with steps that need no GIL. */
void transition_lose_gil(struct scheduler *s, int task)
{
    s->task[task].without_gil = true;
    scheduler_note_stuck(s, task, WAIT_GIL, 0);
}

void transition_compute(struct scheduler *s, int task)
{
    if (s->task[task].without_gil)
        scheduler_note(s, EVENT_RUN, task, RUN_CONTINUED, 0);
    s->task[task].without_gil = false;
}

/* Whatever the task waited for is over, so its time is as well. Who comes to
 * the machine without the GIL does not compute there (R15). */
static void run(struct scheduler *s, int task, enum run_cause cause)
{
    s->task[task].until_ns = TIME_NEVER;
    s->task[task].without_gil = false;
    s->task[task].yielded = false;
    scheduler_note(s, EVENT_RUN, task, (int)cause, 0);
    move(s, task, PLACE_RUNNING);
    if (s->options->gil_ns > 0 && s->gil.holder != transition_turn(s, task))
        transition_lose_gil(s, task);
}

/* Everybody who waits for an object does so off the machine; where tasks keep
 * it to the end, only who tries for a time is ever woken, by the clock. A round
 * in which somebody is woken is no spin. */
void transition_wake(struct scheduler *s, int task, int by)
{
    transition_calm(s, task);
    if (by >= 0 && s->task[by].spin)
        s->task[by].waited = UINT64_MAX;
    if (s->task[task].place == PLACE_HELD) {
        run(s, task, RUN_CONTINUED);
        return;
    }
    assert(s->task[task].place == PLACE_BLOCKED);
    transition_ready(s, task, READY_WOKEN, by);
}

void transition_resume(struct scheduler *s, int task)
{
    run(s, task, RUN_RESUMED);
}

/* The task begins its slice, or what was left of it when somebody more important
 * came; if it was stopped in a call, so does the call. */
static void begin_turn(struct scheduler *s, int task)
{
    struct machine *machine = &s->machine[s->task[task].machine];
    int64_t slice_ns = s->task[task].rest_ns;

    if (slice_ns == 0)
        slice_ns = rank_slice_ns(s, task);
    s->task[task].rest_ns = 0;
    machine->slice_ns = TIME_NEVER;
    machine->stepped = false;
    if ((s->traits & PREEMPTIVE) && slice_ns > 0)
        machine->slice_ns = time_after(s->now_ns, slice_ns);
    run(s, task, RUN_FROM_LINE);
    if (s->task[task].callee >= 0)
        transition_call(s, task);
}

/* Changing over costs time only if the machine served somebody else before. */
void transition_serve(struct scheduler *s, int task, int m)
{
    struct machine *machine = &s->machine[m];
    int64_t cost_ns = s->options->switch_cost_ns;
    int before = machine->served;

    machine->turn = task;
    machine->served = task;
    s->task[task].machine = m;
    s->free--;
    if (cost_ns > 0 && before >= 0 && before != task) { /* rule R8 */
        scheduler_note(s, EVENT_SWITCH, task, 0, cost_ns);
        move(s, task, PLACE_SWITCHING);
        s->task[task].until_ns = time_after(s->now_ns, cost_ns);
    } else {
        begin_turn(s, task);
    }
}

void scheduler_switched(struct scheduler *s, int machine, int64_t now_ns)
{
    s->now_ns = now_ns;
    begin_turn(s, s->machine[machine].turn);
}

/* --- generators ----------------------------------------------------------- */

/* The generator runs in the same turn: slice, machine and GIL stay. */
void transition_call(struct scheduler *s, int task)
{
    int callee = s->task[task].callee;
    struct task_control *generator = &s->task[callee];

    assert(generator->place == PLACE_NOWHERE && generator->caller == task);
    scheduler_note(s, EVENT_CALL, task, generator->entered, callee);
    move(s, task, PLACE_CALLING);
    generator->machine = s->task[task].machine;
    run(s, callee, RUN_FROM_LINE);
    generator->entered = true;
}

/* The generator keeps its place in its steps, but belongs to nobody now. */
void transition_return(struct scheduler *s, int generator, enum event_kind kind)
{
    struct task_control *state = &s->task[generator];
    int caller = state->caller;

    scheduler_note(s, kind, generator, 0, kind == EVENT_PAUSE ? caller : 0);
    move(s, generator, kind == EVENT_DONE ? PLACE_DONE : PLACE_NOWHERE);
    state->machine = -1;
    state->caller = -1;
    state->entered = false;
    s->task[caller].callee = -1;
    run(s, caller, RUN_CONTINUED);
}

/* --- time ----------------------------------------------------------------- */

/* Who was held at its machine goes on there; all others get in line. */
static void wake(struct scheduler *s, int task)
{
    if (s->task[task].place == PLACE_HELD)
        run(s, task, RUN_CONTINUED);
    else
        transition_ready(s, task, READY_WOKEN, -1);
}

void transition_alarm(struct scheduler *s, int task)
{
    if (s->task[task].place == PLACE_EXPECTED)
        arrive(s, task, -1, s->workload->task[task].at_ns);
    else
        wake(s, task);
}

/* Descriptors do not enter the heap of alarms: their time is not known. */
void scheduler_ready(struct scheduler *s, int task, int64_t now_ns)
{
    s->now_ns = now_ns;
    s->task[task].fd = -1;
    s->outside--;
    wake(s, task);
}
