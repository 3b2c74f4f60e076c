/*
 * explore_checker.c -- lost updates, deadlocks and what else can go wrong.
 *
 * An update is lost when a task stores a variable that somebody else has
 * stored since the task read it: what the other stored is gone, and no order
 * of whole read-and-write pairs would have done that. This is seen in one run,
 * without a comparison with others. What is stored must be made of what was
 * read (explore_copies.c).
 *
 * Every write gets a number. A task remembers the number of the value it read;
 * when it writes and the variable's number is another, it was too late.
 */
#include "sched/explore/explore_checker.h"

#include <stdlib.h>
#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore_circle.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_claim.h"

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
    explore_copies_init(&checker->copies, workload);
}

void explore_checker_fini(struct explore_checker *checker)
{
    free(checker->version);
    free(checker->seen);
    free(checker->writer);
    free(checker->value);
    explore_copies_fini(&checker->copies);
}

/* Put one more number into a hash; the order matters. */
static uint64_t mix(uint64_t hash, int64_t more)
{
    return random_mix(hash + UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)more);
}

/* --- lost updates --------------------------------------------------------- */

/* The clock continues from run to run: what seen[] remembers from an earlier
 * run never equals a version of this one, so it need not be cleared. */
void explore_checker_begin(struct explore_checker *checker)
{
    checker->clock++;
    checker->followed = 0;
    checker->verdicts = 0;
    for (size_t i = 0; i < checker->workload->shared_count; i++) {
        checker->version[i] = checker->clock;
        checker->writer[i] = -1;
        checker->value[i] = checker->workload->shared[i].initial;
    }
}

/* Has somebody else written the variable since the task read it? A task that
 * has never read it has the first value. */
static bool is_late(const struct explore_checker *checker, size_t task,
                    size_t shared)
{
    size_t at = task * checker->workload->shared_count + shared;

    return checker->writer[shared] >= 0 &&
           checker->writer[shared] != (int)task &&
           checker->seen[at] != checker->version[shared];
}

/* What a task has written itself it has seen; but a copy that was late stays
 * late until it is read again. */
static void write_value(struct explore_checker *checker,
                        const struct event *event, bool late)
{
    size_t shared = (size_t)event->object;

    checker->value[shared] = event->value;
    checker->version[shared] = ++checker->clock;
    checker->writer[shared] = (int)event->task;
    if (!late)
        checker->seen[event->task * checker->workload->shared_count + shared] =
            checker->clock;
}

/* One lost update of each variable is enough; some verdicts are kept free for
 * what else may be wrong. */
static void note_lost_update(struct explore_checker *checker,
                             const struct event *event)
{
    for (int i = 0; i < checker->verdicts; i++)
        if (checker->verdict[i].shared == event->object)
            return;
    if (checker->verdicts == LOST_UPDATES_MAX)
        return;
    checker->verdict[checker->verdicts++] = (struct explore_verdict){
        .kind = FINDING_LOST_UPDATE,
        .what = mix(FINDING_LOST_UPDATE, event->object),
        .shared = event->object,
        .claim = -1,
        .events = (int64_t)checker->followed,
        .task = (int)event->task,
        .other = checker->writer[event->object],
    };
}

/* Continues where it stopped, because it is called at every decision, in the
 * middle of the run. */
void explore_checker_follow(struct explore_checker *checker,
                            const struct trace *trace)
{
    size_t count = trace_count(trace);

    while (checker->followed < count) {
        const struct event *event = trace_at(trace, checker->followed++);
        size_t shared = (size_t)event->object;

        if (event->kind == EVENT_STEP) {
            explore_copies_step(&checker->copies, event);
        } else if (event->kind == EVENT_READ) {
            checker->seen[event->task * checker->workload->shared_count +
                          shared] = checker->version[shared];
        } else if (event->kind == EVENT_WRITE) {
            bool late = is_late(checker, event->task, shared) &&
                        explore_copies_store(&checker->copies,
                                             (int)event->task);

            if (late)
                note_lost_update(checker, event);
            write_value(checker, event, late);
        }
    }
}

/* What matters for the rest of the run is only whether a copy is out of date,
 * not its number. Runs that differ in nothing else are in the same state. */
uint64_t explore_checker_state(const struct explore_checker *checker)
{
    size_t tasks = checker->workload->task_count;
    uint64_t hash = 0;

    for (size_t i = 0; i < checker->workload->shared_count; i++)
        for (size_t task = 0; task < tasks; task++)
            if (explore_copies_matter(&checker->copies, (int)task, (int)i))
                hash = mix(hash, is_late(checker, task, i));
    return hash;
}

/* --- deadlocks ------------------------------------------------------------ */

/* The same cycle is one finding, however the run came to it. */
static uint64_t hash_cycle(const struct metrics *numbers)
{
    uint64_t hash = FINDING_DEADLOCK;

    for (size_t i = 0; i < numbers->cycle_count; i++)
        hash = mix(mix(hash, numbers->cycle[i]), numbers->cycle_lock[i]);
    return hash;
}

/* Without a cycle: who waits for what. Sleeping is not waiting for anybody. */
static uint64_t hash_waiters(const struct history *history,
                             const struct workload *workload)
{
    uint64_t hash = FINDING_STUCK;

    for (size_t i = 0; i < workload->task_count; i++) {
        struct interval at = history_at(history, (int)i, history_end(history));

        if (at.wait > WAIT_TIME && !workload->task[i].daemon)
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
        .claim = -1,
        .events = (int64_t)trace_count(trace),
        .task = -1,
        .other = -1,
    };
    found = numbers->cycle_count > 0;
    if (!found && numbers->outcome == OUTCOME_DEADLOCK) {
        verdict->kind = FINDING_STUCK;
        verdict->what = hash_waiters(history, numbers->workload);
        found = true;
    }
    metrics_free(numbers);
    history_free(history);
    return found;
}

/* --- failures ------------------------------------------------------------- */

static struct explore_verdict broken_claim(const struct trace *trace,
                                           enum finding_kind kind, int claim)
{
    return (struct explore_verdict){
        .kind = kind,
        .what = mix(kind, claim),
        .shared = -1,
        .claim = claim,
        .events = (int64_t)trace_count(trace),
        .task = -1,
        .other = -1,
    };
}

/* A run ends where `never` is broken. Where a calculation fails, the same step
 * is one finding, whoever fails there first. */
struct explore_verdict explore_checker_failure(
    const struct explore_checker *checker, const struct trace *trace,
    const struct diag *diag)
{
    int claim = workload_claim_find(checker->workload, false, checker->value);

    if (claim >= 0)
        return broken_claim(trace, FINDING_NEVER, claim);
    return (struct explore_verdict){
        .kind = FINDING_FAILED,
        .what = mix(mix(FINDING_FAILED, diag->line), diag->column),
        .shared = -1,
        .claim = -1,
        .events = (int64_t)trace_count(trace),
        .task = -1,
        .other = -1,
    };
}

/* --- livelocks ------------------------------------------------------------ */

struct explore_verdict explore_checker_livelock(const struct trace *trace,
                                                uint64_t who)
{
    return (struct explore_verdict){
        .kind = FINDING_LIVELOCK,
        .what = mix(FINDING_LIVELOCK, (int64_t)who),
        .shared = -1,
        .claim = -1,
        .events = (int64_t)trace_count(trace),
        .task = -1,
        .other = -1,
    };
}

/* --- the end -------------------------------------------------------------- */

/* Runs that finish cannot have a deadlock, so they need no history; but only
 * they have come to what is claimed in the end. One broken claim is enough. */
int explore_checker_end(struct explore_checker *checker,
                        const struct trace *trace,
                        struct explore_verdict *verdict)
{
    const struct event *last = trace_at(trace, trace_count(trace) - 1);
    int count;

    explore_checker_follow(checker, trace);
    count = checker->verdicts;
    memcpy(verdict, checker->verdict, (size_t)count * sizeof *verdict);
    if (last->object == OUTCOME_FINISHED) {
        int claim = workload_claim_find(checker->workload, true,
                                        checker->value);

        if (claim >= 0)
            verdict[count++] = broken_claim(trace, FINDING_FINALLY, claim);
    }
    if (last->object == OUTCOME_LIVELOCK)
        verdict[count++] = explore_checker_livelock(
            trace, explore_circle_able(checker->workload, trace));
    else if (last->object == OUTCOME_DEADLOCK ||
             last->object == OUTCOME_LIMIT || last->object == OUTCOME_STOPPED)
        count += find_deadlock(trace, &verdict[count]);
    return count;
}
