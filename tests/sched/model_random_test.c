/*
 * A thousand workloads by a random author, each in all modes, under every
 * policy. Whatever they do, some things must hold after each event. That a
 * trace is possible at all is for trace_check to say; what is watched here is
 * that the ideal machine decides as its rules say:
 *
 *   R2, R3  no machine stands idle while somebody is in its line, and the one
 *           who leaves the line is the one whose turn it was
 *   R6      a slice ends when it ends, neither sooner nor later
 */
#include "tests/suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/check/trace_check.h"
#include "tests/sched/random_workload.h"

enum {
    WORKLOADS = 1000,
    CHUNK = 100, /* a test */
    RUNS = 6,    /* of each workload */
    MACHINES = 4,
    TASKS = RANDOM_TASKS + 2,
};

/* --- one run -------------------------------------------------------------- */

struct trial {
    uint64_t seed;
    int number;
    struct strbuf text;
    bool yields_to;
    struct workload *workload;
    const struct executor *mode;
    struct run_options options;
};

/* Fail, saying all that is needed to see it again. */
#define expect(trial, holds, ...)                                              \
    do {                                                                       \
        if (!(holds)) {                                                        \
            fprintf(stderr, "seed %d, run %d, %s:\n%s", (int)(trial)->seed,    \
                    (trial)->number, (trial)->mode->mode->name,                \
                    (trial)->text.text);                                       \
            ck_abort_msg(__VA_ARGS__);                                         \
        }                                                                      \
    } while (0)

static void trial_init(struct trial *trial, uint64_t seed)
{
    struct diag diag = { .message = "" };

    *trial = (struct trial){ .seed = seed };
    strbuf_init(&trial->text);
    trial->yields_to = random_workload(&trial->text, seed);
    trial->workload = workload_parse("random", "random", trial->text.text,
                                     trial->text.length, &diag);
    ck_assert_msg(trial->workload != NULL, "%d:%d: %s\n%s", diag.line,
                  diag.column, diag.message, trial->text.text);
}

static void trial_fini(struct trial *trial)
{
    workload_free(trial->workload);
    strbuf_fini(&trial->text);
}

/* Every mode in turn; the rest by chance. */
static void choose_options(struct trial *trial, int number)
{
    static const int64_t slices_ms[] = { 0, 5, 10, 30 };
    uint64_t random = trial->seed * RUNS + (uint64_t)number;
    struct run_options *options = &trial->options;

    trial->number = number;
    trial->mode = executor_table[number % 5];
    executor_defaults(options, trial->mode, trial->workload);
    options->model = true;
    options->machines = 1;
    if (trial->mode->mode->traits & PARALLEL)
        options->machines += (int)random_below(&random, MACHINES);
    options->slice_ns = slices_ms[random_below(&random, 4)] * NS_PER_MS;
    options->policy = (enum policy)random_below(&random, POLICY_PICK);
    options->seed = random;
    options->lines_own = random_below(&random, 3) == 0;
    if (random_below(&random, 4) == 0)
        options->gil_ns = 7 * NS_PER_MS;
    if (random_below(&random, 4) == 0)
        options->switch_cost_ns = 3 * NS_PER_MS;
    if (random_below(&random, 8) == 0)
        options->limit_ns = 100 * NS_PER_MS;
}

static struct trace *run(const struct trial *trial)
{
    struct trace *trace = executor_trace(trial->mode, trial->workload,
                                         &trial->options);
    struct diag diag = { .message = "" };
    int error = executor_run(trial->mode, trial->workload, &trial->options,
                             trace, &diag);

    expect(trial, error == 0, "%s", diag.message);
    return trace;
}

/* --- watching the decisions ----------------------------------------------- */

struct watch {
    const struct trial *trial;
    int64_t now_ns;
    int lines; /* that are kept apart: rule R18 */
    struct {
        bool in_line;
        int64_t order, priority;
        int64_t used_ns; /* of the slice somebody more important ended: R9 */
    } task[TASKS];
    struct {
        int turn;
        int64_t since_ns;
    } machine[MACHINES];
    struct {
        int count;
        int64_t since_ns; /* somebody is there */
    } line[MACHINES];
    int64_t tail, front;
};

static int line_of(const struct watch *watch, int task)
{
    return (watch->trial->workload->task[task].line - 1) % watch->lines;
}

/* The end of the slice in which somebody got in line. If that was at the very
 * instant one ended, it may have been just too late for it. */
static int64_t slice_end(const struct watch *watch, int m)
{
    int64_t slice_ns = watch->trial->options.slice_ns;
    int64_t used_ns = watch->line[m % watch->lines].since_ns -
                      watch->machine[m].since_ns;

    if (used_ns < 0)
        used_ns = 0;
    return watch->machine[m].since_ns + (used_ns / slice_ns + 1) * slice_ns;
}

/* Time goes on: everybody who could be served is. */
static void advance(struct watch *watch, int64_t t_ns)
{
    const struct run_options *options = &watch->trial->options;
    bool slices = (watch->trial->mode->mode->traits & PREEMPTIVE) &&
                  options->slice_ns > 0 && options->policy == POLICY_FIFO;

    expect(watch->trial, t_ns >= watch->now_ns, "time goes back");
    for (int i = 0; t_ns > watch->now_ns && i < options->machines; i++) {
        if (watch->line[i % watch->lines].count == 0)
            continue;
        expect(watch->trial, watch->machine[i].turn >= 0,
               "machine %d is idle at %d us", i, (int)(watch->now_ns / 1000));
        expect(watch->trial, !slices || t_ns <= slice_end(watch, i),
               "a slice at machine %d is longer than it may be", i);
    }
    watch->now_ns = t_ns;
}

static void get_in_line(struct watch *watch, const struct event *event)
{
    int task = (int)event->task, line = line_of(watch, task);
    int64_t slice_ns = watch->trial->options.slice_ns;
    int64_t used_ns = 0;

    if (event->object == READY_PREEMPTED) {
        used_ns = event->t_ns - watch->machine[event->machine].since_ns +
                  watch->task[task].used_ns;
        expect(watch->trial,
               event->value >= 0 || (used_ns > 0 && used_ns % slice_ns == 0),
               "task %d is stopped within its slice", task);
    }
    watch->task[task].used_ns = slice_ns > 0 ? used_ns % slice_ns : 0;
    watch->task[task].in_line = true;
    watch->task[task].order = event->object == READY_PREEMPTED &&
                                      event->value >= 0
                                  ? --watch->front
                                  : ++watch->tail;
    if (watch->line[line].count++ == 0)
        watch->line[line].since_ns = event->t_ns;
}

/* Is a before b by the policy? */
static bool is_before(const struct watch *watch, int a, int b)
{
    if (watch->trial->options.policy == POLICY_PRIORITY &&
        watch->task[a].priority != watch->task[b].priority)
        return watch->task[a].priority > watch->task[b].priority;
    return watch->task[a].order < watch->task[b].order;
}

static void leave_line(struct watch *watch, const struct event *event)
{
    const struct trial *trial = watch->trial;
    int task = (int)event->task, line = line_of(watch, task);

    expect(trial, event->machine % watch->lines == line,
           "task %d is served by somebody else's machine", task);
    watch->task[task].in_line = false;
    watch->line[line].count--;
    if (trial->options.policy == POLICY_RANDOM || trial->yields_to)
        return;
    for (int i = 0; i < (int)trial->workload->task_count; i++) {
        expect(trial,
               !watch->task[i].in_line || line_of(watch, i) != line ||
                   is_before(watch, task, i),
               "task %d is served before task %d", task, i);
    }
}

static void take_machine(struct watch *watch, const struct event *event)
{
    if (watch->trial->workload->task[event->task].generator)
        return;
    if (watch->task[event->task].in_line)
        leave_line(watch, event);
    watch->machine[event->machine].turn = (int)event->task;
    if (event->object == 0)
        watch->machine[event->machine].since_ns = event->t_ns;
}

static void watch_event(struct watch *watch, const struct event *event)
{
    advance(watch, event->t_ns);
    switch (event->kind) {
    case EVENT_CREATED:
    case EVENT_PRIORITY:
        watch->task[event->task].priority = event->value;
        break;
    case EVENT_READY:
        get_in_line(watch, event);
        break;
    case EVENT_SWITCH:
    case EVENT_RUN:
        take_machine(watch, event);
        return;
    case EVENT_AWAIT:
    case EVENT_BLOCKED:
    case EVENT_DONE:
        break;
    default:
        return;
    }
    for (int i = 0; i < MACHINES; i++) { /* it is away now */
        if (event->kind != EVENT_PRIORITY && event->kind != EVENT_CREATED &&
            watch->machine[i].turn == (int)event->task)
            watch->machine[i].turn = -1;
    }
}

static void watch_trace(const struct trial *trial, const struct trace *trace)
{
    struct watch watch = { .trial = trial, .lines = 1 };

    if (trial->options.lines_own)
        watch.lines = trial->workload->line_count < trial->options.machines
                          ? trial->workload->line_count
                          : trial->options.machines;
    for (int i = 0; i < MACHINES; i++)
        watch.machine[i].turn = -1;
    for (size_t i = 0; i < trace_count(trace); i++)
        watch_event(&watch, trace_at(trace, i));
}

/* --- what must hold for every run ----------------------------------------- */

static void expect_same(const struct trial *trial, const struct trace *a,
                        const struct trace *b)
{
    expect(trial, trace_count(a) == trace_count(b), "not the same again");
    for (size_t i = 0; i < trace_count(a); i++) {
        expect(trial,
               memcmp(trace_at(a, i), trace_at(b, i), sizeof(struct event)) ==
                   0,
               "event %d is not the same again", (int)i);
    }
}

static void expect_numbers(const struct trial *trial, const struct trace *trace,
                           uint64_t *checksum)
{
    struct history *history = history_new(trace);
    struct metrics *metrics;
    int64_t cpu_ns = 0;

    history_update(history);
    metrics = metrics_new(history);
    for (size_t i = 0; i < metrics->task_count; i++)
        cpu_ns += metrics->task[i].cpu_ns;
    expect(trial, metrics->busy_ns == cpu_ns, "busy is not the work done");
    expect(trial, metrics->working <= trial->options.machines,
           "more work than machines");
    expect(trial, metrics->utilization <= 100.0, "more than 100 %%");
    if (trial->options.gil_ns > 0)
        expect(trial, metrics->working <= 1, "two have the key");
    if (metrics->outcome == OUTCOME_FINISHED) {
        expect(trial, *checksum == 0 || *checksum == metrics->checksum,
               "not the same work as in the other modes");
        *checksum = metrics->checksum;
    }
    metrics_free(metrics);
    history_free(history);
}

/* Field by field, so that no order of bytes is in it. */
static uint64_t hash_of(uint64_t hash, const struct trace *trace)
{
    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        hash = random_mix(hash + (uint64_t)event->t_ns);
        hash = random_mix(hash + (uint64_t)event->value);
        hash = random_mix(hash + event->task);
        hash = random_mix(hash + (uint32_t)event->object);
        hash = random_mix(hash + event->spare);
        hash = random_mix(hash + event->kind);
        hash = random_mix(hash + event->machine);
    }
    return hash;
}

static uint64_t try_workload(uint64_t seed)
{
    uint64_t hash = 0;
    struct trial trial;
    uint64_t checksum = 0;

    trial_init(&trial, seed);
    for (int i = 0; i < RUNS; i++) {
        struct trace *trace, *again;
        struct diag diag = { .message = "" };

        choose_options(&trial, i);
        trace = run(&trial);
        again = run(&trial);
        expect(&trial, trace_check(trace, &diag), "%s", diag.message);
        watch_trace(&trial, trace);
        expect_same(&trial, trace, again);
        expect_numbers(&trial, trace, &checksum);
        hash = hash_of(hash, trace);
        trace_free(trace);
        trace_free(again);
    }
    trial_fini(&trial);
    return hash;
}

/* The same under every compiler and on every processor: it has no clock and
 * rounds nothing. Where the model changes on purpose these change, too, and
 * where an event is put before others in EVENT_TABLE. */
static const uint64_t hashes[WORKLOADS / CHUNK] = {
    UINT64_C(0xdc18e591b3b6b366), UINT64_C(0x5b5ec614f147154f),
    UINT64_C(0xc3a856ac3e124c71), UINT64_C(0xde352205dcc48195),
    UINT64_C(0x9ebf583381ac44eb), UINT64_C(0x8ef9c437aeeb6735),
    UINT64_C(0x1b80ec47546b9371), UINT64_C(0xb2988d99a64baea9),
    UINT64_C(0x2934a21e6e083902), UINT64_C(0x0c8d2b2334036914),
};

START_TEST(any_workload_is_served_by_the_rules)
{
    uint64_t hash = 0;

    for (int i = 0; i < CHUNK; i++)
        hash = random_mix(hash + try_workload((uint64_t)(_i * CHUNK + i)));
    ck_assert_msg(hash == hashes[_i],
                  "chunk %d is 0x%016" PRIx64 " on this machine", _i, hash);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_model_random");
    TCase *tcase = tcase_create("random");

    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, any_workload_is_served_by_the_rules, 0,
                        WORKLOADS / CHUNK);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
