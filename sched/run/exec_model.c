/*
 * exec_model.c -- the ideal machine.
 *
 * The host with the simplest life: its clock jumps. At every instant at which
 * something happens it goes through the same phases, in the order of rule R7,
 *
 *     1 alarms   2 arrivals   3 the GIL   4 machines 1 … N
 *     5 deadlines, boost   6 dispatch
 *
 * and then looks for the next such instant: the earliest alarm, end of work,
 * end of a slice that somebody waits for, or hand-over of the GIL. A task at a
 * machine does its steps until it needs time or leaves (R4, exec_model_task.c).
 *
 * Slices that nobody waits for are not visited at all: a million seconds of
 * work cost one event.
 */
#include "sched/run/exec_model.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/program/program.h"
#include "sched/program/task_input.h"
#include "sched/run/exec_model_internal.h"
#include "sched/run/gate.h"
#include "sched/scheduler/decision_source.h"
#include "sched/scheduler/schedule.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* --- the phases of an instant --------------------------------------------- */

/* A holder that is away has nothing to stop. */
static void hand_gil_over(struct model *model)
{
    struct scheduler *s = model->scheduler;
    int machine;

    if (scheduler_gil_ns(s) > model->now_ns)
        return;
    machine = scheduler_machine(s, scheduler_gil_holder(s));
    if (machine >= 0)
        exec_model_end_work(model, machine);
    scheduler_gil_over(s, model->now_ns);
}

static bool is_switching(const struct model *model, int machine)
{
    int turn = scheduler_turn(model->scheduler, machine);

    return turn >= 0 &&
           scheduler_place(model->scheduler, turn) == PLACE_SWITCHING;
}

/* The work is stopped only if somebody else gets the machine: so slices nobody
 * wants leave no events. */
static void end_slice(struct model *model, int machine)
{
    struct scheduler *s = model->scheduler;

    if (model->work[machine].task < 0 ||
        scheduler_slice_ns(s, machine) > model->now_ns)
        return;
    if (scheduler_slice_wanted(s, machine))
        exec_model_end_work(model, machine);
    scheduler_slice_over(s, machine, model->now_ns);
}

/* Is what is under way there to end now? */
static bool is_done(const struct model *model, int machine)
{
    const struct model_work *work = &model->work[machine];

    return work->task >= 0 && (work->until_ns <= model->now_ns ||
                               scheduler_spun(model->scheduler, work->task));
}

/* In this order: what it waited for, then the end of its work, then what its
 * task does next, then the end of the slice. */
static void visit_machine(struct model *model, int machine)
{
    struct scheduler *s = model->scheduler;
    struct model_work *work = &model->work[machine];

    if (is_switching(model, machine)) {
        int turn = scheduler_turn(s, machine);

        if (scheduler_until_ns(s, turn) > model->now_ns)
            return;
        scheduler_switched(s, machine, model->now_ns);
    }
    if (is_done(model, machine))
        exec_model_end_work(model, machine);
    if (work->task < 0)
        exec_model_go_on(model, machine);
    end_slice(model, machine);
}

/* With --tie running: who was at a machine until this very instant is in line
 * before those who arrive now. */
static void end_slices_first(struct model *model)
{
    for (int i = 0; i < model->options->machines; i++)
        if (model->work[i].until_ns > model->now_ns)
            end_slice(model, i);
}

/* A task that gets a machine may wake one that is more important than somebody
 * who runs, so preemption is part of the loop. */
static void dispatch_all(struct model *model)
{
    struct scheduler *s = model->scheduler;
    int machine;

    do {
        while (scheduler_unfinished(s) &&
               (machine = scheduler_idle_machine(s)) >= 0) {
            if (scheduler_dispatch(s, machine, model->now_ns) < 0)
                return; /* the person who picks has stopped the run */
            if (!is_switching(model, machine))
                exec_model_go_on(model, machine);
            if (exec_model_must_end(model))
                return;
        }
        machine = scheduler_victim(s);
        if (machine >= 0) {
            exec_model_end_work(model, machine);
            scheduler_preempt(s, machine, model->now_ns);
        }
    } while (machine >= 0);
}

/* The phases of rule R7; see the top of this file. */
static void do_instant(struct model *model)
{
    struct scheduler *s = model->scheduler;
    int machines = model->options->machines;

    for (int i = 0; model->slices && i < machines; i++)
        scheduler_slice_skip(s, i, model->now_ns);
    if (model->options->running_first)
        end_slices_first(model);
    scheduler_tick(s, model->now_ns);
    hand_gil_over(model);
    for (int i = 0; i < machines; i++)
        visit_machine(model, i);
    scheduler_settle(s, model->now_ns);
    dispatch_all(model);
}

/* --- from instant to instant ---------------------------------------------- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The end of a slice matters only if somebody waits for it. */
static int64_t next_at_machine(const struct model *model, int machine)
{
    const struct scheduler *s = model->scheduler;
    int64_t next_ns;

    if (is_switching(model, machine))
        return scheduler_until_ns(s, scheduler_turn(s, machine));
    if (model->work[machine].task < 0)
        return TIME_NEVER;
    if (is_done(model, machine))
        return model->now_ns; /* somebody after it changed what it looks at */
    next_ns = model->work[machine].until_ns;
    if (scheduler_slice_matters(s, machine))
        next_ns = earlier(next_ns, scheduler_slice_ns(s, machine));
    return next_ns;
}

static int64_t next_instant(const struct model *model)
{
    int64_t next_ns = earlier(scheduler_next_ns(model->scheduler),
                              scheduler_gil_ns(model->scheduler));

    for (int i = 0; i < model->options->machines; i++)
        next_ns = earlier(next_ns, next_at_machine(model, i));
    return next_ns;
}

/* Real descriptors are ready when they are ready, also in virtual time: those
 * that are now belong to this instant. */
static bool poll_descriptors(struct model *model)
{
    struct scheduler *s = model->scheduler;
    bool any = false;

    for (int i = 0;
         i < (int)model->workload->task_count && scheduler_awaiting(s) > 0;
         i++) {
        struct pollfd want = { .fd = -1 };

        if (!scheduler_awaits(s, i, &want.fd, &want.events) ||
            poll(&want, 1, 0) <= 0)
            continue;
        scheduler_ready(s, i, model->now_ns);
        any = true;
    }
    return any;
}

/* Virtual time never stands still: each round either does something or jumps
 * to the next instant at which something happens. */
static enum outcome run_instants(struct model *model)
{
    int64_t limit_ns = model->options->limit_ns;

    scheduler_begin(model->scheduler, 0);
    while (!exec_model_must_end(model)) {
        int64_t next_ns;

        do
            do_instant(model);
        while (!exec_model_must_end(model) && poll_descriptors(model));
        if (exec_model_must_end(model))
            break;
        if (!scheduler_unfinished(model->scheduler))
            return OUTCOME_FINISHED;
        if (scheduler_stuck(model->scheduler))
            return OUTCOME_DEADLOCK;
        if (scheduler_livelock(model->scheduler))
            return OUTCOME_LIVELOCK;
        next_ns = next_instant(model);
        if (limit_ns > 0 && next_ns > limit_ns) {
            model->now_ns = limit_ns;
            return OUTCOME_LIMIT;
        }
        if (next_ns == TIME_NEVER) { /* where sums of times end */
            diag_set(model->diag, NULL, 0, 0,
                     _("the run lasts longer than the 292 years that can be "
                       "counted: give shorter times, or --limit MS"));
            model->error = -EINVAL;
            break;
        }
        model->now_ns = next_ns;
    }
    return model->error != 0 ? OUTCOME_FAILED : OUTCOME_STOPPED;
}

/* The run's clock is virtual: it does not matter how long a person thinks. */
static int ask_gate(void *gate, const int *candidate, size_t count,
                    int64_t *waited_ns)
{
    int answer = gate_ask(gate, candidate, count, waited_ns);

    *waited_ns = 0;
    return answer;
}

/* Where its tasks are in their steps is for the host to say. */
static uint64_t hash_state(const void *host)
{
    const struct model *model = host;
    uint64_t hash = scheduler_state(model->scheduler);

    for (size_t i = 0; i < model->workload->task_count; i++)
        hash = random_mix(
            hash +
            (model->input[i] ? step_cursor_hash(&model->input[i]->cursor) : 0));
    return hash;
}

static int64_t ahead_ns(const void *host, int task)
{
    const struct model *model = host;

    return task_input_ahead_ns(model->input[task], model->workload, task,
                               model->options->seed);
}

static void offer_state(const struct model *model)
{
    struct decision_source *decisions = model->options->decisions;

    if (!decisions)
        return;
    decisions->host = model;
    decisions->state = model->programs ? NULL : hash_state;
}

/* Work under way at the end (limit, a person) counts as far as it got. */
static int run_model(unsigned traits, const struct workload *workload,
                     const struct run_options *options, struct trace *trace,
                     struct diag *diag)
{
    struct model model = {
        .workload = workload,
        .options = options,
        .trace = trace,
        .diag = diag,
        .input = xcalloc(workload->task_count + 1, sizeof *model.input),
        .work = xcalloc((size_t)options->machines, sizeof *model.work),
        .slices = traits & PREEMPTIVE,
    };
    enum outcome outcome;

    model.scheduler = scheduler_new(workload, traits, options, trace);
    model.programs = programs_new(workload, model.scheduler, trace,
                                  options->foretell);
    for (int i = 0; i < options->machines; i++)
        model.work[i].task = -1;

    scheduler_set_ahead(model.scheduler, ahead_ns, &model);
    offer_state(&model);
    model.error = programs_enter(model.programs);
    outcome = run_instants(&model);
    for (int i = 0; i < options->machines; i++)
        exec_model_end_work(&model, i);
    scheduler_finish(model.scheduler, outcome, model.now_ns);

    for (size_t i = 0; i < workload->task_count; i++)
        exec_model_forget(&model, (int)i);
    programs_leave(model.programs);
    free(model.input);
    free(model.work);
    programs_free(model.programs);
    scheduler_free(model.scheduler);
    return model.error;
}

int exec_model_run(const struct workload *workload, unsigned traits,
                   const struct run_options *options, struct trace *trace,
                   struct diag *diag)
{
    struct run_options own = *options;
    struct schedule_reader reader;

    if (!own.choose) {
        own.choose = ask_gate;
        own.choose_context = own.gate;
    }
    if (own.schedule) {
        schedule_reader_init(&reader, own.schedule);
        own.decisions = &reader.source;
        traits = schedule_traits(own.schedule);
    }
    return run_model(traits, workload, &own, trace, diag);
}
