/*
 * whatif.c -- the model run once for each number of machines.
 *
 * Two of them are always run: one machine, which every speed-up is measured
 * against, and as many as can be of use, which shows what no machine can take
 * away. Beyond that many nothing changes, so the last run stands for all.
 */
#include "sched/explore/whatif.h"

#include <errno.h>
#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/base/xalloc.h"
#include "sched/explore/whatif_bound.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* What is kept of a run on the model. */
struct whatif_run {
    enum outcome outcome;
    int64_t makespan_ns, busy_ns;
    int64_t alone_ns; /* exactly one machine computed */
};

struct whatif_model {
    const struct executor *executor;
    const struct workload *workload;
    struct run_options options;
    struct diag *diag;
};

/* How many compute changes only where something happens. */
static int64_t time_alone(const struct history *history)
{
    const struct trace *trace = history_trace(history);
    size_t count = trace_count(trace);
    int64_t alone_ns = 0;

    for (size_t i = 0; i + 1 < count; i++) {
        int64_t from_ns = trace_at(trace, i)->t_ns;
        int64_t to_ns = trace_at(trace, i + 1)->t_ns;

        if (to_ns > from_ns && history_working(history, from_ns) == 1)
            alone_ns += to_ns - from_ns;
    }
    return alone_ns;
}

/* A run that was stopped ends without an error. Here it is one: half a curve
 * would look like a whole one. */
static int run(struct whatif_model *model, int machines, struct whatif_run *run)
{
    struct run_options *options = &model->options;
    struct metrics *metrics;
    struct history *history;
    struct trace *trace;
    int error;

    options->machines = machines;
    trace = executor_trace(model->executor, model->workload, options);
    error = executor_run(model->executor, model->workload, options, trace,
                         model->diag);
    history = history_new(trace);
    history_update(history);
    metrics = metrics_new(history);
    *run = (struct whatif_run){
        .outcome = metrics->outcome,
        .makespan_ns = metrics->outcome == OUTCOME_FINISHED
                           ? metrics->makespan_ns
                           : -1,
        .busy_ns = metrics->busy_ns,
        .alone_ns = time_alone(history),
    };
    metrics_free(metrics);
    history_free(history);
    trace_free(trace);
    if (error == 0 && run->outcome == OUTCOME_STOPPED)
        error = -ECANCELED;
    return error;
}

/* More machines than tasks, and than lines if each has its own, are as good as
 * that many. */
static int enough(const struct whatif_model *model)
{
    size_t enough = model->workload->task_count;
    int lines = model->workload->line_count;

    if (model->options.lines_own)
        enough *= (size_t)lines;
    if (enough < 1)
        return 1;
    return enough > WHATIF_MACHINES_MAX ? WHATIF_MACHINES_MAX : (int)enough;
}

/* Everything but the makespan needs the one on one machine, too. */
static void fill(const struct whatif *whatif, struct whatif_point *point,
                 const struct whatif_run *run)
{
    double one = (double)whatif->one_ns;

    point->outcome = run->outcome;
    point->makespan_ns = run->makespan_ns;
    if (whatif->one_ns <= 0 || run->makespan_ns <= 0)
        return;
    point->speedup = one / (double)run->makespan_ns;
    point->efficiency = point->speedup / point->machines;
    if (whatif->span_ns <= 0)
        return;
    point->ceiling = whatif_ceiling(whatif, point->machines);
    point->amdahl = whatif_amdahl(whatif, point->machines);
}

double whatif_amdahl(const struct whatif *whatif, double machines)
{
    return 1 / (whatif->serial + (1 - whatif->serial) / machines);
}

/* The work bounds every run. The span does so only where no order of service
 * can beat the one that was run (whatif_bound.c). */
double whatif_ceiling(const struct whatif *whatif, double machines)
{
    double one = (double)whatif->one_ns;
    double by_span = one / (double)whatif->span_ns;
    double by_work = machines * one / (double)whatif->work_ns;

    if (whatif->work_ns <= 0)
        return whatif->span_is_bound ? by_span : 0;
    return whatif->span_is_bound && by_span < by_work ? by_span : by_work;
}

/* One machine, and as many as can be of use: T(1), work, span and the serial
 * part. */
static int find_ends(struct whatif *whatif, struct whatif_model *model,
                     struct whatif_run *one, struct whatif_run *many)
{
    int error = run(model, 1, one);

    if (error == 0)
        error = run(model, enough(model), many);
    if (error != 0)
        return error;
    whatif->one_ns = one->makespan_ns;
    whatif->span_ns = many->makespan_ns;
    whatif->work_ns = one->busy_ns;
    whatif->span_is_bound = whatif_bound(model->workload, &model->options);
    whatif->serial = -1;
    if (one->makespan_ns > 0 && many->makespan_ns >= 0)
        whatif->serial = (double)many->alone_ns / (double)one->makespan_ns;
    return 0;
}

/* The two ends are not run again, and from `enough` on every number of machines
 * gives the same result. */
int whatif_compute(struct whatif *whatif, const struct executor *executor,
                   const struct workload *workload,
                   const struct run_options *options, int first, int last,
                   struct diag *diag)
{
    struct whatif_model model = { executor, workload, *options, diag };
    struct whatif_run one, many, other;
    int error;

    *whatif = (struct whatif){ .mode = executor->mode->name };
    model.options.model = true;
    model.options.foretell = true;
    error = find_ends(whatif, &model, &one, &many);
    whatif->point = xcalloc((size_t)(last - first + 1), sizeof *whatif->point);
    for (int n = first; n <= last && error == 0; n++) {
        struct whatif_point *point = &whatif->point[whatif->count++];

        point->machines = n;
        other = n == 1 ? one : many;
        if (n > 1 && n < enough(&model))
            error = run(&model, n, &other);
        fill(whatif, point, &other);
    }
    return error;
}

void whatif_fini(struct whatif *whatif)
{
    free(whatif->point);
    whatif->point = NULL;
    whatif->count = 0;
}
