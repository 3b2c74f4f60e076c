/*
 * Where the clock decides nothing, a real run on one machine has no choice but
 * to do what the model says, event by event: the same decisions in the same
 * order, only at other times. And where control depends on neither order nor
 * time, all modes finish with one checksum.
 * CONCVIZ_TEST_SEEDS=FIRST-LAST tries others (make check-language: 10,000).
 */
#include "tests/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/diag.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/sched/random_language.h"
#include "tests/sched/random_sure.h"
#include "tests/sched/random_workload.h"
#include "tests/sched/running.h"

enum {
    WORKLOADS = 100
};

static const char *const modes[] = { "sequential", "coroutine", "hybrid" };

static struct trace *run(const struct workload *workload, const char *mode,
                         uint64_t seed, bool model)
{
    const struct executor *executor = executor_find(mode);
    struct run_options options;
    struct diag diag = { .message = "" };
    struct trace *trace;
    int error;

    executor_defaults(&options, executor, workload);
    options.machines = 1;
    options.policy = (enum policy)(seed % POLICY_PICK);
    options.seed = seed;
    options.model = model;
    options.iterations_per_ms = 1000; /* real work, but not much of it */
    trace = executor_trace(executor, workload, &options);
    error = executor_run(executor, workload, &options, trace, &diag);
    ck_assert_msg(error == 0, "%s", diag.message);
    return trace;
}

/* The next event that a model has too, or NULL. */
static const struct event *next(const struct trace *trace, size_t *index)
{
    while (*index < trace_count(trace)) {
        const struct event *event = trace_at(trace, (*index)++);

        if (!running_by_system(event))
            return event;
    }
    return NULL;
}

static bool is_same(const struct event *a, const struct event *b)
{
    return a->kind == b->kind && a->task == b->task && a->object == b->object &&
           a->value == b->value && a->machine == b->machine;
}

static void expect_same(const struct trace *real, const struct trace *model,
                        const char *text)
{
    size_t i = 0, j = 0;

    for (;;) {
        const struct event *a = next(real, &i), *b = next(model, &j);

        if (a == NULL || b == NULL) {
            ck_assert_msg(a == b, "one run is longer than the other:\n%s",
                          text);
            return;
        }
        ck_assert_msg(is_same(a, b),
                      "event %d is %s of task %d, in the model %s of task "
                      "%d:\n%s",
                      (int)i - 1, event_word((enum event_kind)a->kind),
                      (int)a->task, event_word((enum event_kind)b->kind),
                      (int)b->task, text);
    }
}

/* In none of these does the clock decide anything. */
typedef void author(struct strbuf *text, uint64_t seed);

static void write_steps_only(struct strbuf *text, uint64_t seed)
{
    random_workload_in(text, seed, NULL);
}

static void write_monitors(struct strbuf *text, uint64_t seed)
{
    random_workload_monitors(text, seed);
}

static void play_both(uint64_t seed, const char *mode, author *write)
{
    struct strbuf text;
    struct diag diag = { .message = "" };
    struct workload *workload;
    struct trace *real, *model;

    strbuf_init(&text);
    write(&text, seed);
    workload = workload_parse("random", "random", text.text, text.length,
                              &diag);
    ck_assert_msg(workload != NULL, "%s\n%s", diag.message, text.text);
    real = run(workload, mode, seed, false);
    model = run(workload, mode, seed, true);
    expect_same(real, model, text.text);
    ck_assert_msg(trace_check(model, &diag), "%s\n%s", diag.message, text.text);
    trace_free(real);
    trace_free(model);
    workload_free(workload);
    strbuf_fini(&text);
}

static void write_sure(struct strbuf *text, uint64_t seed)
{
    random_sure(text, seed, false, seed % 4 == 1);
}

/* The seeds to try: of the first workload, and behind the last. */
static uint64_t seeds(uint64_t *end)
{
    unsigned long first = 0, last = WORKLOADS - 1;
    const char *range = getenv("CONCVIZ_TEST_SEEDS");

    if (range)
        sscanf(range, "%lu-%lu", &first, &last);
    *end = last + 1;
    return first;
}

static void play_all(const char *mode, author *write)
{
    uint64_t end, seed = seeds(&end);

    for (; seed < end; seed++)
        play_both(seed, mode, write);
}

START_TEST(a_real_run_makes_the_decisions_of_the_model)
{
    play_all(modes[_i], write_steps_only);
}
END_TEST

START_TEST(so_it_does_with_semaphores_and_their_like)
{
    play_all(modes[_i], write_monitors);
}
END_TEST

START_TEST(so_it_does_with_variables_branches_and_loops)
{
    play_all(modes[_i], random_language);
}
END_TEST

START_TEST(so_it_does_with_the_whole_language)
{
    play_all(modes[_i], write_sure);
}
END_TEST

/* What the model makes of a workload in one mode: it must finish. */
static uint64_t checksum_of(const struct executor *executor, const char *text,
                            uint64_t seed)
{
    uint64_t checksum, random = seed;
    struct running run;
    struct history *history;
    struct metrics *metrics;

    running_init(&run, executor, true, text);
    run.options.machines = 1;
    if (executor->mode->traits & PARALLEL)
        run.options.machines += (int)random_below(&random, 4);
    run.options.policy = (enum policy)random_below(&random, POLICY_EDF + 1);
    if (executor == executor_find("sequential") || /* in order of the file */
        run.options.policy == POLICY_PICK ||
        !executor_allows(executor, run.options.policy, NULL))
        run.options.policy = POLICY_FIFO;
    run.options.seed = seed;
    running_go(&run);
    history = history_new(run.trace);
    history_update(history);
    metrics = metrics_new(history);
    ck_assert_msg(run.error == 0 && running_outcome(&run) == OUTCOME_FINISHED,
                  "seed %d in %s, policy %d: outcome %d:\n%s", (int)seed,
                  executor->mode->name, (int)run.options.policy,
                  running_outcome(&run), text);
    checksum = metrics->checksum;
    metrics_free(metrics);
    history_free(history);
    running_fini(&run);
    return checksum;
}

/* How many workloads have each of these: one in twenty at least. */
static const char *const constructs[] = {
    "try lock ",  "try acquire ", "try rlock ",  "try wlock ",   "try recv ",
    "try send ",  "try wait ",    " for ",       "select (",     "; after ",
    "; else: ",   "cancel ",      "daemon",      "after gate T", "acquire s[",
    "wait k ",    "signal k",     "broadcast k", "rlock r",      "wlock r",
    " readers",   " inherit",     "0..5",        " from in[",    " from pipe",
    "atomic (n",  "atomic (if",   "{braces}",    "period ",      "deadline ",
    "if ",        ") else (",     "while i",     "repeat 2",     "break",
    "repeat x",   "repeat (j",    "stop",        "at spawn",     "spawn child",
    "join T",     "next G",       "close ",      "barrier ",     "yield to ",
    "read n",     "n = n + 1",    "w[x mod 3]",  "priority 2",   "sleep ",
    "block ",     "sum ",         " by 2",       "500us",        "line ",
    "tickets ",   "nice ",        " at 1",       "lines own",    "slice ",
    "never ",     "send in[x",    " and ",       " or ",         "not ",
    "recv out v", "lock m[",
};

enum {
    CONSTRUCTS = sizeof constructs / sizeof *constructs
};

START_TEST(every_mode_finishes_with_one_checksum)
{
    uint64_t first, end;
    uint64_t had[CONSTRUCTS] = { 0 };

    first = seeds(&end);
    for (uint64_t seed = first; seed < end; seed++) {
        struct strbuf text;
        uint64_t checksum = 0;

        strbuf_init(&text);
        random_sure(&text, seed, seed % 4 > 0, seed % 4 == 1);
        for (size_t i = 0; i < CONSTRUCTS; i++)
            had[i] += strstr(text.text, constructs[i]) != NULL;
        /* In sequential whoever waits for a later one waits for ever. */
        for (int i = seed % 4 != 1; i < MODE_COUNT; i++) {
            uint64_t other = checksum_of(executor_table[i], text.text, seed);

            ck_assert_msg(checksum == 0 || other == checksum,
                          "seed %d: another checksum in %s:\n%s", (int)seed,
                          executor_table[i]->mode->name, text.text);
            checksum = other;
        }
        strbuf_fini(&text);
    }
    for (size_t i = 0; i < CONSTRUCTS; i++)
        ck_assert_msg(had[i] * 20 >= end - first, "\"%s\" in only %d",
                      constructs[i], (int)had[i]);
}
END_TEST

/* Real threads decide for themselves, but what they do must be possible. */
START_TEST(threads_keep_the_rules_of_semaphores_and_their_like)
{
    for (uint64_t seed = 0; seed < WORKLOADS / 4; seed++)
        for (int i = 0; i < 4; i++) {
            struct strbuf text;
            struct running run;

            strbuf_init(&text);
            random_workload_monitors(&text, seed);
            running_init(&run, executor_find(i / 2 ? "parallel" : "threads"),
                         i % 2 == 1, text.text);
            run.options.machines = 1 + i / 2;
            run.options.policy = (enum policy)(seed % POLICY_PICK);
            run.options.iterations_per_ms = 1000;
            running_go(&run);
            running_fini(&run);
            strbuf_fini(&text);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_same");
    TCase *tcase = tcase_create("same"), *language = tcase_create("language");

    tcase_set_timeout(tcase, 60);
    tcase_set_timeout(language, 600);
    tcase_add_loop_test(tcase, a_real_run_makes_the_decisions_of_the_model, 0,
                        3);
    tcase_add_loop_test(tcase, so_it_does_with_semaphores_and_their_like, 0, 3);
    tcase_add_loop_test(tcase, so_it_does_with_variables_branches_and_loops, 0,
                        3);
    tcase_add_loop_test(language, so_it_does_with_the_whole_language, 0, 3);
    tcase_add_test(language, every_mode_finishes_with_one_checksum);
    tcase_add_test(tcase, threads_keep_the_rules_of_semaphores_and_their_like);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, language);
    return suite_main(suite);
}
