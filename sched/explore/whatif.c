#include "sched/explore/whatif.h"

#include <errno.h>
#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* What is kept of a run on the model. */
struct result {
    enum outcome outcome;
    int64_t makespan_ns, busy_ns;
};

struct question {
    const struct executor *executor;
    const struct workload *workload;
    struct run_options options;
    struct diag *diag;
};

double whatif_amdahl(double serial, int machines)
{
    return 1 / (serial + (1 - serial) / machines);
}

static int ask(struct question *question, int machines, struct result *result)
{
    struct run_options *options = &question->options;
    struct metrics *numbers;
    struct history *history;
    struct trace *trace;
    int error;

    options->machines = machines;
    trace = executor_trace(question->executor, question->workload, options);
    error = executor_run(question->executor, question->workload, options, trace,
                         question->diag);
    history = history_new(trace);
    history_update(history);
    numbers = metrics_new(history);
    *result = (struct result){
        .outcome = numbers->outcome,
        .makespan_ns = numbers->outcome == OUTCOME_FINISHED
                           ? numbers->makespan_ns
                           : -1,
        .busy_ns = numbers->busy_ns,
    };
    metrics_free(numbers);
    history_free(history);
    trace_free(trace);
    if (error == 0 && result->outcome == OUTCOME_STOPPED)
        error = -ECANCELED;
    return error;
}

/* More machines than tasks, and than lines if each has its own, are as good as
 * that many. */
static int enough(const struct question *question)
{
    size_t enough = question->workload->task_count;
    int lines = question->workload->line_count;

    if (question->options.lines_own)
        enough *= (size_t)lines;
    if (enough < 1)
        return 1;
    return enough > WHATIF_MACHINES_MAX ? WHATIF_MACHINES_MAX : (int)enough;
}

static void fill(const struct whatif *whatif, struct whatif_point *point,
                 const struct result *result)
{
    double one = (double)whatif->one_ns;

    point->outcome = result->outcome;
    point->makespan_ns = result->makespan_ns;
    if (whatif->one_ns <= 0 || result->makespan_ns <= 0)
        return;
    point->speedup = one / (double)result->makespan_ns;
    point->efficiency = point->speedup / point->machines;
    if (whatif->span_ns <= 0)
        return;
    point->ceiling = one / (double)whatif->span_ns;
    if (whatif->work_ns > 0 &&
        point->machines * one / (double)whatif->work_ns < point->ceiling)
        point->ceiling = point->machines * one / (double)whatif->work_ns;
    point->amdahl = whatif_amdahl(whatif->serial, point->machines);
}

/* One machine, and as many as can be of use: T(1), work and span. */
static int find_ends(struct whatif *whatif, struct question *question,
                     struct result *one, struct result *many)
{
    int error = ask(question, 1, one);

    if (error == 0)
        error = ask(question, enough(question), many);
    if (error != 0)
        return error;
    whatif->one_ns = one->makespan_ns;
    whatif->span_ns = many->makespan_ns;
    whatif->work_ns = one->busy_ns;
    whatif->serial = -1;
    if (one->makespan_ns > 0 && many->makespan_ns >= 0)
        whatif->serial = (double)many->makespan_ns / (double)one->makespan_ns;
    if (whatif->serial > 1)
        whatif->serial = 1; /* more machines made it slower */
    return 0;
}

int whatif_compute(struct whatif *whatif, const struct executor *executor,
                   const struct workload *workload,
                   const struct run_options *options, int first, int last,
                   struct diag *diag)
{
    struct question question = { executor, workload, *options, diag };
    struct result one, many, result;
    int error;

    *whatif = (struct whatif){ .mode = executor->mode->name };
    question.options.model = true;
    question.options.foretell = true;
    error = find_ends(whatif, &question, &one, &many);
    whatif->point = xcalloc((size_t)(last - first + 1), sizeof *whatif->point);
    for (int n = first; n <= last && error == 0; n++) {
        struct whatif_point *point = &whatif->point[whatif->count++];

        point->machines = n;
        result = n == 1 ? one : many;
        if (n > 1 && n < enough(&question))
            error = ask(&question, n, &result);
        fill(whatif, point, &result);
    }
    return error;
}

void whatif_fini(struct whatif *whatif)
{
    free(whatif->point);
    whatif->point = NULL;
    whatif->count = 0;
}
