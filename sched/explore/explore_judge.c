/*
 * An update is lost when a task stores a variable that somebody else has
 * stored since the task read it: what the other stored is gone, and no order
 * of whole read-and-write pairs would have done that. This is seen in one run,
 * without a comparison with others.
 *
 * Every write gets a number. A task remembers the number of the value it read;
 * when it writes and the variable's number is another, it was too late.
 */
#include "sched/explore/explore_judge.h"

#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

void judge_init(struct judge *judge, const struct workload *workload)
{
    size_t tasks = workload->task_count, shared = workload->shared_count;

    *judge = (struct judge){
        .workload = workload,
        .version = xcalloc(shared + 1, sizeof *judge->version),
        .seen = xcalloc(tasks * shared + 1, sizeof *judge->seen),
        .writer = xcalloc(shared + 1, sizeof *judge->writer),
        .value = xcalloc(shared + 1, sizeof *judge->value),
    };
}

void judge_fini(struct judge *judge)
{
    free(judge->version);
    free(judge->seen);
    free(judge->writer);
    free(judge->value);
}

static uint64_t mix(uint64_t hash, int64_t more)
{
    return random_mix(hash + UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)more);
}

/* --- lost updates ---------------------------------------------------------- */

static void begin_run(struct judge *judge)
{
    judge->clock++;
    for (size_t i = 0; i < judge->workload->shared_count; i++) {
        judge->version[i] = judge->clock;
        judge->writer[i] = -1;
        judge->value[i] = judge->workload->shared[i].initial;
    }
}

static uint64_t *seen(struct judge *judge, const struct event *event)
{
    return &judge->seen[event->task * judge->workload->shared_count +
                        (size_t)event->object];
}

/* Returns whether another task's update is lost. */
static bool write_value(struct judge *judge, const struct event *event)
{
    int shared = event->object;
    bool late = *seen(judge, event) != judge->version[shared] &&
                judge->writer[shared] != (int)event->task;

    judge->value[shared] = event->value;
    judge->version[shared] = ++judge->clock;
    if (!late)
        *seen(judge, event) = judge->clock;
    return late;
}

static bool is_known(const struct verdict *verdict, int count, int shared)
{
    for (int i = 0; i < count; i++)
        if (verdict[i].shared == shared)
            return true;
    return false;
}

/* Does this event lose an update, the first one of its variable? */
static bool loses(struct judge *judge, const struct event *event,
                  const struct verdict *known, int count, int *writer)
{
    if (event->kind == EVENT_READ) {
        *seen(judge, event) = judge->version[event->object];
        return false;
    }
    if (event->kind != EVENT_WRITE)
        return false;
    *writer = judge->writer[event->object];
    if (!write_value(judge, event)) {
        judge->writer[event->object] = (int)event->task;
        return false;
    }
    judge->writer[event->object] = (int)event->task;
    return !is_known(known, count, event->object);
}

static int find_lost_updates(struct judge *judge, const struct trace *trace,
                             struct verdict *verdict)
{
    size_t events = trace_count(trace);
    int count = 0, writer;

    begin_run(judge);
    for (size_t i = 0; i < events; i++) {
        const struct event *event = trace_at(trace, i);

        if (!loses(judge, event, verdict, count, &writer) ||
            count == VERDICTS_MAX - 1)
            continue;
        verdict[count++] = (struct verdict){
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

static uint64_t hash_circle(const struct numbers *numbers)
{
    uint64_t hash = FINDING_DEADLOCK;

    for (size_t i = 0; i < numbers->circle_count; i++)
        hash = mix(mix(hash, numbers->circle[i]), numbers->circle_lock[i]);
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
static int find_deadlock(const struct trace *trace, struct verdict *verdict)
{
    struct history *history = history_new(trace);
    struct numbers *numbers;
    bool found;

    history_update(history);
    numbers = numbers_new(history);
    *verdict = (struct verdict){
        .kind = FINDING_DEADLOCK,
        .what = hash_circle(numbers),
        .shared = -1,
        .events = (int64_t)trace_count(trace),
        .task = -1,
        .other = -1,
    };
    found = numbers->circle_count > 0;
    if (!found && numbers->outcome == OUTCOME_DEADLOCK) {
        verdict->kind = FINDING_STUCK;
        verdict->what = hash_waiters(history, numbers->task_count);
        found = true;
    }
    numbers_free(numbers);
    history_free(history);
    return found;
}

int judge_run(struct judge *judge, const struct trace *trace,
              struct verdict *verdict)
{
    int count = find_lost_updates(judge, trace, verdict);
    const struct event *last = trace_at(trace, trace_count(trace) - 1);

    if (last->object == OUTCOME_DEADLOCK || last->object == OUTCOME_LIMIT)
        count += find_deadlock(trace, &verdict[count]);
    return count;
}
