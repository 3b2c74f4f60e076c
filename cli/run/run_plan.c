/*
 * run_plan.c -- what people ask for does not always make sense in a mode, or
 * fit the computer. When they start the program that is an error; when a key
 * takes them to another mode, options that mean nothing there are left out.
 */
#include "cli/run/run_plan.h"

#include <stdio.h>
#include <string.h>

#include "cli/options/options.h"
#include "cli/options/setting.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/checkup.h"
#include "sched/policy/policy.h"
#include "sched/scheduler/schedule.h"
#include "sched/workload/workload.h"

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
    if (options->policy.policy != POLICIES) {
        run->policy = options->policy.policy;
        run->levels = options->policy.levels;
    }
    run->running_first = options->tie == 1;
    run->preempted_last = options->preempted == 1;
    if (options->lines != NOT_SAID)
        run->lines_own = options->lines == 1;
    /* Every random run is another, and the report says which one it was. */
    if (options->seed != NOT_SAID)
        run->seed = (uint64_t)options->seed;
    else if (policy_table[run->policy]->seeded)
        run->seed = (uint64_t)clock_now_ns() % PLAN_SEED_LIMIT;
}

/* The mode that has several machines and is otherwise like this one. */
static const char *wider_mode(const struct executor *executor)
{
    return mode_table[executor->mode->traits & PREEMPTIVE ? MODE_PARALLEL
                                                          : MODE_HYBRID]
        .name;
}

/* What an option says comes before what the file says. */
static enum policy asked_policy(const struct options *options,
                                const struct workload *workload)
{
    return options->policy.policy != POLICIES ? options->policy.policy
                                              : workload->policy.policy;
}

/* What makes no sense in this mode, in a real run, or on this computer. */
static bool refuse_options(const struct executor *executor,
                           const struct workload *workload,
                           const struct options *options, int usable,
                           struct diag *diag)
{
    enum policy policy = asked_policy(options, workload);
    int machines = (int)options->machines;

    if (machines > 1 && !(executor->mode->traits & PARALLEL))
        diag_set(diag, NULL, 0, 0,
                 _("%s has one machine; for --machines %d use %s"),
                 executor->mode->name, machines, wider_mode(executor));
    else if (options->switch_cost_ns != NOT_SAID && !options->model)
        diag_set(diag, NULL, 0, 0,
                 _("--switch-cost needs --model: the cost of a real switch "
                   "cannot be chosen"));
    else if (options->seed != NOT_SAID && !policy_table[policy]->seeded &&
             !workload_has_chance(workload))
        diag_set(diag, NULL, 0, 0,
                 _("--seed needs --policy random or lottery, or a workload "
                   "that leaves something to chance"));
    else if (machines > usable && !options->model)
        diag_set(diag, NULL, 0, 0,
                 _("--machines %d: of the cores this process may use only %d; "
                   "--model computes a run on %d"),
                 machines, usable, machines);
    else
        return !options->schedule && !executor_allows(executor, policy, diag);
    return true;
}

/* What was asked for, as far as it means something in this mode. A real
 * machine is a core of our own: without as many, it is the model. */
static void plan_as_far(struct run_plan *plan, const struct executor *executor,
                        const struct workload *workload,
                        const struct options *options, int usable)
{
    struct run_options *run = &plan->run;

    *plan = (struct run_plan){ .executor = executor, .workload = workload };
    executor_defaults(run, executor, workload);
    apply(run, options);
    if (options->machines && executor->mode->traits & PARALLEL)
        run->machines = (int)options->machines;
    if (!executor_allows(executor, run->policy, NULL)) {
        snprintf(plan->note, sizeof plan->note,
                 _("nobody is ever stopped in this mode: fifo instead of %s"),
                 policy_table[run->policy]->name);
        run->policy = POLICY_FIFO;
    }
    if (run->model || run->machines <= usable)
        return;
    run->model = true;
    snprintf(plan->note, sizeof plan->note,
             _("%d machines need as many cores, but only %d can be used: "
               "showing the model"),
             run->machines, usable);
}

bool run_plan_make(struct run_plan *plan, const struct executor *executor,
                   const struct workload *workload,
                   const struct options *options, int usable, struct diag *diag)
{
    if (refuse_options(executor, workload, options, usable, diag))
        return false;
    plan_as_far(plan, executor, workload, options, usable);
    return true;
}

/* Follow the schedule as this mode can; sequential cannot. */
static bool follow(struct run_plan *plan, const struct schedule *schedule)
{
    plan->schedule = schedule;
    if (plan->executor->mode->traits & TO_THE_END)
        return false;
    schedule_apply(&plan->run, schedule);
    plan->note[0] = '\0';
    if (executor_can_follow(plan->executor, &plan->run))
        return true;
    plan->run.model = true;
    snprintf(plan->note, sizeof plan->note,
             _("only coroutines can really replay a schedule: showing the "
               "model of %s"),
             plan->executor->mode->name);
    return true;
}

/* What a schedule decides cannot be asked for as well. */
static const char *decided(const struct options *options)
{
    static const char *const name[] = { "machines", "slice",     "policy",
                                        "tie",      "seed",      "lines",
                                        "gil",      "preempted", "switch-cost",
                                        NULL };

    for (int i = 0; name[i]; i++)
        if (options_said(options, name[i]))
            return name[i];
    return NULL;
}

bool run_plan_replay(struct run_plan *plan, const struct schedule *schedule,
                     const struct options *options, struct diag *diag)
{
    if (decided(options)) {
        diag_set(diag, NULL, 0, 0,
                 _("--schedule already decides this: leave out --%s"),
                 decided(options));
        return false;
    }
    if (follow(plan, schedule))
        return true;
    diag_set(diag, NULL, 0, 0,
             _("%s has only one order: use coroutine to replay a schedule"),
             plan->executor->mode->name);
    return false;
}

bool run_plan_schedule(struct run_plan *plan, struct schedule *schedule,
                       const struct options *options, struct diag *diag)
{
    *schedule = (struct schedule){ .departure = NULL };
    return !options->schedule ||
           (schedule_decode(schedule, options->schedule, plan->workload,
                            diag) &&
            run_plan_replay(plan, schedule, options, diag));
}

void run_plan_other_mode(struct run_plan *plan, const struct run_plan *from,
                         const struct options *options, int usable, int step)
{
    const struct schedule *schedule = from->schedule;
    int here = (int)(from->executor->mode - mode_table);
    int there = (here + step + MODE_COUNT) % MODE_COUNT;

    plan_as_far(plan, executor_table[there], from->workload, options, usable);
    if (schedule)
        follow(plan, schedule);
}

void run_plan_counterpart(struct run_plan *plan, const struct run_plan *from,
                          const struct options *options, int usable)
{
    bool taking_turns = !(from->executor->mode->traits &
                          (PARALLEL | TO_THE_END));

    plan_as_far(plan,
                executor_table[taking_turns ? MODE_PARALLEL : MODE_COROUTINE],
                from->workload, options, usable);
}

/* What a setting of --policy was is not told: levels are those of the file. */
void run_plan_kept(struct run_plan *plan, const struct trace *trace)
{
    const struct trace_info *info = trace_info(trace);
    struct run_options *run = &plan->run;

    *plan = (struct run_plan){ .executor = executor_find(info->mode),
                               .workload = trace_workload(trace) };
    executor_defaults(run, plan->executor, plan->workload);
    run->model = !info->real;
    run->machines = info->machines;
    run->slice_ns = info->slice_ns;
    run->gil_ns = info->gil_ns;
    run->switch_cost_ns = info->switch_cost_ns;
    run->limit_ns = info->limit_ns;
    run->lines_own = info->lines_own;
    run->preempted_last = info->preempted_last;
    run->seed = info->seed;
    run->policy = policy_find(info->policy, strlen(info->policy));
}

void run_plan_note_busy(struct run_plan *plan)
{
    int others;

    if (plan->run.model || plan->run.machines < 2 || plan->note[0])
        return;
    others = checkup_busy(plan->run.machines, NULL);
    if (others > 0)
        snprintf(plan->note, sizeof plan->note,
                 _("the cores are busy now, others who compute: %d; real times "
                   "will be longer"),
                 others);
}

const char *run_plan_label(const struct run_plan *plan)
{
    return plan->label ? plan->label : plan->executor->mode->name;
}

/* --- two runs ------------------------------------------------------------- */

/* Say of which of the two settings this was said. */
static bool blame(const char *with, struct diag *diag)
{
    struct diag found = *diag;

    if (with)
        diag_set(diag, NULL, 0, 0, _("--with '%s': %s"), with, found.message);
    return false;
}

static bool read_settings(struct options own[2], const struct options *base,
                          const struct options *options, struct diag *diag)
{
    if (options_said(options, "modes")) {
        diag_set(diag, NULL, 0, 0,
                 _("--modes and --with cannot be combined: a mode stands "
                   "within --with"));
        return false;
    }
    if (!options->with[1]) {
        diag_set(diag, NULL, 0, 0,
                 _("two runs are compared: give --with another time, as in "
                   "--with threads"));
        return false;
    }
    for (int i = 0; i < 2; i++)
        if (!setting_read(&own[i], options->with[i], base, diag))
            return blame(options->with[i], diag);
    return true;
}

/* Two runs of one mode would differ by nothing but chance. */
static bool read_modes(struct options own[2], const struct options *base,
                       struct diag *diag)
{
    for (int i = 0; i < 2; i++) {
        own[i] = *base;
        own[i].mode = base->modes[i];
    }
    if (own[0].mode != own[1].mode)
        return true;
    diag_set(diag, NULL, 0, 0,
             _("--modes %s,%s: only two different modes can be compared"),
             mode_table[own[0].mode].name, mode_table[own[1].mode].name);
    return false;
}

static bool plan_one(struct run_plan *plan, const struct workload *workload,
                     const struct options *options, int usable,
                     struct diag *diag)
{
    if (asked_policy(options, workload) != POLICY_PICK)
        return run_plan_make(plan, executor_table[options->mode], workload,
                             options, usable, diag);
    diag_set(diag, NULL, 0, 0,
             _("runs with --policy pick cannot be compared: the choices "
               "differ"));
    return false;
}

/* --machines said for both is for those that may have several, and refused only
 * if none may. */
bool run_plan_pair(struct run_plan plan[2], const struct workload *workload,
                   const struct options *options, int usable, struct diag *diag)
{
    struct options base = *options, own[2];
    unsigned traits;

    base.machines = 0;
    if (options->with[0] ? !read_settings(own, &base, options, diag)
                         : !read_modes(own, &base, diag))
        return false;
    traits = mode_table[own[0].mode].traits | mode_table[own[1].mode].traits;
    for (int i = 0; i < 2; i++) {
        if (own[i].machines == 0 &&
            (mode_table[own[i].mode].traits & PARALLEL || !(traits & PARALLEL)))
            own[i].machines = options->machines;
        if (!plan_one(&plan[i], workload, &own[i], usable, diag))
            return blame(options->with[i], diag);
        plan[i].label = options->with[i];
    }
    return true;
}
