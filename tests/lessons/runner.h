/*
 * runner.h -- the model, as the lessons want to be handed it.
 */
#ifndef CONCVIZ_TESTS_LESSONS_RUNNER_H
#define CONCVIZ_TESTS_LESSONS_RUNNER_H

#include "lessons/lesson.h"
#include "lessons/session/ideal.h"
#include "sched/analysis/metrics.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"

static inline struct trace *model_trace(const struct workload *workload,
                                        const struct lesson_settings *settings,
                                        struct diag *diag)
{
    const struct executor *executor = executor_find(settings->mode);
    struct run_options options;
    struct trace *trace;

    executor_defaults(&options, executor, workload);
    options.model = true;
    options.machines = settings->machines;
    options.slice_ns = settings->slice_ns;
    if (settings->policy.policy != POLICIES) {
        options.policy = settings->policy.policy;
        options.levels = settings->policy.levels;
    }
    options.gil_ns = settings->gil_ns;
    options.switch_cost_ns = settings->switch_cost_ns;
    options.limit_ns = settings->limit_ns;
    trace = executor_trace(executor, workload, &options);
    if (executor_run(executor, workload, &options, trace, diag) == 0)
        return trace;
    trace_free(trace);
    return NULL;
}

static inline struct metrics *exec_model_run(
    void *context, const struct workload *workload,
    const struct lesson_settings *settings, struct diag *diag)
{
    struct trace *trace = model_trace(workload, settings, diag);
    struct history *history;
    struct metrics *metrics;

    (void)context;
    if (!trace)
        return NULL;
    history = history_new(trace);
    history_update(history);
    metrics = metrics_new(history);
    history_free(history);
    trace_free(trace);
    return metrics;
}

static const struct lesson_runner model_runner = { exec_model_run, NULL };

#endif
