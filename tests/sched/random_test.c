/*
 * random_test.c -- whatever tasks do, the trace can have happened.
 *
 * Workloads by a random author, really run in every mode with random options
 * and some of them modelled: the checker must accept every trace, and runs
 * that finish must have done the same work. CONCVIZ_TEST_SEEDS=FIRST-LAST
 * tries others.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/base/strbuf.h"
#include "sched/cpu/cores.h"
#include "sched/history/history.h"
#include "tests/sched/random_workload.h"
#include "tests/sched/running.h"
#include "tests/suite.h"

enum {
    SEEDS = 20
};

static void choose_options(struct running *run, uint64_t *random)
{
    static const int64_t slice_ns[] = { 0, NS_PER_MS / 5, NS_PER_MS / 50 };
    int most = 2;

    run->options.policy = (enum policy)random_below(random, POLICY_PICK);
    run->options.seed = random_below(random, 1000);
    run->options.slice_ns = slice_ns[random_below(random, 3)];
    run->options.gil_ns = random_below(random, 3) == 0 ? NS_PER_MS / 10 : 0;
    run->options.lines_own = random_below(random, 3) == 0;
    run->options.limit_ns = 10 * NS_PER_S; /* nothing takes that long */
    run->options.iterations_per_ms = 600000;
    if (!run->options.model) {
        struct cores machines;

        cores_init(&machines, NULL, NULL);
        most = machines.usable < 2 ? 1 : 2;
        cores_fini(&machines);
    }
    if (run->executor->mode->traits & PARALLEL) {
        run->options.machines = 1 + (int)random_below(random, (uint64_t)most);
    }
}

static uint64_t checksum(const struct running *run)
{
    struct history *history = history_new(run->trace);
    struct metrics *metrics;
    uint64_t sum;

    history_update(history);
    metrics = metrics_new(history);
    sum = metrics->checksum;
    metrics_free(metrics);
    history_free(history);
    return sum;
}

/* The reason stands in front of the workload, to see it again. */
static void run_once(const struct executor *executor, bool model,
                     const char *text, uint64_t *random, uint64_t *wanted)
{
    struct running run;
    int outcome;

    running_init(&run, executor, model, text);
    choose_options(&run, random);
    running_go(&run);
    outcome = running_outcome(&run);
    ck_assert_msg(run.error == 0, "%s", run.diag.message);
    ck_assert_msg(outcome == OUTCOME_FINISHED || outcome == OUTCOME_DEADLOCK,
                  "%s ends with %d:\n%s", executor->mode->name, outcome, text);
    if (outcome == OUTCOME_FINISHED) {
        uint64_t sum = checksum(&run);

        *wanted = *wanted != 0 ? *wanted : sum;
        ck_assert_msg(sum == *wanted, "%s did other work:\n%s",
                      executor->mode->name, text);
    }
    running_fini(&run);
}

START_TEST(whatever_tasks_do_the_trace_can_have_happened)
{
    unsigned long first = 1;
    unsigned long last = SEEDS;
    const char *range = getenv("CONCVIZ_TEST_SEEDS");

    if (range != NULL) {
        sscanf(range, "%lu-%lu", &first, &last);
    }
    for (unsigned long seed = first; seed <= last; seed++) {
        struct strbuf text;
        uint64_t random = seed;
        uint64_t wanted = 0;

        strbuf_init(&text);
        random_workload_in(&text, seed, "0us");
        for (int i = 0; executor_table[i] != NULL; i++) {
            run_once(executor_table[i], false, text.text, &random, &wanted);
        }
        run_once(executor_table[seed % 5], true, text.text, &random, &wanted);
        strbuf_fini(&text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_random");
    TCase *tests = tcase_create("random");

    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, whatever_tasks_do_the_trace_can_have_happened);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
