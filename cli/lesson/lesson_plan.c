/*
 * lesson_plan.c -- from what a lesson wants to be run to a run.
 *
 * Lessons are written for an ideal machine. They are run on the real one where
 * it can show what the lesson says; where it cannot, the model runs them.
 */
#include "cli/lesson/lesson_plan.h"

#include <stdio.h>

#include "cli/options/options.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "lessons/lesson.h"
#include "lessons/parse/bounds.h"
#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"

enum {
    MODEL_PATIENCE_MS = 5000
};

static void set_options(struct run_options *run,
                        const struct executor *executor,
                        const struct workload *workload,
                        const struct lesson_settings *settings)
{
    executor_defaults(run, executor, workload);
    run->machines = settings->machines;
    run->slice_ns = settings->slice_ns;
    if (settings->policy.policy != POLICIES) {
        run->policy = settings->policy.policy;
        run->levels = settings->policy.levels;
    }
    run->gil_ns = settings->gil_ns;
    run->switch_cost_ns = settings->switch_cost_ns;
    run->limit_ns = settings->limit_ns;
    run->steps_max = BOUNDS_STEPS_MAX;
}

void lesson_plan(struct run_plan *plan, const struct workload *workload,
                 const struct lesson_settings *settings,
                 const struct options *options, int usable)
{
    *plan = (struct run_plan){ .executor = executor_find(settings->mode),
                               .workload = workload };
    set_options(&plan->run, plan->executor, workload, settings);
    if (plan->run.switch_cost_ns > 0) {
        snprintf(plan->note, sizeof plan->note, "%s",
                 _("a switch takes time here: showing the model"));
        plan->run.model = true;
    } else if (plan->run.machines > usable) {
        snprintf(plan->note, sizeof plan->note,
                 _("%d machines need as many cores, but only %d can be used: "
                   "showing the model"),
                 plan->run.machines, usable);
        plan->run.model = true;
    }
    plan->run.model |= options->model;
    run_plan_note_busy(plan);
}

struct runner *lesson_plan_model(const struct workload *workload,
                                 const struct lesson_settings *settings,
                                 struct diag *diag)
{
    const struct executor *executor = executor_find(settings->mode);
    struct run_options options;
    const struct diag *why;
    struct runner *runner;

    set_options(&options, executor, workload, settings);
    options.model = true;
    runner = runner_start(executor, workload, &options, diag);
    if (!runner)
        return NULL;
    if (!runner_wait(runner, MODEL_PATIENCE_MS))
        diag_set(diag, NULL, 0, 0, "%s", _("this takes too long to compute"));
    else if (runner_error(runner, &why))
        *diag = *why;
    else
        return runner;
    runner_free(runner);
    return NULL;
}

static struct metrics *model_numbers(void *context,
                                     const struct workload *workload,
                                     const struct lesson_settings *settings,
                                     struct diag *diag)
{
    struct runner *runner = lesson_plan_model(workload, settings, diag);
    struct history *history;
    struct metrics *metrics;

    (void)context;
    if (!runner)
        return NULL;
    history = runner_history(runner);
    metrics = metrics_new(history);
    history_free(history);
    runner_free(runner);
    return metrics;
}

const struct lesson_runner lesson_plan_runner = { model_numbers, NULL };
