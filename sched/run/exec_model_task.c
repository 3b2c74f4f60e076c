/*
 * exec_model_task.c -- what tasks do at the ideal machines, within an instant.
 *
 * A task does its steps, which take no time, until one of them is work. When
 * that would end is known at once; if something comes before, exec_model.c ends
 * the work early, and the rest is left for the task's next turn.
 */
#include <errno.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/program/program.h"
#include "sched/program/task_input.h"
#include "sched/run/exec_model_internal.h"
#include "sched/run/gate.h"
#include "sched/scheduler/decision_source.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    EVENTS_MAX = 1 << 27 /* 4 GiB of trace */
};

/* --- work at a machine ---------------------------------------------------- */

/* When the work ends is known at once; what may come before is looked up
 * later. */
static void begin_work(struct model *model, int machine, int task)
{
    struct model_work *work = &model->work[machine];
    int64_t left_ns = scheduler_left_ns(model->scheduler, task);

    work->task = task;
    work->since_ns = model->now_ns;
    work->until_ns = left_ns > TIME_NEVER - model->now_ns
                         ? TIME_NEVER
                         : model->now_ns + left_ns;
    if (left_ns == STEP_FOREVER && model->options->limit_ns == 0 &&
        !scheduler_spins(model->scheduler, task)) {
        diag_set(model->diag, model->workload->file,
                 model->workload->task[task].source_line,
                 model->workload->task[task].source_column,
                 _("work without end needs a limit: add --limit MS"));
        model->error = -EINVAL;
    }
}

/* Whoever stops work says how much was done: all of the time since it
 * began. */
void exec_model_end_work(struct model *model, int machine)
{
    struct model_work *work = &model->work[machine];

    if (work->task < 0)
        return;
    scheduler_worked(model->scheduler, work->task,
                     model->now_ns - work->since_ns, model->now_ns);
    work->task = -1;
}

/* --- what a task does ----------------------------------------------------- */

/* A task that is done needs its memory no more, and there may be a million. */
void exec_model_forget(struct model *model, int task)
{
    if (!model->input[task])
        return;
    task_input_fini(model->input[task]);
    free(model->input[task]);
    model->input[task] = NULL;
}

/* What a task brings is made when it begins: most of a million may be away. */
static bool next_request(struct model *model, int task, struct request *request)
{
    if (!model->input[task]) {
        model->input[task] = xcalloc(1, sizeof *model->input[task]);
        task_input_init(model->input[task], model->workload, model->scheduler,
                        model->programs, task, 1);
    }
    return task_input_next(model->input[task], request);
}

/* First what was left undone, then what was postponed, then the next step. */
static enum performed do_next(struct model *model, int task)
{
    struct scheduler *s = model->scheduler;
    struct request request;

    if (scheduler_left_ns(s, task) > 0)
        return scheduler_work(s, task, model->now_ns);
    if (!scheduler_quits(s, task) && (scheduler_postponed(s, task, &request) ||
                                      next_request(model, task, &request)))
        return scheduler_perform(s, task, &request, model->now_ns);
    if (scheduler_has_job(s, task) && task_input_again(model->input[task]))
        return scheduler_job_over(s, task, model->now_ns);
    exec_model_forget(model, task);
    return scheduler_done(s, task, model->now_ns);
}

bool exec_model_must_end(struct model *model)
{
    const struct run_options *options = model->options;

    if (options->gate && gate_stopped(options->gate))
        return true;
    if (options->decisions && options->decisions->stop)
        return true;
    if (options->events_max && trace_count(model->trace) >= options->events_max)
        return true;
    if (model->error == 0 && trace_count(model->trace) >= EVENTS_MAX) {
        diag_set(model->diag, model->workload->file, 0, 0,
                 _("the run has too many events to keep: set a longer "
                   "slice, or a limit"));
        model->error = -E2BIG;
    }
    if (model->error == 0)
        model->error = programs_error(model->programs, model->diag);
    if (model->error == 0)
        model->error = scheduler_error(model->scheduler, model->diag);
    return model->error != 0;
}

void exec_model_go_on(struct model *model, int machine)
{
    enum performed what = PERFORMED_GO_ON;

    while (what == PERFORMED_GO_ON || what == PERFORMED_RETURNED) {
        int task = scheduler_runner(model->scheduler, machine);

        if (task < 0 || exec_model_must_end(model) ||
            !scheduler_unfinished(model->scheduler))
            return; /* only daemons are left */
        what = do_next(model, task);
        if (what == PERFORMED_WORK)
            begin_work(model, machine, task);
    }
}
