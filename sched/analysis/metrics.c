/*
 * The run as a whole. What single events say has been added up by
 * metrics_task.c; what machines and tasks did for how long is asked of the
 * history. Sums saturate, as a damaged trace may say anything.
 */
#include "sched/analysis/metrics.h"

#include <stdlib.h>

#include "sched/analysis/diagnose.h"
#include "sched/analysis/metrics_internal.h"
#include "sched/analysis/wait_cycle.h"
#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* A finished run has taken as long as its last task. */
static int64_t last_finish(const struct metrics *metrics)
{
    int64_t last = 0;

    for (size_t i = 0; i < metrics->task_count; i++) {
        int64_t finish = metrics->task[i].finish_ns;

        if (metrics->workload->task[i].daemon)
            continue;
        if (finish != TIME_NEVER && finish > last)
            last = finish;
    }
    return last;
}

static double percent(int64_t part_ns, int64_t whole_ns)
{
    return whole_ns > 0 ? 100.0 * (double)part_ns / (double)whole_ns : 0.0;
}

/* What the machines did while the run lasted. */
static void measure_machines(struct metrics *metrics,
                             const struct history *history)
{
    int64_t span = metrics_span_ns(metrics), from = metrics->from_ns;
    int64_t to = metrics_sum(from, span);
    int64_t whole = metrics_product(span, metrics->machines);

    for (int i = 0; i < metrics->machines; i++) {
        metrics->busy_ns = metrics_sum(metrics->busy_ns,
                                       history_busy(history, i, from, to));
        metrics->stolen_ns = metrics_sum(metrics->stolen_ns,
                                         history_stolen(history, i, from, to));
    }
    metrics->others = percent(
        metrics->stolen_ns, metrics_sum(metrics->busy_ns, metrics->stolen_ns));
    metrics->idle_ns = whole - metrics->busy_ns;
    metrics->utilization = percent(metrics->busy_ns, whole);
    metrics->overhead = percent(metrics->switching_ns, whole);
}

static int64_t of_task(const struct task_metrics *task,
                       enum metrics_average average)
{
    switch (average) {
    case AVERAGE_FINISH:
        return task->finish_ns;
    case AVERAGE_RESPONSE:
        return task->response_ns;
    case AVERAGE_TURNAROUND:
        return task->turnaround_ns;
    default:
        return task->wait_ns;
    }
}

/* Averages are over persons, and a generator is a part of its caller; a daemon
 * works for others. Who has a period arrives with every job. */
bool metrics_term(const struct metrics *metrics, size_t index,
                  enum metrics_average average, int64_t *ns)
{
    const struct job_metrics *job = NULL;
    const struct task_spec *spec;
    bool by_job;

    if (index >= metrics->task_count)
        job = &metrics->job[index - metrics->task_count];
    spec = &metrics->workload->task[job ? (size_t)job->task : index];
    by_job = spec->period_ns > 0 &&
             (average == AVERAGE_RESPONSE || average == AVERAGE_TURNAROUND);
    if (!job)
        *ns = of_task(&metrics->task[index], average);
    else
        *ns = average == AVERAGE_RESPONSE ? job->response_ns
                                          : job->turnaround_ns;
    return (job != NULL) == by_job && !spec->generator && !spec->daemon &&
           *ns != TIME_NEVER;
}

/* Returns otherwise if no task counts. */
static double average_ns(const struct metrics *metrics,
                         enum metrics_average average, double otherwise)
{
    double sum_ns = 0;
    size_t count = 0;
    int64_t ns;

    for (size_t i = 0; i < metrics->task_count + metrics->job_count; i++) {
        if (!metrics_term(metrics, i, average, &ns))
            continue;
        sum_ns += (double)ns;
        count++;
    }
    return count ? sum_ns / (double)count : otherwise;
}

/* The order matters: counting events makes the array of tasks, the makespan
 * needs their finishes, and the shares of the machines need the makespan. */
struct metrics *metrics_new(const struct history *history)
{
    struct metrics *metrics = xcalloc(1, sizeof *metrics);
    struct wait_cycle cycle;

    metrics->workload = trace_workload(history_trace(history));
    metrics->outcome = history_outcome(history);
    metrics->ended = history_ended(history);
    metrics->end_ns = history_end(history);
    metrics->in_progress = history_max_in_progress(history);
    metrics->working = history_max_working(history);
    metrics->machines = history_machines(history);
    metrics_count_events(metrics, history);
    metrics->observed = history_observed(history);
    for (size_t i = 0; i < metrics->task_count; i++)
        metrics->task[i].stolen_ns = history_time_in(
            history, (int)i, STATE_STOLEN, 0, metrics->end_ns);
    metrics->makespan_ns = TIME_NEVER;
    if (metrics->ended && metrics->outcome == OUTCOME_FINISHED)
        metrics->makespan_ns = last_finish(metrics);
    measure_machines(metrics, history);
    metrics_jobs_measure(metrics, history);
    metrics->average_finish_ns = average_ns(metrics, AVERAGE_FINISH, -1);
    metrics->average_response_ns = average_ns(metrics, AVERAGE_RESPONSE, -1);
    metrics->average_turnaround_ns = average_ns(metrics, AVERAGE_TURNAROUND,
                                                -1);
    metrics->average_wait_ns = average_ns(metrics, AVERAGE_WAIT, 0);
    if (metrics->outcome == OUTCOME_FINISHED)
        return metrics; /* daemons that wait for each other harm nobody */
    cycle = wait_cycle_find(history);
    metrics->cycle = cycle.task;
    metrics->cycle_lock = cycle.lock;
    metrics->cycle_count = cycle.count;
    return metrics;
}

/* Stays in line and the changes of machines are cut at both ends. */
static void cut(struct metrics *metrics, const struct history *history)
{
    int64_t from = metrics->from_ns, to = metrics->end_ns;

    metrics->switching_ns = 0;
    for (int i = 0; i < metrics->machines; i++)
        metrics->switching_ns = metrics_sum(
            metrics->switching_ns, history_switching(history, i, from, to));
    for (size_t i = 0; i < metrics->task_count; i++) {
        struct task_metrics *task = &metrics->task[i];

        task->first_ns = task->finish_ns = TIME_NEVER;
        task->response_ns = task->turnaround_ns = TIME_NEVER;
        task->wait_ns = history_time_in(history, (int)i, STATE_IN_LINE, from,
                                        to);
        task->stolen_ns = history_time_in(history, (int)i, STATE_STOLEN, from,
                                          to);
    }
}

struct metrics *metrics_between(const struct history *history, int64_t from_ns,
                                int64_t to_ns)
{
    struct metrics *metrics = xcalloc(1, sizeof *metrics);
    int64_t end_ns = history_end(history);

    metrics->workload = trace_workload(history_trace(history));
    metrics->outcome = history_outcome(history);
    metrics->ended = history_ended(history);
    metrics->part = true;
    metrics->from_ns = from_ns > 0 ? from_ns : 0;
    metrics->end_ns = to_ns < end_ns ? to_ns : end_ns;
    if (metrics->from_ns > metrics->end_ns)
        metrics->from_ns = metrics->end_ns;
    history_max_between(history, metrics->from_ns, metrics->end_ns,
                        &metrics->in_progress, &metrics->working);
    metrics->machines = history_machines(history);
    metrics_count_events(metrics, history);
    metrics->observed = history_observed(history);
    metrics->makespan_ns = TIME_NEVER;
    cut(metrics, history);
    measure_machines(metrics, history);
    metrics->average_finish_ns = -1;
    metrics->average_response_ns = metrics->average_turnaround_ns = -1;
    metrics->fairness = -1;
    metrics->average_wait_ns = average_ns(metrics, AVERAGE_WAIT, 0);
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    if (!metrics)
        return;
    free(metrics->order);
    free(metrics->cycle);
    free(metrics->cycle_lock);
    free(metrics->shared);
    free(metrics->log);
    free(metrics->job);
    free(metrics->task);
    free(metrics->cpu);
    free(metrics);
}

bool metrics_know_stolen(const struct metrics *metrics)
{
    return metrics->observed == OBSERVED_KERNEL ||
           metrics->observed == OBSERVED_CLOCK;
}

int metrics_others(const struct metrics *metrics)
{
    return metrics->stolen_ns < DIAGNOSE_STOLEN_NS ||
                   metrics->others < DIAGNOSE_STOLEN_PERCENT
               ? 0
               : (int)(metrics->others + 0.5);
}
