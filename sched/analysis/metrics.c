#include "sched/analysis/metrics.h"

#include <stdlib.h>

#include "sched/analysis/metrics_internal.h"
#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* A finished run has taken as long as its last task. */
static int64_t last_finish(const struct metrics *numbers)
{
    int64_t last = 0;
    size_t i;

    for (i = 0; i < numbers->task_count; i++) {
        int64_t finish = numbers->task[i].finish_ns;

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
static void measure_machines(struct metrics *numbers,
                             const struct history *history)
{
    bool finished = numbers->makespan_ns != TIME_NEVER;
    int64_t span = finished ? numbers->makespan_ns : numbers->end_ns;
    int64_t whole = metrics_product(span, numbers->machines);
    int i;

    for (i = 0; i < numbers->machines; i++)
        numbers->busy_ns = metrics_sum(numbers->busy_ns,
                                       history_busy(history, i, 0, span));
    numbers->idle_ns = whole - numbers->busy_ns;
    numbers->utilization = percent(numbers->busy_ns, whole);
    numbers->overhead = percent(numbers->switching_ns, whole);
}

/* Averages are over persons, and a generator is a part of its caller. */
static void average(struct metrics *numbers, const struct workload *workload)
{
    double finish = 0, wait = 0;
    size_t i, finished = 0, arrived = 0;

    for (i = 0; i < numbers->task_count; i++) {
        const struct task_metrics *task = &numbers->task[i];

        if (workload->task[i].generator)
            continue;
        if (task->finish_ns != TIME_NEVER) {
            finish += (double)task->finish_ns;
            finished++;
        }
        if (task->arrived) {
            wait += (double)task->wait_ns;
            arrived++;
        }
    }
    numbers->average_finish_ns = finished ? finish / (double)finished : -1.0;
    numbers->average_wait_ns = arrived ? wait / (double)arrived : 0.0;
}

struct metrics *metrics_new(const struct history *history)
{
    struct metrics *numbers = xcalloc(1, sizeof *numbers);
    const struct workload *workload = trace_workload(history_trace(history));

    numbers->outcome = history_outcome(history);
    numbers->end_ns = history_end(history);
    numbers->in_progress = history_max_in_progress(history);
    numbers->working = history_max_working(history);
    numbers->machines = history_machines(history);
    metrics_count_events(numbers, history);
    numbers->makespan_ns = TIME_NEVER;
    if (history_ended(history) && numbers->outcome == OUTCOME_FINISHED)
        numbers->makespan_ns = last_finish(numbers);
    measure_machines(numbers, history);
    average(numbers, workload);
    metrics_find_cycle(numbers, history);
    return numbers;
}

void metrics_free(struct metrics *numbers)
{
    if (!numbers)
        return;
    free(numbers->order);
    free(numbers->cycle);
    free(numbers->cycle_lock);
    free(numbers->shared);
    free(numbers->log);
    free(numbers->task);
    free(numbers->cpu);
    free(numbers);
}
