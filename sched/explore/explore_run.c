/*
 * explore_run.c -- one run of a search: the model asks for decisions, and every
 * decision is written down, so that the run can be had again, and so that it is
 * known where it could have gone another way.
 */
#include <errno.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore_circle.h"
#include "sched/explore/explore_internal.h"
#include "sched/run/exec_model.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    STATE_TASKS_MAX = 64, /* of more tasks no search will see all states */
    STAGE_MS = 2000,
    STAGE_PROGRAM_MS = 10000,
    HANGS_MAX = 10,   /* each takes seconds */
    CIRCLES_MAX = 64, /* of a run by chance: it will not get away any more */
};

/* Preemptions are rarer than other decisions, or hardly a task would come to
 * its second step. */
static size_t throw_choice(struct explorer *explorer, size_t count, bool stops)
{
    uint64_t *random = &explorer->random;

    if (!stops)
        return (size_t)random_below(random, count);
    if (random_below(random, UINT64_C(1) << explorer->stop_bits) != 0)
        return 0;
    return 1 + (size_t)random_below(random, count - 1);
}

/* The state the run is in, or 0 where nobody can tell. To it belong which
 * possibilities there are, and what the checker still remembers: a later write
 * may lose an update or not. */
static uint64_t state_of(struct explorer *explorer, size_t count, bool stops)
{
    const struct decision_source *source = &explorer->source;
    uint64_t state;

    if (!source->state || explorer->workload->task_count > STATE_TASKS_MAX)
        return 0;
    explore_checker_follow(&explorer->checker, explorer->trace);
    state = source->state(source->host) +
            explore_checker_state(&explorer->checker);
    explorer->events += (int64_t)explorer->workload->task_count / 4;
    return random_mix(state + 2 * count + stops) | 1;
}

/* Up to its last departure a run repeats another; and from the first state on
 * in which another one has been. */
static bool is_known(const struct explorer *explorer)
{
    return explorer->by_chance || explorer->repeats ||
           explorer->reader.next < explorer->schedule.count;
}

/* Where a run comes back to a state of its own there is nothing new before it:
 * a run in order stops there. By chance it may still get away, for a while. */
static void follow_path(struct explorer *explorer, uint64_t state)
{
    size_t events = trace_count(explorer->trace);
    size_t before = state ? explore_path_come(&explorer->path, state, events)
                          : 0;

    if (before == 0)
        return;
    explorer->source.stop = explore_circle(explorer->workload, explorer->trace,
                                           before, &explorer->circle) ||
                            !explorer->by_chance ||
                            ++explorer->circles > CIRCLES_MAX;
}

/* Is the state of a choice new, so that its other possibilities are to be
 * tried? */
static bool is_open(struct explorer *explorer, size_t count, bool stops)
{
    bool known = is_known(explorer);
    uint64_t state = known && !explorer->loops
                         ? 0
                         : state_of(explorer, count, stops);

    if (explorer->loops)
        follow_path(explorer, state);
    if (known)
        return false;
    explorer->repeats = state && !explore_states_add(&explorer->seen, state);
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

    if (explorer->subject) {
        schedule_init_program(&explorer->schedule, &explorer->subject->program);
        return;
    }
    explorer->source.decide = decide;
    explorer->mode = executor_table[preemptive ? MODE_THREADS : MODE_COROUTINE];
    schedule_init(&explorer->schedule, workload, preemptive);
    executor_defaults(run, explorer->mode, workload);
    schedule_apply(run, NULL);
    run->model = true;
    run->foretell = true;
    run->limit_ns = explorer->options->limit_ns;
    run->decisions = &explorer->source;
    explorer->loops = explore_circle_possible(workload);
    if (explorer->loops)
        run->events_max = EXPLORE_RUN_EVENTS_MAX;
    explore_checker_init(&explorer->checker, workload);
}

void explore_run_fini(struct explorer *explorer)
{
    if (!explorer->subject)
        explore_checker_fini(&explorer->checker);
    explore_states_fini(&explorer->seen);
    explore_path_fini(&explorer->path);
    schedule_fini(&explorer->schedule);
    free(explorer->point);
}

/* What ended the run early, if anything did. */
static void look_at_end(struct explorer *explorer)
{
    const struct trace *trace = explorer->trace;
    const struct event *last = trace_at(trace, trace_count(trace) - 1);

    explorer->verdicts = explore_checker_end(&explorer->checker, trace,
                                             explorer->verdict);
    if (explorer->failed)
        explorer->verdict[explorer->verdicts++] = explore_checker_failure(
            &explorer->checker, trace, &explorer->failure);
    if (explorer->circle)
        explorer->verdict[explorer->verdicts++] = explore_checker_livelock(
            trace, explorer->circle);
    explorer->ended = last->object != OUTCOME_STOPPED &&
                      last->object != OUTCOME_LIVELOCK;
    if (last->object == OUTCOME_STOPPED && !explorer->source.stop &&
        !explorer->by_chance && !explorer->repeats)
        explorer->unfinished = true;
}

/* Choices up to the last departure repeat those of another run. */
static void take_decisions(struct explorer *explorer,
                           const struct explore_outcome *outcome)
{
    const struct schedule *schedule = &explorer->schedule;
    size_t known = 0;

    if (schedule->count > 0)
        known = (size_t)schedule->departure[schedule->count - 1].at + 1;
    for (size_t i = 0; i < outcome->decisions; i++) {
        const struct explore_decision *decision = &outcome->decision[i];

        explorer->point = xgrow(explorer->point, explorer->points,
                                &explorer->room, sizeof *explorer->point);
        explorer->point[explorer->points++] = (struct point){
            .count = decision->count,
            .choice = decision->choice,
            .stops = decision->stops,
            .open = !explorer->by_chance && i >= known,
        };
    }
}

/* What may depend on more than the order, or was not seen whole, proves
 * nothing. */
static void run_subject(struct explorer *explorer)
{
    struct explore_order *order = &explorer->order;
    struct explore_outcome outcome = { .wrong = false };

    order->seed = explorer->random;
    order->stop_bits = explorer->stop_bits;
    order->length = (unsigned)explorer->explored->longest;
    if (!explorer->by_chance)
        order->chance = CHANCE_NONE;
    order->schedule = &explorer->schedule;
    explorer->points = 0;
    explorer->verdicts = 0;
    explorer->reordered = false;
    if (!explorer->subject->run(explorer->subject, order, &outcome,
                                explorer->diag)) {
        explorer->error = -EIO;
        return;
    }
    explorer->broken = outcome.broken;
    if (outcome.broken) {
        explorer->unfinished = true;
        return;
    }
    take_decisions(explorer, &outcome);
    explorer->events += (int64_t)outcome.decisions + 1;
    if (explorer->explored->longest < (int64_t)outcome.decisions)
        explorer->explored->longest = (int64_t)outcome.decisions;
    explorer->reordered = outcome.reordered;
    if (outcome.partial)
        explorer->unfinished = true;
    if (!outcome.wrong)
        return;
    explorer->hangs += outcome.kind == FINDING_HANG;
    explorer->text = outcome.text;
    explorer->verdict[explorer->verdicts++] = (struct explore_verdict){
        .kind = outcome.kind,
        .what = outcome.what,
        .shared = -1,
        .claim = -1,
        .events = (int64_t)outcome.decisions,
        .task = -1,
        .other = -1,
    };
}

/* Verdicts and final values stay in the explorer until the next run; the trace,
 * which is large, does not. */
static void run_model(struct explorer *explorer)
{
    struct trace *trace = executor_trace(explorer->mode, explorer->workload,
                                         &explorer->run);
    int error;

    explorer->trace = trace;
    explorer->points = 0;
    explorer->repeats = explorer->source.stop = false;
    explorer->circle = 0;
    explorer->circles = 0;
    explore_path_begin(&explorer->path);
    explore_checker_begin(&explorer->checker);
    schedule_reader_init(&explorer->reader, &explorer->schedule);
    error = exec_model_run(explorer->workload, explorer->mode->mode->traits,
                           &explorer->run, trace, &explorer->failure);
    explorer->events += (int64_t)trace_count(trace);
    if (explorer->explored->longest < (int64_t)trace_count(trace))
        explorer->explored->longest = (int64_t)trace_count(trace);
    explorer->failed = error == -EDOM;
    explorer->verdicts = 0;
    if (error == 0 || explorer->failed) {
        look_at_end(explorer);
    } else {
        explorer->error = error;
        *explorer->diag = explorer->failure;
    }
    trace_free(trace);
}

void explore_run(struct explorer *explorer)
{
    struct explore_subject *subject = explorer->subject;

    if (!subject) {
        run_model(explorer);
        return;
    }
    run_subject(explorer);
    if (!subject->goes_on(subject, explorer->explored, explorer->order.loose))
        explorer->explored->stopped = true;
}

void explore_run_stage(struct explorer *explorer)
{
    explorer->until_ns = clock_now_ns() +
                         (explorer->subject ? STAGE_PROGRAM_MS : STAGE_MS) *
                             NS_PER_MS;
}

bool explore_run_late(const struct explorer *explorer)
{
    const struct workload *workload = explorer->workload;

    return explorer->explored->stopped ||
           (explorer->options->schedules == 0 &&
            (explorer->subject ||
             (workload->task_count > 0 && workload->task[0].program)) &&
            clock_now_ns() >= explorer->until_ns);
}

/* Schedules of a small text are cheap: without a number, as many are tried as
 * take a second or two. */
bool explore_run_enough(struct explorer *explorer)
{
    struct explored *explored = explorer->explored;
    int64_t tried = explored->by_chance + explored->in_order;
    int64_t schedules = explorer->options->schedules;
    bool cut = explorer->events >= EXPLORE_EVENTS_MAX ||
               explore_run_late(explorer) || explorer->hangs > HANGS_MAX;

    explored->cut = explored->cut || (cut && !explored->stopped);
    if (explorer->error || cut)
        return true;
    if (schedules > 0)
        return tried >= schedules;
    if (explorer->subject)
        return tried >= explorer->subject->schedules;
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
    schedule->program = explorer->schedule.program;
    schedule->input = explorer->schedule.input;
    for (size_t i = 0; i < explorer->points; i++) {
        if (explorer->point[i].choice == 0)
            continue;
        schedule_add(schedule, (uint32_t)i, explorer->point[i].choice);
        stops += explorer->point[i].stops;
    }
    return stops;
}
