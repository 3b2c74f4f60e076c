/*
 * One pass over the trace with all that must be known to judge the next event:
 * where every task is, whose turn every machine is, who has every lock. The
 * first event that breaks a rule ends the pass.
 */
#include "tests/check/trace_check.h"

#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "tests/check/trace_check_internal.h"

/* --- machines ------------------------------------------------------------- */

static void leave(struct check *check, struct checked_task *task)
{
    if (task->machine >= 0)
        check->machine[task->machine] = -1;
    task->machine = -1;
}

/* A turn ends: a generator in it has been stopped before. */
static bool end_turn(struct check *check, struct checked_task *task)
{
    if (task->where == AT_CALLING) {
        if (!trace_check_rule(check,
                              check->task[task->partner].where == AT_NOWHERE,
                              "a generator goes on although its caller left"))
            return false;
    } else if (!trace_check_rule(check, task->where == AT_RUNNING,
                                 "the task is not at a machine")) {
        return false;
    }
    leave(check, task);
    return true;
}

static bool take_machine(struct check *check, const struct event *event,
                         struct checked_task *task)
{
    if (!trace_check_rule(check, event->machine < check->machines,
                          "there is no such machine") ||
        !trace_check_rule(check, check->machine[event->machine] < 0,
                          "somebody else is at this machine"))
        return false;
    task->machine = event->machine;
    check->machine[event->machine] = (int)event->task;
    return true;
}

/* --- places --------------------------------------------------------------- */

/* Has its time come? A task in C may have waited for a file instead. */
static bool may_wake(const struct check *check, const struct event *event,
                     const struct checked_task *task)
{
    return event->t_ns >= task->until_ns || task->cancelled ||
           (task->until_ns == TIME_NEVER &&
            check->workload->task[event->task].program);
}

/* It is here already when the one before is done, or comes in time. */
static bool next_job(struct check *check, const struct event *event,
                     struct checked_task *task)
{
    if (task->where != AT_AWAY)
        return end_turn(check, task);
    return trace_check_rule(check, event->t_ns >= task->until_ns,
                            "the job comes too early");
}

static bool ready(struct check *check, const struct event *event,
                  struct checked_task *task)
{
    switch (event->object) {
    case READY_ARRIVED:
        if (check->workload->task[event->task].period_ns > 0 &&
            task->where != AT_NOWHERE)
            return next_job(check, event, task);
        return trace_check_rule(check, task->where == AT_NOWHERE,
                                "the task has arrived before");
    case READY_WOKEN:
        return trace_check_rule(
                   check, task->where == AT_AWAY || task->where == AT_BLOCKED,
                   "the task did not wait") &&
               trace_check_rule(check,
                                task->where == AT_BLOCKED ||
                                    may_wake(check, event, task),
                                "the task wakes too early");
    default:
        return end_turn(check, task);
    }
}

/* A generator runs where its caller stands. */
static bool run_generator(struct check *check, const struct event *event,
                          struct checked_task *task)
{
    int caller = event->machine < check->machines
                     ? check->machine[event->machine]
                     : -1;

    if (task->without_gil)
        return trace_check_rule(check, event->object == RUN_CONTINUED,
                                "control never left the generator");
    task->machine = -1;
    return trace_check_rule(check,
                            task->where == AT_NOWHERE && caller >= 0 &&
                                check->task[caller].where == AT_CALLING &&
                                check->task[caller].partner == (int)event->task,
                            "nobody is calling this generator here");
}

static bool run(struct check *check, const struct event *event,
                struct checked_task *task)
{
    bool same = event->machine == task->machine;

    if (check->workload->task[event->task].generator)
        return run_generator(check, event, task);
    if (event->object == RUN_RESUMED)
        return trace_check_rule(check, task->where == AT_RUNNING && same,
                                "the task is not at this machine");
    if (event->object == RUN_CONTINUED) {
        if (task->without_gil)
            return trace_check_rule(check, same,
                                    "the task is not at this machine");
        if (task->where == AT_CALLING)
            return trace_check_rule(
                check, same && check->task[task->partner].where != AT_RUNNING,
                "the generator is still running");
        return trace_check_rule(check, task->where == AT_HELD && same,
                                "the task was not held at this machine") &&
               trace_check_rule(check, may_wake(check, event, task),
                                "the task wakes too early");
    }
    if (task->where == AT_SWITCHING)
        return trace_check_rule(check, same, "the task is not at this machine");
    return trace_check_rule(check, task->where == AT_LINE,
                            "the task is not in line") &&
           take_machine(check, event, task);
}

static bool call(struct check *check, const struct event *event,
                 struct checked_task *task)
{
    bool valid = event->value >= 0 &&
                 (uint64_t)event->value < check->workload->task_count &&
                 check->workload->task[event->value].generator;

    if (!trace_check_rule(check, task->where == AT_RUNNING && valid,
                          "this call is not possible"))
        return false;
    task->partner = (int)event->value;
    return true;
}

/* Others take the core and give it back: nothing else changes, the model has
 * neither, and it is the task that the machine serves that is meant. */
static bool check_stolen(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    bool back = event->kind == EVENT_BACK;

    if (!trace_check_rule(check, trace_info(check->trace)->real,
                          "nothing is stolen in the model") ||
        !trace_check_rule(
            check, task->where == AT_RUNNING && task->stolen == back,
            back ? "the task was not off its core" : "the task did not run"))
        return false;
    task->stolen = !back;
    return true;
}

/* What may be written of a task while it is off its core: what is known of it, when
 * the run has ended, and what the time does, not the task. */
static bool is_fact(const struct event *event)
{
    switch (event->kind) {
    case EVENT_THREAD:
    case EVENT_CPU_ID:
    case EVENT_CPU_TIME:
    case EVENT_RESULT:
    case EVENT_CHECKSUM:
    case EVENT_JOB:
    case EVENT_MISSED:
        return true;
    default:
        return false;
    }
}

/* Who only asks for the GIL keeps the machine and is not held there. */
static bool hold(struct check *check, const struct event *event,
                 struct checked_task *task)
{
    bool holds = trace_check_rule(check, task->where == AT_RUNNING,
                                  "the task is not at a machine");

    task->without_gil = event->object == WAIT_GIL;
    if (!task->without_gil) {
        task->where = AT_HELD;
        task->until_ns = event->value;
    }
    return holds;
}

static bool check_place(struct check *check, const struct event *event)
{
    struct checked_task *task = &check->task[event->task];
    bool generator = check->workload->task[event->task].generator;
    bool holds = true;

    if (event->kind != EVENT_RUN && event->kind != EVENT_HOLD)
        task->without_gil = false;
    switch (event->kind) {
    case EVENT_CREATED:
        holds = trace_check_rule(check, task->where == AT_UNKNOWN,
                                 "the task exists already");
        task->where = AT_NOWHERE;
        break;
    case EVENT_READY:
        holds = ready(check, event, task);
        task->where = AT_LINE;
        break;
    case EVENT_SWITCH:
        holds = trace_check_rule(check, task->where == AT_LINE,
                                 "the task is not in line") &&
                take_machine(check, event, task);
        task->where = AT_SWITCHING;
        break;
    case EVENT_RUN:
        holds = run(check, event, task);
        task->where = AT_RUNNING;
        task->without_gil = false;
        break;
    case EVENT_HOLD:
        holds = hold(check, event, task);
        break;
    case EVENT_CALL:
        holds = call(check, event, task);
        task->where = AT_CALLING;
        break;
    case EVENT_PAUSE:
        holds = trace_check_rule(check, generator && task->where == AT_RUNNING,
                                 "only a generator that runs can pause");
        task->where = AT_NOWHERE;
        break;
    case EVENT_AWAIT:
        holds = end_turn(check, task);
        task->where = AT_AWAY;
        task->until_ns = event->value;
        break;
    case EVENT_BLOCKED:
        holds = (task->where == AT_BLOCKED && task->gave) ||
                end_turn(check, task);
        task->where = AT_BLOCKED;
        break;
    case EVENT_DONE:
        holds = generator ? trace_check_rule(check, task->where == AT_RUNNING,
                                             "the task is not at a machine")
                          : end_turn(check, task);
        task->where = AT_DONE;
        break;
    }
    return holds;
}

/* --- the whole trace ------------------------------------------------------ */

/* Whoever was expected or spawned is done; in a deadlock nobody runs. */
static bool check_end(struct check *check, const struct event *event)
{
    for (size_t i = 0; i < check->workload->task_count; i++) {
        const struct task_spec *spec = &check->workload->task[i];
        enum whereabouts where = check->task[i].where;

        if (spec->generator || (spec->at_spawn && where == AT_UNKNOWN))
            continue;
        if (event->object == OUTCOME_FINISHED && !spec->daemon &&
            !trace_check_rule(check, where == AT_DONE,
                              "the run ends before all tasks are done"))
            return false;
        if (event->object == OUTCOME_DEADLOCK &&
            !trace_check_rule(check,
                              where != AT_RUNNING && where != AT_SWITCHING &&
                                  where != AT_AWAY,
                              "it is no deadlock: a task can go on"))
            return false;
    }
    return true;
}

static bool check_event(struct check *check, const struct event *event)
{
    size_t last = trace_count(check->trace) - 1;

    if (!trace_check_rule(check, event->kind < EVENT_KINDS,
                          "there is no such event") ||
        !trace_check_rule(check,
                          (check->index == 0) == (event->kind == EVENT_START) &&
                              (check->index == last) ==
                                  (event->kind == EVENT_END),
                          "a trace begins with start and ends with end"))
        return false;
    if (event->kind == EVENT_END)
        return check_end(check, event);
    if (event->task == EVENT_NO_TASK)
        return true;
    if (!trace_check_rule(check, event->task < check->workload->task_count,
                          "there is no such task"))
        return false;
    if (event->kind == EVENT_STOLEN || event->kind == EVENT_BACK)
        return check_stolen(check, event);
    if (!trace_check_rule(check,
                          !check->task[event->task].stolen || is_fact(event),
                          "the task does something, though it is off its core"))
        return false;
    if (event_is_place((enum event_kind)event->kind))
        return trace_check_place(check, event) && check_place(check, event);
    return trace_check_step(check, event);
}

static void check_init(struct check *check, const struct trace *trace,
                       struct diag *diag)
{
    const struct workload *workload = trace_workload(trace);

    *check = (struct check){
        .trace = trace,
        .workload = workload,
        .diag = diag,
        .machines = trace_info(trace)->machines,
        .task = xcalloc(workload->task_count + 1, sizeof *check->task),
        .owner = xcalloc(workload->lock_count + 1, sizeof(int)),
        .channel = xcalloc(workload->channel_count + 1, sizeof *check->channel),
        .shared = xcalloc(workload->shared_count + 1, sizeof(int64_t)),
        .permits = xcalloc(workload->semaphore_count + 1, sizeof(int64_t)),
        .rwlock = xcalloc(workload->rwlock_count + 1, sizeof *check->rwlock),
    };
    check->machine = xcalloc((size_t)check->machines + 1, sizeof(int));
    for (size_t i = 0; i < workload->task_count; i++) {
        check->task[i].machine = -1;
        check->task[i].copy_of = -1;
        check->task[i].complete = true;
    }
    for (int i = 0; i < check->machines; i++)
        check->machine[i] = -1;
    for (size_t i = 0; i < workload->lock_count; i++)
        check->owner[i] = -1;
    for (size_t i = 0; i < workload->shared_count; i++)
        check->shared[i] = workload->shared[i].initial;
    for (size_t i = 0; i < workload->semaphore_count; i++)
        check->permits[i] = workload->semaphore[i].initial;
    for (size_t i = 0; i < workload->rwlock_count; i++)
        check->rwlock[i].writer = -1;
}

static void check_fini(struct check *check)
{
    for (size_t i = 0; i < check->workload->task_count; i++)
        step_cursor_fini(&check->task[i].cursor);
    for (size_t i = 0; i < check->workload->channel_count; i++)
        free(check->channel[i].value);
    free(check->task);
    free(check->owner);
    free(check->channel);
    free(check->shared);
    free(check->permits);
    free(check->rwlock);
    free(check->machine);
}

bool trace_check(const struct trace *trace, struct diag *diag)
{
    struct check check;
    size_t count = trace_count(trace);
    bool holds = true;

    check_init(&check, trace, diag);
    while (holds && check.index < count) {
        holds = check_event(&check, trace_at(trace, check.index));
        check.index++;
    }
    if (count == 0) {
        diag_set(diag, NULL, 0, 0, "the trace is empty");
        holds = false;
    }
    check_fini(&check);
    return holds;
}
