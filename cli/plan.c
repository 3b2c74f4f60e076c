#include "cli/plan.h"

#include <stdio.h>

#include "cli/options.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/workload/workload.h"

enum {
    SEED_LIMIT = 1000000 /* short enough to be typed again */
};

static void apply(struct run_options *run, const struct options *options)
{
    run->model = options->model;
    if (options->slice_ns != NOT_SAID)
        run->slice_ns = options->slice_ns;
    if (options->gil_ns != NOT_SAID)
        run->gil_ns = options->gil_ns;
    if (options->switch_cost_ns != NOT_SAID)
        run->switch_cost_ns = options->switch_cost_ns;
    if (options->limit_ns != NOT_SAID)
        run->limit_ns = options->limit_ns;
    if (options->policy != NOT_SAID)
        run->policy = (enum policy)options->policy;
    if (options->lines != NOT_SAID)
        run->lines_own = options->lines == 1;
    /* Every random run is another, and the report says which one it was. */
    if (options->seed != NOT_SAID)
        run->seed = (uint64_t)options->seed;
    else if (run->policy == POLICY_RANDOM)
        run->seed = (uint64_t)clock_now_ns() % SEED_LIMIT;
}

/* The mode that has several machines and is otherwise like this one. */
static const char *wider_mode(const struct executor *executor)
{
    return executor->traits & PREEMPTIVE ? "parallel" : "hybrid";
}

/* One of the mode's or the model's only, and it was asked for elsewhere. */
static bool refuse_options(const struct executor *executor,
                           const struct options *options, struct diag *diag)
{
    if (options->machines > 1 && !(executor->traits & PARALLEL)) {
        diag_set(diag, NULL, 0, 0,
                 _("%s has one machine; for --machines %d use %s"),
                 executor->name, (int)options->machines, wider_mode(executor));
        return true;
    }
    if (options->switch_cost_ns != NOT_SAID && !options->model) {
        diag_set(diag, NULL, 0, 0,
                 _("--switch-cost needs --model: in a real run a switch costs "
                   "what it costs"));
        return true;
    }
    if (options->seed != NOT_SAID && options->policy != POLICY_RANDOM) {
        diag_set(diag, NULL, 0, 0, _("--seed needs --policy random"));
        return true;
    }
    return false;
}

/* A real machine is a core of our own: are there as many? */
static bool fit_machines(struct plan *plan, const struct options *options,
                         int usable, struct diag *diag)
{
    if (plan->run.model || plan->run.machines <= usable)
        return true;
    if (options && options->machines) {
        diag_set(diag, NULL, 0, 0,
                 _("--machines %d: this process may use %d of the cores; with "
                   "--model %d are computed"),
                 plan->run.machines, usable, plan->run.machines);
        return false;
    }
    plan->run.model = true;
    snprintf(plan->note, sizeof plan->note,
             _("%d machines are wanted and %d can be had: this is the model"),
             plan->run.machines, usable);
    return true;
}

bool plan_make(struct plan *plan, const struct executor *executor,
               const struct workload *workload, const struct options *options,
               int usable, struct diag *diag)
{
    *plan = (struct plan){ .executor = executor, .workload = workload };
    if (refuse_options(executor, options, diag))
        return false;
    run_options_init(&plan->run, executor, workload);
    apply(&plan->run, options);
    if (options->machines)
        plan->run.machines = (int)options->machines;
    return fit_machines(plan, options, usable, diag);
}

static const struct executor *other(const struct executor *executor, int step)
{
    int count = 0, here = 0;

    for (; executor_table[count]; count++)
        if (executor_table[count] == executor)
            here = count;
    return executor_table[(here + step + count) % count];
}

void plan_other_mode(struct plan *plan, const struct plan *from,
                     const struct options *options, int usable, int step)
{
    const struct executor *executor = other(from->executor, step);
    struct diag unused;

    *plan = (struct plan){ .executor = executor, .workload = from->workload };
    run_options_init(&plan->run, executor, plan->workload);
    apply(&plan->run, options);
    if (options->machines && executor->traits & PARALLEL)
        plan->run.machines = (int)options->machines;
    fit_machines(plan, NULL, usable, &unused);
}
