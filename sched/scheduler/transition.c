/*
 * Where tasks are: each function here is one arrow of the picture in event.h.
 * It writes the event and changes all that must agree with it, so that at any
 * time every task is in exactly one place:
 *
 *   in line    in one line, or promised to one machine
 *   at machine machine[m].turn is the task; or it is the generator that this
 *              task calls
 *   asleep     in the heap of alarms
 *   blocked    in the queue of what it waits for
 *
 * A turn belongs to the task that got the machine. A generator it calls runs
 * within it: if the turn ends early, both leave together, and the call goes
 * on when the caller is back.
 */
#include "sched/scheduler/scheduler_internal.h"

#include <assert.h>

#include "sched/base/clock.h"
#include "sched/trace/trace.h"

/* Arrivals at one instant come after all sleepers, in file order (R7). */
#define ORDER_OF_ARRIVAL (INT64_C(1) << 62)

static bool runs(enum place place)
{
    return place == PLACE_RUNNING || place == PLACE_SWITCHING;
}

static void move(struct scheduler *s, int task, enum place place)
{
    s->running -= runs(s->actor[task].place);
    s->running += runs(place);
    s->actor[task].place = (uint8_t)place;
}

struct ready_queue *transition_line(struct scheduler *s, int task)
{
    int home = s->actor[task].home;

    if (home >= 0)
        return &s->machine[home].settled;
    return &s->line[(s->workload->task[task].line - 1) % s->lines];
}

int transition_turn(const struct scheduler *s, int task)
{
    return s->actor[task].caller >= 0 ? s->actor[task].caller : task;
}

/* --- into the line -------------------------------------------------------- */

static void stand(struct scheduler *s, int task, bool front)
{
    int priority = s->actor[task].priority;

    move(s, task, PLACE_IN_LINE);
    if (front)
        ready_queue_push_front(transition_line(s, task), task, priority);
    else
        ready_queue_push(transition_line(s, task), task, priority);
    s->actor[task].arrived = s->arrivals++;
    s->in_line++;
}

void transition_ready(struct scheduler *s, int task, enum ready_cause cause,
                      int by, int64_t now_ns)
{
    s->actor[task].until_ns = TIME_NEVER;
    scheduler_note(s, now_ns, EVENT_READY, task, (int)cause, by);
    stand(s, task, false);
}

void transition_expect(struct scheduler *s, int task, int by, int64_t now_ns)
{
    const struct task_spec *spec = &s->workload->task[task];

    if (!s->actor[task].expected)
        return;
    if (spec->after >= 0 && s->actor[spec->after].place != PLACE_DONE)
        return;
    if (s->script != NULL ? !replay_arrives(s, task) : spec->at_ns > now_ns)
        alarm_heap_push(&s->alarms, task, spec->at_ns, ORDER_OF_ARRIVAL + task);
    else
        transition_ready(s, task, READY_ARRIVED, by, now_ns);
}

/* --- off the machine ------------------------------------------------------ */

/* A turn that ends in the middle of a call: the generator stops with it. */
static void stop_callee(struct scheduler *s, int task, int64_t now_ns)
{
    int generator = s->actor[task].callee;

    if (s->actor[task].place != PLACE_CALLING)
        return;
    scheduler_note(s, now_ns, EVENT_PAUSE, generator, 0, task);
    move(s, generator, PLACE_NOWHERE);
    s->actor[generator].machine = -1;
}

static void leave(struct scheduler *s, int task)
{
    s->machine[s->actor[task].machine].turn = -1;
    s->actor[task].machine = -1;
    s->free++;
}

void transition_step_aside(struct scheduler *s, int task,
                           enum ready_cause cause, int by, int64_t now_ns)
{
    stop_callee(s, task, now_ns);
    scheduler_note(s, now_ns, EVENT_READY, task, (int)cause, by);
    leave(s, task);
    stand(s, task, by >= 0);
}

enum performed transition_sleep(struct scheduler *s, int task, bool stay,
                                int64_t ns, int64_t now_ns)
{
    int64_t until_ns = time_after(now_ns, ns);

    if (stay) {
        scheduler_note(s, now_ns, EVENT_HOLD, task, WAIT_TIME, until_ns);
        move(s, task, PLACE_HELD);
    } else {
        scheduler_note(s, now_ns, EVENT_AWAIT, task, 0, until_ns);
        leave(s, task);
        move(s, task, PLACE_AWAY);
    }
    s->actor[task].until_ns = until_ns;
    alarm_heap_push(&s->alarms, task, until_ns, s->sleeps++);
    gil_lay_down(s, task, now_ns);
    return stay ? PERFORMED_HELD : PERFORMED_LEFT;
}

enum performed transition_await(struct scheduler *s, int task, bool stay,
                                int64_t now_ns)
{
    if (stay) {
        scheduler_note(s, now_ns, EVENT_HOLD, task, WAIT_TIME, TIME_NEVER);
        move(s, task, PLACE_HELD);
    } else {
        scheduler_note(s, now_ns, EVENT_AWAIT, task, 0, TIME_NEVER);
        leave(s, task);
        move(s, task, PLACE_AWAY);
    }
    s->actor[task].until_ns = TIME_NEVER;
    s->outside++;
    gil_lay_down(s, task, now_ns);
    return stay ? PERFORMED_HELD : PERFORMED_LEFT;
}

enum performed transition_block(struct scheduler *s, int task,
                                enum wait_kind kind, int object, int64_t now_ns)
{
    if (s->traits & TO_THE_END) {
        s->noted++;
        trace_add(s->trace, (struct event){
                                .t_ns = now_ns,
                                .value = TIME_NEVER,
                                .task = (uint32_t)task,
                                .object = (int32_t)kind,
                                .kind = EVENT_HOLD,
                                .machine = (uint16_t)s->actor[task].machine,
                                .spare = (uint32_t)object,
                            });
        move(s, task, PLACE_HELD);
        s->for_ever++;
        return PERFORMED_HELD;
    }
    stop_callee(s, task, now_ns);
    scheduler_note(s, now_ns, EVENT_BLOCKED, task, (int)kind, object);
    leave(s, task);
    move(s, task, PLACE_BLOCKED);
    gil_lay_down(s, task, now_ns);
    return PERFORMED_LEFT;
}

void transition_done(struct scheduler *s, int task, int64_t now_ns)
{
    scheduler_note(s, now_ns, EVENT_DONE, task, 0, 0);
    leave(s, task);
    move(s, task, PLACE_DONE);
    s->unfinished--;
    gil_lay_down(s, task, now_ns);
    sync_done(s, task, now_ns);
    for (int i = s->actor[task].first_after; i >= 0; i = s->actor[i].next_after)
        transition_expect(s, i, task, now_ns);
}

/* --- onto the machine ----------------------------------------------------- */

static void run(struct scheduler *s, int task, int how, int64_t now_ns)
{
    s->actor[task].until_ns = TIME_NEVER;
    scheduler_note(s, now_ns, EVENT_RUN, task, how, 0);
    move(s, task, PLACE_RUNNING);
}

void transition_resume(struct scheduler *s, int task, int64_t now_ns)
{
    run(s, task, 2, now_ns);
}

void transition_wake(struct scheduler *s, int task, int by, int64_t now_ns)
{
    assert(s->actor[task].place == PLACE_BLOCKED);
    transition_ready(s, task, READY_WOKEN, by, now_ns);
}

static void begin_turn(struct scheduler *s, int task, int64_t now_ns)
{
    struct station *machine = &s->machine[s->actor[task].machine];

    machine->slice_ns = TIME_NEVER;
    machine->stepped = false;
    if ((s->traits & PREEMPTIVE) && s->options->slice_ns > 0)
        machine->slice_ns = time_after(now_ns, s->options->slice_ns);
    run(s, task, 0, now_ns);
    if (s->actor[task].callee >= 0)
        transition_call(s, task, now_ns);
}

void transition_serve(struct scheduler *s, int task, int m, int64_t now_ns)
{
    struct station *machine = &s->machine[m];
    int64_t cost_ns = s->options->switch_cost_ns;
    int before = machine->served;

    machine->turn = task;
    machine->served = task;
    s->actor[task].machine = m;
    s->free--;
    if (cost_ns > 0 && before >= 0 && before != task) { /* rule R8 */
        scheduler_note(s, now_ns, EVENT_SWITCH, task, 0, cost_ns);
        move(s, task, PLACE_SWITCHING);
        s->actor[task].until_ns = time_after(now_ns, cost_ns);
    } else {
        begin_turn(s, task, now_ns);
    }
}

void scheduler_switched(struct scheduler *s, int machine, int64_t now_ns)
{
    begin_turn(s, s->machine[machine].turn, now_ns);
}

/* --- generators ----------------------------------------------------------- */

enum performed transition_call(struct scheduler *s, int task, int64_t now_ns)
{
    int callee = s->actor[task].callee;
    struct actor *generator = &s->actor[callee];

    assert(generator->place == PLACE_NOWHERE && generator->caller == task);
    scheduler_note(s, now_ns, EVENT_CALL, task, 0, callee);
    move(s, task, PLACE_CALLING);
    generator->machine = s->actor[task].machine;
    run(s, callee, generator->entered ? 1 : 0, now_ns);
    generator->entered = true;
    return PERFORMED_CALLED;
}

/* Give a generator that is free again to the next who wants to call it. */
static void lend(struct scheduler *s, int generator, int64_t now_ns)
{
    struct wait_queue *waiters = &s->actor[generator].waiters;

    for (int i = waiters->first; i >= 0; i = s->link[i].behind) {
        if (!s->actor[i].wants_call)
            continue;
        wait_queue_remove(waiters, s->link, i);
        s->actor[i].wants_call = false;
        s->actor[i].callee = generator;
        s->actor[generator].caller = i;
        transition_wake(s, i, generator, now_ns);
        return;
    }
}

enum performed transition_return(struct scheduler *s, int generator,
                                 enum event_kind kind, int64_t now_ns)
{
    struct actor *actor = &s->actor[generator];
    int caller = actor->caller;

    scheduler_note(s, now_ns, kind, generator, 0,
                   kind == EVENT_PAUSE ? caller : 0);
    move(s, generator, kind == EVENT_DONE ? PLACE_DONE : PLACE_NOWHERE);
    actor->machine = -1;
    actor->caller = -1;
    actor->entered = false;
    s->actor[caller].callee = -1;
    run(s, caller, 1, now_ns);
    if (kind == EVENT_DONE)
        sync_done(s, generator, now_ns);
    else
        lend(s, generator, now_ns);
    return PERFORMED_RETURNED;
}

/* --- time ----------------------------------------------------------------- */

void scheduler_wake(struct scheduler *s, int task, int64_t now_ns)
{
    alarm_heap_remove(&s->alarms, task);
    s->resting = false;
    switch (s->actor[task].place) {
    case PLACE_HELD:
        run(s, task, 1, now_ns);
        break;
    case PLACE_EXPECTED:
        transition_ready(s, task, READY_ARRIVED, -1, now_ns);
        break;
    default:
        transition_ready(s, task, READY_WOKEN, -1, now_ns);
        break;
    }
}

void scheduler_ready(struct scheduler *s, int task, int64_t now_ns)
{
    s->actor[task].fd = -1;
    s->outside--;
    if (s->actor[task].place == PLACE_HELD)
        run(s, task, 1, now_ns);
    else
        transition_ready(s, task, READY_WOKEN, -1, now_ns);
}

int scheduler_tick(struct scheduler *s, int64_t now_ns)
{
    int count = 0;

    if (s->script != NULL)
        return replay_tick(s, now_ns);
    while (s->alarms.count > 0 && s->alarms.entry[0].key <= now_ns) {
        scheduler_wake(s, s->alarms.entry[0].task, now_ns);
        count++;
    }
    return count;
}
