/*
 * explore_run.c -- one run of a search: the model asks for decisions, and every
 * decision is written down, so that the run can be had again, and so that it is
 * known where it could have gone another way.
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore_internal.h"
#include "sched/run/exec_model.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    STATE_TASKS_MAX = 64, /* of more tasks no search will see all states */
    STAGE_MS = 2000,
};

/* Preemptions are rarer than other decisions, or hardly a task would come to
 * its second step. */
static size_t throw_choice(struct explorer *explorer, size_t count, bool stops)
{
    uint64_t *random = &explorer->random;

    if (!stops)
        return random_below(random, count);
    if (random_below(random, UINT64_C(1) << explorer->stop_bits) != 0)
        return 0;
    return 1 + random_below(random, count - 1);
}

/* Is the run in a state in which no other has been? To it belong which
 * possibilities there are, and what the checker still remembers: a later write
 * may lose an update or not. */
static bool is_new(struct explorer *explorer, size_t count, bool stops)
{
    const struct decision_source *source = &explorer->source;
    uint64_t state;

    if (!source->state || explorer->workload->task_count > STATE_TASKS_MAX)
        return true;
    explore_checker_follow(&explorer->checker, explorer->trace);
    state = source->state(source->host) +
            explore_checker_state(&explorer->checker);
    explorer->events += (int64_t)explorer->workload->task_count / 4;
    return explore_states_add(&explorer->seen,
                              random_mix(state + 2 * count + stops));
}

/* Up to its last departure a run repeats another; and from the first state on
 * in which another one has been. */
static bool is_open(struct explorer *explorer, size_t count, bool stops)
{
    if (explorer->by_chance || explorer->repeats ||
        explorer->reader.next < explorer->schedule.count)
        return false;
    explorer->repeats = !is_new(explorer, count, stops);
    return !explorer->repeats;
}

/* is_open comes first: it looks at the state in which the choice is made.
 * Choices made by chance are recorded as well, because a schedule is made from
 * the recorded points. */
static size_t decide(struct decision_source *source, size_t count, bool stops)
{
    struct explorer *explorer = (struct explorer *)source;
    struct decision_source *reader = &explorer->reader.source;
    struct point point = { .count = (uint32_t)count, .stops = stops };
    size_t choice;

    point.open = is_open(explorer, count, stops);
    choice = explorer->by_chance ? throw_choice(explorer, count, stops)
                                 : reader->decide(reader, count, stops);
    point.choice = (uint32_t)choice;
    explorer->point = xgrow(explorer->point, explorer->points, &explorer->room,
                            sizeof *explorer->point);
    explorer->point[explorer->points++] = point;
    return choice;
}

/* The two modes differ only in whether preemptions are among the decisions. */
void explore_run_init(struct explorer *explorer)
{
    const struct workload *workload = explorer->workload;
    bool preemptive = explorer->options->preemptive;
    struct run_options *run = &explorer->run;

    explorer->source.decide = decide;
    explorer->mode = executor_table[preemptive ? MODE_THREADS : MODE_COROUTINE];
    schedule_init(&explorer->schedule, workload, preemptive);
    executor_defaults(run, explorer->mode, workload);
    schedule_apply(run, NULL);
    run->model = true;
    run->foretell = true;
    run->limit_ns = explorer->options->limit_ns;
    run->decisions = &explorer->source;
    explore_checker_init(&explorer->checker, workload);
}

void explore_run_fini(struct explorer *explorer)
{
    explore_states_fini(&explorer->seen);
    explore_checker_fini(&explorer->checker);
    schedule_fini(&explorer->schedule);
    free(explorer->point);
}

/* Verdicts and final values stay in the explorer until the next run; the trace,
 * which is large, does not. */
void explore_run(struct explorer *explorer)
{
    struct trace *trace = executor_trace(explorer->mode, explorer->workload,
                                         &explorer->run);

    explorer->trace = trace;
    explorer->points = 0;
    explorer->repeats = false;
    explore_checker_begin(&explorer->checker);
    schedule_reader_init(&explorer->reader, &explorer->schedule);
    explorer->error = exec_model_run(explorer->workload,
                                     explorer->mode->mode->traits,
                                     &explorer->run, trace, explorer->diag);
    explorer->events += (int64_t)trace_count(trace);
    explorer->verdicts = 0;
    if (!explorer->error)
        explorer->verdicts = explore_checker_end(&explorer->checker, trace,
                                                 explorer->verdict);
    trace_free(trace);
}

void explore_run_stage(struct explorer *explorer)
{
    explorer->until_ns = clock_now_ns() + STAGE_MS * NS_PER_MS;
}

bool explore_run_late(const struct explorer *explorer)
{
    const struct workload *workload = explorer->workload;

    return explorer->options->schedules == 0 && workload->task_count > 0 &&
           workload->task[0].program && clock_now_ns() >= explorer->until_ns;
}

/* Schedules of a small text are cheap: without a number, as many are tried as
 * take a second or two. */
bool explore_run_enough(struct explorer *explorer)
{
    struct explored *explored = explorer->explored;
    int64_t tried = explored->by_chance + explored->in_order;
    int64_t schedules = explorer->options->schedules;
    bool cut = explorer->events >= EXPLORE_EVENTS_MAX ||
               explore_run_late(explorer);

    explored->cut = explored->cut || cut;
    if (explorer->error || cut)
        return true;
    if (schedules > 0)
        return tried >= schedules;
    return tried >= EXPLORE_SCHEDULES &&
           (explorer->events >= EXPLORE_EVENTS || !explorer->source.state);
}

size_t explore_run_departures(const struct explorer *explorer)
{
    size_t count = 0;

    for (size_t i = 0; i < explorer->points; i++)
        count += explorer->point[i].choice != 0;
    return count;
}

/* Choice 0 is what happens anyway, so only the others are stored; where they
 * happened is enough to repeat the run. */
int explore_run_schedule(const struct explorer *explorer,
                         struct schedule *schedule)
{
    int stops = 0;

    schedule->count = 0;
    schedule->preemptive = explorer->schedule.preemptive;
    schedule->workload = explorer->schedule.workload;
    for (size_t i = 0; i < explorer->points; i++) {
        if (explorer->point[i].choice == 0)
            continue;
        schedule_add(schedule, (uint32_t)i, explorer->point[i].choice);
        stops += explorer->point[i].stops;
    }
    return stops;
}
