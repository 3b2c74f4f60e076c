/*
 * An update is lost when a task stores a variable that somebody else has
 * stored since the task read it: what the other stored is gone, and no order
 * of whole read-and-write pairs would have done that. This is seen in one run,
 * without a comparison with others.
 *
 * Every write gets a number. A task remembers the number of the value it read;
 * when it writes and the variable's number is another, it was too late.
 */
#include "sched/explore/explore_checker.h"

#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

void explore_checker_init(struct explore_checker *checker,
                          const struct workload *workload)
{
    size_t tasks = workload->task_count, shared = workload->shared_count;

    *checker = (struct explore_checker){
        .workload = workload,
        .version = xcalloc(shared + 1, sizeof *checker->version),
        .seen = xcalloc(tasks * shared + 1, sizeof *checker->seen),
        .writer = xcalloc(shared + 1, sizeof *checker->writer),
        .value = xcalloc(shared + 1, sizeof *checker->value),
    };
}

void explore_checker_fini(struct explore_checker *checker)
{
    free(checker->version);
    free(checker->seen);
    free(checker->writer);
    free(checker->value);
}

static uint64_t mix(uint64_t hash, int64_t more)
{
    return random_mix(hash + UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)more);
}

/* --- lost updates ---------------------------------------------------------- */

static void begin_run(struct explore_checker *checker)
{
    checker->clock++;
    for (size_t i = 0; i < checker->workload->shared_count; i++) {
        checker->version[i] = checker->clock;
        checker->writer[i] = -1;
        checker->value[i] = checker->workload->shared[i].initial;
    }
}

static uint64_t *seen(struct explore_checker *checker,
                      const struct event *event)
{
    return &checker->seen[event->task * checker->workload->shared_count +
                          (size_t)event->object];
}

/* Returns whether another task's update is lost. */
static bool write_value(struct explore_checker *checker,
                        const struct event *event)
{
    int shared = event->object;
    bool late = *seen(checker, event) != checker->version[shared] &&
                checker->writer[shared] != (int)event->task;

    checker->value[shared] = event->value;
    checker->version[shared] = ++checker->clock;
    if (!late)
        *seen(checker, event) = checker->clock;
    return late;
}

static bool is_known(const struct explore_verdict *verdict, int count,
                     int shared)
{
    for (int i = 0; i < count; i++)
        if (verdict[i].shared == shared)
            return true;
    return false;
}

/* Does this event lose an update, the first one of its variable? */
static bool loses(struct explore_checker *checker, const struct event *event,
                  const struct explore_verdict *known, int count, int *writer)
{
    if (event->kind == EVENT_READ) {
        *seen(checker, event) = checker->version[event->object];
        return false;
    }
    if (event->kind != EVENT_WRITE)
        return false;
    *writer = checker->writer[event->object];
    if (!write_value(checker, event)) {
        checker->writer[event->object] = (int)event->task;
        return false;
    }
    checker->writer[event->object] = (int)event->task;
    return !is_known(known, count, event->object);
}

static int find_lost_updates(struct explore_checker *checker,
                             const struct trace *trace,
                             struct explore_verdict *verdict)
{
    size_t events = trace_count(trace);
    int count = 0, writer;

    begin_run(checker);
    for (size_t i = 0; i < events; i++) {
        const struct event *event = trace_at(trace, i);

        if (!loses(checker, event, verdict, count, &writer) ||
            count == VERDICTS_MAX - 1)
            continue;
        verdict[count++] = (struct explore_verdict){
            .kind = FINDING_LOST_UPDATE,
            .what = mix(FINDING_LOST_UPDATE, event->object),
            .shared = event->object,
            .events = (int64_t)i + 1,
            .task = (int)event->task,
            .other = writer,
        };
    }
    return count;
}

/* --- deadlocks ------------------------------------------------------------- */

static uint64_t hash_cycle(const struct metrics *numbers)
{
    uint64_t hash = FINDING_DEADLOCK;

    for (size_t i = 0; i < numbers->cycle_count; i++)
        hash = mix(mix(hash, numbers->cycle[i]), numbers->cycle_lock[i]);
    return hash;
}

static uint64_t hash_waiters(const struct history *history, size_t tasks)
{
    uint64_t hash = FINDING_STUCK;

    for (size_t i = 0; i < tasks; i++) {
        struct interval at = history_at(history, (int)i, history_end(history));

        if (at.wait > WAIT_TIME)
            hash = mix(mix(mix(hash, (int64_t)i), at.wait), at.object);
    }
    return hash;
}

/* Nobody can go on, or, when the limit came first, some cannot. */
static int find_deadlock(const struct trace *trace,
                         struct explore_verdict *verdict)
{
    struct history *history = history_new(trace);
    struct metrics *numbers;
    bool found;

    history_update(history);
    numbers = metrics_new(history);
    *verdict = (struct explore_verdict){
        .kind = FINDING_DEADLOCK,
        .what = hash_cycle(numbers),
        .shared = -1,
        .events = (int64_t)trace_count(trace),
        .task = -1,
        .other = -1,
    };
    found = numbers->cycle_count > 0;
    if (!found && numbers->outcome == OUTCOME_DEADLOCK) {
        verdict->kind = FINDING_STUCK;
        verdict->what = hash_waiters(history, numbers->task_count);
        found = true;
    }
    metrics_free(numbers);
    history_free(history);
    return found;
}

int explore_checker_run(struct explore_checker *checker,
                        const struct trace *trace,
                        struct explore_verdict *verdict)
{
    int count = find_lost_updates(checker, trace, verdict);
    const struct event *last = trace_at(trace, trace_count(trace) - 1);

    if (last->object == OUTCOME_DEADLOCK || last->object == OUTCOME_LIMIT)
        count += find_deadlock(trace, &verdict[count]);
    return count;
}
