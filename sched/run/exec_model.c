/*
 * The host with the simplest life: its clock jumps. At every instant at which
 * something happens it goes through the same phases, in the order of rule R7,
 *
 *     1 alarms   2 arrivals   3 the key   4 machines 1 … N   5 dispatch
 *
 * and then looks for the next such instant: the earliest alarm, end of work,
 * end of a slice that somebody waits for, or hand-over of the key. A task at a
 * machine does its steps until it needs time or leaves (R4).
 *
 * Slices that nobody waits for are not visited at all: a million seconds of
 * work cost one event.
 */
#include "sched/run/exec_model.h"

#include <errno.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/program/program.h"
#include "sched/run/gate.h"
#include "sched/scheduler/schedule.h"
#include "sched/scheduler/scheduler.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

enum {
    EVENTS_MAX = 1 << 27 /* 4 GiB of trace */
};

/* What happens at a machine besides what the scheduler knows. */
struct desk {
    int worker; /* who works there, or -1 */
    int64_t since_ns, until_ns;
};

struct model {
    struct scheduler *scheduler;
    const struct workload *workload;
    const struct run_options *options;
    struct trace *trace;
    struct diag *diag;
    struct step_cursor **cursor; /* of each task that has begun */
    struct desk *desk;
    int64_t now_ns;
    bool slices;
    int error;
};

/* --- work at a machine ---------------------------------------------------- */

static void begin_work(struct model *model, int machine, int task)
{
    struct desk *desk = &model->desk[machine];
    int64_t left_ns = scheduler_left_ns(model->scheduler, task);

    desk->worker = task;
    desk->since_ns = model->now_ns;
    desk->until_ns = left_ns > TIME_NEVER - model->now_ns
                         ? TIME_NEVER
                         : model->now_ns + left_ns;
    if (left_ns == STEP_FOREVER && model->options->limit_ns == 0) {
        diag_set(model->diag, model->workload->file,
                 model->workload->task[task].source_line,
                 model->workload->task[task].source_column,
                 _("work without end needs a limit: add --limit MS"));
        model->error = -EINVAL;
    }
}

static void end_work(struct model *model, int machine)
{
    struct desk *desk = &model->desk[machine];

    if (desk->worker < 0)
        return;
    scheduler_worked(model->scheduler, desk->worker,
                     model->now_ns - desk->since_ns, model->now_ns);
    desk->worker = -1;
}

/* --- what a task does ----------------------------------------------------- */

static void forget_cursor(struct model *model, int task)
{
    if (model->cursor[task] == NULL)
        return;
    step_cursor_fini(model->cursor[task]);
    free(model->cursor[task]);
    model->cursor[task] = NULL;
}

static bool next_request(struct model *model, int task, struct request *request)
{
    if (model->cursor[task] == NULL) {
        model->cursor[task] = xcalloc(1, sizeof(*model->cursor[task]));
        step_cursor_init_task(model->cursor[task], model->workload,
                              scheduler_programs(model->scheduler), task);
    }
    return step_cursor_next(model->cursor[task], request);
}

static enum performed do_next(struct model *model, int task)
{
    struct request request;

    if (scheduler_left_ns(model->scheduler, task) > 0)
        return scheduler_work(model->scheduler, task, model->now_ns);
    if (scheduler_postponed(model->scheduler, task, &request) ||
        next_request(model, task, &request))
        return scheduler_perform(model->scheduler, task, &request,
                                 model->now_ns);
    forget_cursor(model, task);
    return scheduler_done(model->scheduler, task, model->now_ns);
}

/* Must the run end here, whatever the tasks still want? */
static bool must_end(struct model *model)
{
    const struct diag *failure = programs_failure(
        scheduler_programs(model->scheduler));

    if (model->options->gate != NULL && gate_stopped(model->options->gate))
        return true;
    if (model->error == 0 && trace_count(model->trace) >= EVENTS_MAX) {
        diag_set(model->diag, model->workload->file, 0, 0,
                 _("the run has too many events to keep: take a longer slice "
                   "or a limit"));
        model->error = -E2BIG;
    }
    if (model->error == 0 && failure != NULL) {
        *model->diag = *failure;
        model->error = -EPROTO;
    }
    return model->error != 0;
}

/* Let who runs at the machine go on until time is needed or it leaves. */
static void go_on(struct model *model, int machine)
{
    enum performed what = PERFORMED_GO_ON;

    while (what == PERFORMED_GO_ON || what == PERFORMED_CALLED ||
           what == PERFORMED_RETURNED) {
        int task = scheduler_runner(model->scheduler, machine);

        if (task < 0 || must_end(model))
            return;
        what = do_next(model, task);
        if (what == PERFORMED_WORK)
            begin_work(model, machine, task);
    }
}

/* --- the phases of an instant --------------------------------------------- */

static void pass_key(struct model *model)
{
    struct scheduler *s = model->scheduler;
    int machine;

    if (scheduler_gil_ns(s) > model->now_ns)
        return;
    machine = scheduler_machine(s, scheduler_gil_holder(s));
    if (machine >= 0)
        end_work(model, machine);
    scheduler_gil_over(s, model->now_ns);
}

static bool is_switching(const struct model *model, int machine)
{
    int turn = scheduler_turn(model->scheduler, machine);

    return turn >= 0 &&
           scheduler_place(model->scheduler, turn) == PLACE_SWITCHING;
}

static void end_slice(struct model *model, int machine)
{
    struct scheduler *s = model->scheduler;

    if (model->desk[machine].worker < 0 ||
        scheduler_slice_ns(s, machine) > model->now_ns)
        return;
    if (scheduler_slice_wanted(s, machine))
        end_work(model, machine);
    scheduler_slice_over(s, machine, model->now_ns);
}

static void visit_machine(struct model *model, int machine)
{
    struct scheduler *s = model->scheduler;
    struct desk *desk = &model->desk[machine];

    if (is_switching(model, machine)) {
        int turn = scheduler_turn(s, machine);

        if (scheduler_until_ns(s, turn) > model->now_ns)
            return;
        scheduler_switched(s, machine, model->now_ns);
    }
    if (desk->worker >= 0 && desk->until_ns <= model->now_ns)
        end_work(model, machine);
    if (desk->worker < 0)
        go_on(model, machine);
    end_slice(model, machine);
}

static void dispatch_all(struct model *model)
{
    struct scheduler *s = model->scheduler;
    int machine;

    do {
        while ((machine = scheduler_idle_machine(s)) >= 0) {
            if (scheduler_dispatch(s, machine, model->now_ns) < 0)
                return; /* the person who picks has stopped the run */
            if (!is_switching(model, machine))
                go_on(model, machine);
            if (must_end(model))
                return;
        }
        machine = scheduler_victim(s);
        if (machine >= 0) {
            end_work(model, machine);
            scheduler_preempt(s, machine, model->now_ns);
        }
    } while (machine >= 0);
}

static void live_instant(struct model *model)
{
    struct scheduler *s = model->scheduler;
    int machines = model->options->machines;

    for (int i = 0; model->slices && i < machines; i++)
        scheduler_slice_skip(s, i, model->now_ns);
    scheduler_tick(s, model->now_ns);
    pass_key(model);
    for (int i = 0; i < machines; i++)
        visit_machine(model, i);
    dispatch_all(model);
}

/* --- from instant to instant ---------------------------------------------- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t next_at_machine(const struct model *model, int machine)
{
    const struct scheduler *s = model->scheduler;
    int64_t next_ns;

    if (is_switching(model, machine))
        return scheduler_until_ns(s, scheduler_turn(s, machine));
    if (model->desk[machine].worker < 0)
        return TIME_NEVER;
    next_ns = model->desk[machine].until_ns;
    if (scheduler_slice_wanted(s, machine))
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

static enum outcome live(struct model *model)
{
    int64_t limit_ns = model->options->limit_ns;

    scheduler_begin(model->scheduler, 0);
    while (!must_end(model)) {
        int64_t next_ns;

        do
            live_instant(model);
        while (!must_end(model) &&
               programs_poll(model->workload, model->scheduler, model->now_ns) >
                   0);
        if (must_end(model))
            break;
        if (!scheduler_unfinished(model->scheduler))
            return OUTCOME_FINISHED;
        if (scheduler_stuck(model->scheduler))
            return OUTCOME_DEADLOCK;
        next_ns = next_instant(model);
        if (limit_ns > 0 && next_ns > limit_ns) {
            model->now_ns = limit_ns;
            return OUTCOME_LIMIT;
        }
        if (next_ns == TIME_NEVER) { /* where sums of times end */
            diag_set(model->diag, NULL, 0, 0,
                     _("the run lasts beyond all numbers, 292 years: give "
                       "shorter times, or --limit MS"));
            model->error = -EINVAL;
            break;
        }
        model->now_ns = next_ns;
    }
    return model->error != 0 ? OUTCOME_FAILED : OUTCOME_STOPPED;
}

static int run_directed(unsigned traits, const struct workload *workload,
                        const struct run_options *options, struct trace *trace,
                        struct diag *diag)
{
    struct model model = {
        .workload = workload,
        .options = options,
        .trace = trace,
        .diag = diag,
        .slices = (traits & PREEMPTIVE) && options->slice_ns > 0,
    };
    enum outcome outcome;

    model.scheduler = scheduler_new(workload, traits, options, trace);
    model.cursor = xcalloc(workload->task_count + 1, sizeof(*model.cursor));
    model.desk = xcalloc((size_t)options->machines, sizeof(*model.desk));
    for (int i = 0; i < options->machines; i++)
        model.desk[i].worker = -1;

    model.error = programs_enter(scheduler_programs(model.scheduler));
    outcome = live(&model);
    for (int i = 0; i < options->machines; i++)
        end_work(&model, i);
    scheduler_finish(model.scheduler, outcome, model.now_ns);

    for (size_t i = 0; i < workload->task_count; i++)
        forget_cursor(&model, (int)i);
    programs_leave(scheduler_programs(model.scheduler));
    free(model.cursor);
    free(model.desk);
    scheduler_free(model.scheduler);
    return model.error;
}

int exec_model_run(const struct executor *mode, const struct workload *workload,
                   const struct run_options *options, struct trace *trace,
                   struct diag *diag)
{
    struct run_options directed = *options;
    struct schedule_reader reader;

    if (options->schedule == NULL)
        return run_directed(mode->mode->traits, workload, options, trace, diag);
    schedule_reader_init(&reader, options->schedule);
    directed.director = &reader.director;
    return run_directed(schedule_traits(options->schedule), workload, &directed,
                        trace, diag);
}
