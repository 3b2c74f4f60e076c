/*
 * pick_score.c -- trying orders of service.
 *
 * Every run of the model is settled by its choices: at each, a number from 0 to
 * how many stand in line. So all runs are the leaves of a tree, visited like
 * the numbers of an odometer: repeat the choices of the last run, but raise the
 * last one that can be raised; after it choose 0, which is who came first.
 */
#include "sched/explore/pick_score.h"

#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    TRIES_MOST = 2000,
    EVENTS_MOST = 400000, /* of all tries: then it is enough */
    DEPTH_MOST = 64,      /* choices that are varied, the first ones */
};

static const struct pick_score none = { -1, -1 };

/* A run that did not finish has no score: its times end where it was
 * stopped. */
struct pick_score pick_score_of(const struct history *history)
{
    struct metrics *metrics = metrics_new(history);
    struct pick_score score = none;

    if (metrics->outcome == OUTCOME_FINISHED)
        score = (struct pick_score){ metrics->average_finish_ns,
                                     metrics->makespan_ns };
    metrics_free(metrics);
    return score;
}

/* Run the model and look at it; adds its events to *events. */
static struct pick_score run(const struct executor *executor,
                             const struct workload *workload,
                             const struct run_options *options, size_t *events)
{
    struct trace *trace = executor_trace(executor, workload, options);
    struct pick_score score = none;
    struct history *history;
    struct diag unused;

    if (executor_run(executor, workload, options, trace, &unused) == 0) {
        history = history_new(trace);
        history_update(history);
        score = pick_score_of(history);
        history_free(history);
    }
    *events += trace_count(trace);
    trace_free(trace);
    return score;
}

/* --- what tasks ask for --------------------------------------------------- */

/* Stops at the longest duration a workload may have, so that no sum
 * overflows. */
static int64_t add(int64_t a, int64_t b)
{
    return a > WORKLOAD_DURATION_MAX_NS - b ? WORKLOAD_DURATION_MAX_NS : a + b;
}

/* Work, and with `away` also the time that the steps wait by themselves. */
static int64_t length_of(const struct steps *steps, bool away)
{
    int64_t sum = 0;

    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->step[i];

        if (step->kind == STEP_CPU ||
            (away && (step->kind == STEP_SLEEP || step->kind == STEP_BLOCK)))
            sum = add(sum, step->ns > WORKLOAD_DURATION_MAX_NS
                               ? WORKLOAD_DURATION_MAX_NS
                               : step->ns);
        if (step->kind == STEP_REPEAT) {
            struct steps body = workload_block(step);
            int64_t once = length_of(&body, away);

            sum = once > 0 && step->value > WORKLOAD_DURATION_MAX_NS / once
                      ? WORKLOAD_DURATION_MAX_NS
                      : add(sum, once * step->value);
            i += body.count + 1;
        }
    }
    return sum;
}

/* A task cannot be done before its own steps are, one after the other; and
 * the machines cannot do all the work sooner than they can share it. */
static struct pick_score bound_of(const struct workload *workload, int machines)
{
    struct pick_score bound = { 0, 0 };
    int64_t work = 0;
    int counted = 0;

    for (size_t i = 0; i < workload->task_count; i++) {
        const struct task_spec *task = &workload->task[i];
        int64_t end = add(task->at_ns, length_of(&task->steps, true));

        work = add(work, length_of(&task->steps, false));
        if (task->generator)
            continue;
        bound.average_finish_ns += (double)end;
        bound.makespan_ns = end > bound.makespan_ns ? end : bound.makespan_ns;
        counted++;
    }
    if (counted)
        bound.average_finish_ns /= counted;
    if (work / machines > bound.makespan_ns)
        bound.makespan_ns = work / machines;
    return bound;
}

/* --- shortest first ------------------------------------------------------- */

/* Strictly less, so that among equals the first in line goes, as in FIFO. */
static int choose_shortest(void *context, const int *candidate, size_t count,
                           int64_t *waited_ns)
{
    const int64_t *work = context;
    size_t best = 0;

    *waited_ns = 0;
    for (size_t i = 1; i < count; i++)
        if (work[candidate[i]] < work[candidate[best]])
            best = i;
    return (int)best;
}

/* Only work counts as length: a task that sleeps needs no machine for it. */
static struct pick_score run_shortest(const struct executor *executor,
                                      const struct workload *workload,
                                      struct run_options options,
                                      size_t *events)
{
    int64_t *work = xcalloc(workload->task_count + 1, sizeof *work);
    struct pick_score score;

    for (size_t i = 0; i < workload->task_count; i++)
        work[i] = length_of(&workload->task[i].steps, false);
    options.policy = POLICY_PICK;
    options.choose = choose_shortest;
    options.choose_context = work;
    score = run(executor, workload, &options, events);
    free(work);
    return score;
}

/* --- the same choices again ----------------------------------------------- */

struct memory {
    const struct trace *trace;
    size_t next; /* event to look at */
};

/* The picked task is looked for by its number, because the model's line may be
 * in a different order. If it is not there, the first in line goes. */
static int choose_again(void *context, const int *candidate, size_t count,
                        int64_t *waited_ns)
{
    struct memory *memory = context;

    *waited_ns = 0;
    while (memory->next < trace_count(memory->trace)) {
        const struct event *event = trace_at(memory->trace, memory->next++);

        if (event->kind != EVENT_PICK)
            continue;
        for (size_t i = 0; i < count; i++)
            if (candidate[i] == (int)event->task)
                return (int)i;
        return 0;
    }
    return 0;
}

struct pick_score pick_score_again(const struct executor *executor,
                                   const struct trace *trace,
                                   const struct run_options *options)
{
    struct run_options model = *options;
    struct memory memory = { .trace = trace };
    size_t events = 0;

    model.model = model.foretell = true;
    model.gate = NULL;
    model.policy = POLICY_PICK;
    model.choose = choose_again;
    model.choose_context = &memory;
    return run(executor, trace_workload(trace), &model, &events);
}

/* --- the best ------------------------------------------------------------- */

struct odometer {
    int choice[DEPTH_MOST], possible[DEPTH_MOST];
    int depth; /* choices of the last run */
};

/* Beyond DEPTH_MOST the first in line is chosen; search notices, and does not
 * claim to have tried everything. */
static int choose_next(void *context, const int *candidate, size_t count,
                       int64_t *waited_ns)
{
    struct odometer *odometer = context;
    int at = odometer->depth++;

    (void)candidate;
    *waited_ns = 0;
    if (at >= DEPTH_MOST)
        return 0;
    odometer->possible[at] = (int)count;
    return odometer->choice[at] < (int)count ? odometer->choice[at] : 0;
}

/* Set the choices of the next run; false after the last one. */
static bool turn(struct odometer *odometer)
{
    int last = odometer->depth < DEPTH_MOST ? odometer->depth : DEPTH_MOST;

    while (last > 0 &&
           odometer->choice[last - 1] + 1 >= odometer->possible[last - 1])
        last--;
    if (last == 0)
        return false;
    odometer->choice[last - 1]++;
    for (int i = last; i < DEPTH_MOST; i++)
        odometer->choice[i] = 0;
    return true;
}

/* The two numbers are kept separately: the order with the best average need not
 * have the best makespan. */
static void keep_best(struct pick_score *best, struct pick_score score)
{
    if (score.makespan_ns < 0)
        return;
    if (best->makespan_ns < 0 || score.makespan_ns < best->makespan_ns)
        best->makespan_ns = score.makespan_ns;
    if (best->average_finish_ns < 0 ||
        score.average_finish_ns < best->average_finish_ns)
        best->average_finish_ns = score.average_finish_ns;
}

/* Complete only if the odometer came round and no run had more choices than are
 * varied. */
static void search(struct pick_scores *scores, const struct executor *executor,
                   const struct workload *workload, struct run_options options)
{
    struct odometer odometer = { .depth = 0 };
    size_t events = 0;
    bool more = true, deep = false;

    options.policy = POLICY_PICK;
    options.choose = choose_next;
    options.choose_context = &odometer;
    while (more && scores->tried < TRIES_MOST && events < EVENTS_MOST) {
        odometer.depth = 0;
        keep_best(&scores->best, run(executor, workload, &options, &events));
        scores->tried++;
        deep |= odometer.depth > DEPTH_MOST;
        more = turn(&odometer);
    }
    scores->complete = !more && !deep;
}

/*
 * A person may choose at the end of every slice, so that is what is searched.
 * Taking turns needs a mode that can stop tasks, and a slice: without one it
 * would be FIFO again. First come and shortest first count for the best as
 * well, because the search may not reach them within its tries.
 */
void pick_score_compute(struct pick_scores *scores,
                        const struct executor *executor,
                        const struct workload *workload,
                        const struct run_options *options)
{
    struct run_options model = *options;
    const struct executor *threads =
        executor_table[options->machines > 1 ? MODE_PARALLEL : MODE_THREADS];
    size_t events = 0;

    *scores = (struct pick_scores){ .best = none };
    model.model = model.foretell = true;
    model.gate = NULL;
    model.policy = POLICY_FIFO;
    search(scores, executor, workload, model);
    keep_best(&scores->best, run_shortest(executor, workload, model, &events));
    if (model.slice_ns == 0)
        model.slice_ns = 100 * NS_PER_MS;
    scores->turns = run(threads, workload, &model, &events);
    model.slice_ns = 0;
    scores->fifo = run(executor, workload, &model, &events);
    scores->shortest = run_shortest(executor, workload, model, &events);
    model.policy = POLICY_SRTF;
    scores->remaining = run(threads, workload, &model, &events);
    model.policy = POLICY_MLFQ;
    if (model.levels.count == 0)
        model.levels = policy_default_levels();
    scores->levels = run(threads, workload, &model, &events);
    keep_best(&scores->best, scores->fifo);
    keep_best(&scores->best, scores->shortest);
    scores->bound = bound_of(workload, options->machines);
}
