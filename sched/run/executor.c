/*
 * executor.c -- what all runs have in common before they begin: defaults, what
 * must be refused, and the trace.
 */
#include "sched/run/executor.h"

#include <errno.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/cores.h"
#include "sched/run/exec_model.h"
#include "sched/workload/workload.h"

enum {
    EVENTS_PREPARED = 31 * 1024 /* 1 MiB, half a millisecond */
};

/* So long that a person can see it; a kernel's own slices are a few ms. */
static const int64_t default_slice_ns = 100 * NS_PER_MS;

const struct executor *executor_find(const char *name)
{
    const struct mode *mode = mode_find(name);

    return mode ? executor_table[mode - mode_table] : NULL;
}

void executor_defaults(struct run_options *options,
                       const struct executor *executor,
                       const struct workload *workload)
{
    int64_t slice_ns = workload->slice_ns;

    if (slice_ns == WORKLOAD_NO_SLICE)
        slice_ns = default_slice_ns;
    *options = (struct run_options){
        .machines = 1,
        .slice_ns = executor->mode->traits & PREEMPTIVE ? slice_ns : 0,
        .policy = workload->policy.policy,
        .levels = workload->policy.levels,
        .lines_own = workload->lines_own,
    };
    if (executor->mode->traits & PARALLEL)
        options->machines = workload->machines > 0 ? workload->machines
                                                   : cores_usable();
}

struct trace *executor_trace(const struct executor *executor,
                             const struct workload *workload,
                             const struct run_options *options)
{
    const struct policy_rules *policy = policy_table[options->policy];
    bool sliced = (executor->mode->traits & PREEMPTIVE) && policy->sliced &&
                  !policy->slice;
    struct trace_info info = {
        .mode = executor->mode->name,
        .real = !options->model,
        .machines = options->machines,
        .slice_ns = sliced ? options->slice_ns : 0,
        .gil_ns = options->gil_ns,
        .switch_cost_ns = options->model ? options->switch_cost_ns : 0,
        .lines_own = options->lines_own,
        .policy = policy->name,
        .preempted_last = options->preempted_last,
        .seeded = policy->seeded || workload_has_chance(workload),
        .seed = options->seed,
        .limit_ns = options->limit_ns,
        .recorded_ns = clock_calendar_ns(),
    };
    struct trace *trace = trace_new(workload, &info);

    if (!options->foretell)
        trace_listen(trace, options->listener);
    return trace;
}

/* Real threads are stopped by the kernel, where no schedule can say when. */
bool executor_can_follow(const struct executor *executor,
                         const struct run_options *options)
{
    if (executor->mode->traits & TO_THE_END)
        return false;
    return options->model || !(executor->mode->traits & PREEMPTIVE);
}

/* Work without end is found out when it begins; jobs may end all the same, so
 * only a run without end would show it. */
bool executor_ends(const struct workload *workload, int64_t limit_ns,
                   struct diag *diag)
{
    for (size_t i = 0; i < workload->task_count && limit_ns == 0; i++)
        if (workload->task[i].period_ns > 0 && workload->task[i].times == 0 &&
            !workload->task[i].daemon) {
            diag_set(diag, workload->file, workload->task[i].source_line,
                     workload->task[i].source_column,
                     _("jobs without end need a limit: add --limit MS, or "
                       "\"times 6\" to the task"));
            return false;
        }
    return true;
}

bool executor_allows(const struct executor *executor, enum policy policy,
                     struct diag *diag)
{
    bool allowed = (executor->mode->traits & PREEMPTIVE) ||
                   !policy_table[policy]->must_stop;

    if (!allowed && diag)
        diag_set(diag, NULL, 0, 0,
                 _("%s must stop tasks, and in %s nobody is ever stopped; use "
                   "threads or parallel, or --policy fifo"),
                 policy_table[policy]->name, executor->mode->name);
    return allowed;
}

/* Is there a reason not to begin? Fills diag then. */
static int refuse(const struct executor *executor,
                  const struct workload *workload,
                  const struct run_options *options, struct diag *diag)
{
    int usable;

    if (options->machines < 1 || options->machines >= EVENT_NO_MACHINE) {
        diag_set(diag, NULL, 0, 0, _("%d machines cannot be drawn"),
                 options->machines);
        return -EINVAL;
    }
    if (options->machines > 1 && !(executor->mode->traits & PARALLEL)) {
        diag_set(diag, NULL, 0, 0,
                 _("%s has one machine; parallel and hybrid can have "
                   "more"),
                 executor->mode->name);
        return -EINVAL;
    }
    if (workload->data.takes_turns && (executor->mode->traits & TO_THE_END)) {
        diag_set(diag, NULL, 0, 0,
                 _("%s needs tasks that take turns; in %s the first one "
                   "would wait forever for the others"),
                 workload->name, executor->mode->name);
        return -EINVAL;
    }
    if (!executor_allows(executor, options->policy, diag) ||
        !executor_ends(workload, options->limit_ns, diag))
        return -EINVAL;
    if (options->policy == POLICY_PICK && !options->gate && !options->choose) {
        diag_set(diag, NULL, 0, 0, _("nobody is there to pick the next task"));
        return -EINVAL;
    }
    if (options->schedule && !executor_can_follow(executor, options)) {
        diag_set(diag, NULL, 0, 0,
                 _("%s cannot replay a schedule; coroutine and the model"
                   " can"),
                 executor->mode->name);
        return -ENOTSUP;
    }
    if (options->model || options->machines == 1)
        return 0;
    usable = cores_usable();
    if (options->machines > usable) {
        diag_set(diag, NULL, 0, 0,
                 _("%d machines need as many cores, but this process may"
                   " use only %d; with --model they are computed instead"),
                 options->machines, usable);
        return -EAGAIN;
    }
    return 0;
}

/* A run that never began is a trace as well. */
static void end_at_once(struct trace *trace, int machines)
{
    struct event event = { .task = EVENT_NO_TASK, .machine = EVENT_NO_MACHINE };

    event.kind = EVENT_START;
    event.value = machines;
    trace_add(trace, event);
    event.kind = EVENT_END;
    event.value = 0;
    event.object = OUTCOME_FAILED;
    trace_add(trace, event);
}

/* Coroutines do what the model does, event by event. */
static int follow(const struct executor *executor,
                  const struct workload *workload,
                  const struct run_options *options, struct trace *trace,
                  struct diag *diag)
{
    struct run_options model = *options, real = *options;
    struct trace *script;
    int error;

    model.model = true;
    model.listener = NULL;
    script = executor_trace(executor, workload, &model);
    real.script = script;
    error = exec_model_run(workload, executor->mode->traits, &model, script,
                           diag);
    if (error == 0)
        error = executor->run(workload, executor->mode->traits, &real, trace,
                              diag);
    else
        end_at_once(trace, options->machines);
    trace_free(script);
    return error;
}

/* Refused runs leave a trace as well, so nobody has to ask whether there is
 * one. */
int executor_run(const struct executor *executor,
                 const struct workload *workload,
                 const struct run_options *options, struct trace *trace,
                 struct diag *diag)
{
    int error = refuse(executor, workload, options, diag);

    if (error != 0) {
        end_at_once(trace, options->machines);
        return error;
    }
    if (options->model)
        return exec_model_run(workload, executor->mode->traits, options, trace,
                              diag);
    if (options->schedule)
        return follow(executor, workload, options, trace, diag);
    trace_prepare(trace, EVENTS_PREPARED);
    return executor->run(workload, executor->mode->traits, options, trace,
                         diag);
}
