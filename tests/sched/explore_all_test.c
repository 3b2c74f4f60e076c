/*
 * explore_all_test.c -- a search that says it left nothing out has left nothing
 * out: every schedule of small random workloads is also run without any
 * cleverness, and the same mistakes and the same values must be found.
 *
 * All schedules are the leaves of a tree, visited like the numbers of an
 * odometer: repeat the choices of the last run, but raise the last one that can
 * be raised, and choose 0 after it.
 */
#include "tests/suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore_internal.h"
#include "sched/run/exec_model.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

enum {
    WORKLOADS = 150,
    LEAVES_MAX = 10000, /* larger workloads are left out */
    DEPTH_MAX = 100,
    WHATS_MAX = 64,
    VALUES_MAX = 64,
};

struct odometer {
    struct decision_source source;
    size_t choice[DEPTH_MAX], count[DEPTH_MAX];
    int depth;
};

static size_t choose(struct decision_source *source, size_t count, bool stops)
{
    struct odometer *odometer = (struct odometer *)source;
    int at = odometer->depth++;

    (void)stops;
    ck_assert_int_lt(at, DEPTH_MAX);
    odometer->count[at] = count;
    return odometer->choice[at];
}

static bool turn(struct odometer *odometer)
{
    int last = odometer->depth;

    while (last > 0 &&
           odometer->choice[last - 1] + 1 == odometer->count[last - 1])
        odometer->choice[--last] = 0;
    if (last == 0)
        return false;
    odometer->choice[last - 1]++;
    return true;
}

/* --- what all schedules show ---------------------------------------------- */

struct shown {
    uint64_t what[WHATS_MAX];
    int64_t value[VALUES_MAX]; /* of the only shared variable */
    int whats, values;
};

static void add_what(struct shown *shown, uint64_t what)
{
    for (int i = 0; i < shown->whats; i++)
        if (shown->what[i] == what)
            return;
    ck_assert_int_lt(shown->whats, WHATS_MAX);
    shown->what[shown->whats++] = what;
}

static void add_value(struct shown *shown, int64_t value)
{
    for (int i = 0; i < shown->values; i++)
        if (shown->value[i] == value)
            return;
    ck_assert_int_lt(shown->values, VALUES_MAX);
    shown->value[shown->values++] = value;
}

static void run_once(const struct workload *workload,
                     const struct run_options *options, bool preemptive,
                     struct explore_checker *checker, struct shown *shown)
{
    const struct executor
        *executor = executor_table[preemptive ? MODE_THREADS : MODE_COROUTINE];
    struct trace *trace = executor_trace(executor, workload, options);
    struct explore_verdict verdict[VERDICTS_MAX];
    struct diag diag = { .message = "" };
    int verdicts, error;

    explore_checker_begin(checker);
    error = exec_model_run(workload, executor->mode->traits, options, trace,
                           &diag);
    ck_assert_msg(error == 0 || error == -EDOM, "%s", diag.message);
    verdicts = explore_checker_end(checker, trace, verdict);
    if (error)
        verdict[verdicts++] = explore_checker_failure(checker, trace, &diag);
    for (int i = 0; i < verdicts; i++)
        add_what(shown, verdict[i].what);
    if (!error &&
        trace_at(trace, trace_count(trace) - 1)->object != OUTCOME_LIVELOCK)
        add_value(shown, checker->value[0]);
    trace_free(trace);
}

/* Returns whether these were all. */
static bool run_all(const struct workload *workload, bool preemptive,
                    struct shown *shown)
{
    struct odometer odometer = { .source = { .decide = choose } };
    struct explore_checker checker;
    struct run_options options;
    bool more = true;

    executor_defaults(&options, executor_table[MODE_THREADS], workload);
    schedule_apply(&options, NULL);
    options.model = true;
    options.decisions = &odometer.source;
    explore_checker_init(&checker, workload);
    for (int i = 0; more && i < LEAVES_MAX; i++) {
        odometer.depth = 0;
        run_once(workload, &options, preemptive, &checker, shown);
        more = turn(&odometer);
    }
    explore_checker_fini(&checker);
    return !more;
}

/* --- what the search finds ------------------------------------------------ */

static void assert_finds(const struct explored *explored,
                         const struct shown *shown, const char *text)
{
    const struct endings *endings = &explored->shared[0];

    ck_assert_msg(explored->exhaustive, "not exhaustive:\n%s", text);
    ck_assert_msg((int)explored->count == shown->whats, "%d of %d found:\n%s",
                  (int)explored->count, shown->whats, text);
    for (size_t i = 0; i < explored->count; i++) {
        int at = 0;

        while (at < shown->whats &&
               shown->what[at] != explored->finding[i].what)
            at++;
        ck_assert_msg(at < shown->whats, "there is no such:\n%s", text);
    }
    ck_assert_msg((int)endings->count == shown->values, "%d of %d values:\n%s",
                  (int)endings->count, shown->values, text);
}

/* --- small workloads ------------------------------------------------------ */

/* What is opened in a part of a task is closed in it, too. What is added is
 * another power of two each time (%d), so that the sum tells whose updates were
 * lost. */
static const char *const part[] = {
    "read n, write n+%d",
    "read n, sleep 1, write n+%d",
    "lock a, read n, unlock a, write n+%d",
    "read n, lock a, write n+%d, unlock a",
    "read n, write n+0",
    "sleep 2",
    "lock a, lock b, unlock b, unlock a",
    "lock b, lock a, unlock a, unlock b",
    "send c",
    "recv c",
    "next G",
    "next G",
    "send d",
    "recv d",
    "wait w",
    "yield",
    "sleep 1",
    "cpu 1",
    "cpu 2 by 1",
    "n = n + %d",
    "x = n, cpu 1, n = x + %d",
    "n = 1",
    "if n == 0 (n = n + %d) else (n = 0)",
    "atomic (n = n + %d)",
    "while n == 0 ()",
    "n = 8 / n",
    "join C",
};

static const char *const claims[] = { "", "", "never n > 20\n", "never n < 0\n",
                                      "finally n != 3\n" };

static void add_part(struct strbuf *text, const char *what, int more)
{
    const char *number = strstr(what, "%d");

    if (number)
        strbuf_addf(text, "%.*s%d%s", (int)(number - what), what, more,
                    number + 2);
    else
        strbuf_adds(text, what);
}

static void write_workload(struct strbuf *text, uint64_t *random)
{
    static const char *const head[] = { "task A", "task B", "task C" };
    size_t parts = sizeof part / sizeof *part;
    int more = 1;

    strbuf_adds(text, "shared n = 0\nchannel c\nchannel d size 1\n"
                      "barrier w 2\n"
                      "generator G: repeat 3 (cpu 1, yield)\n");
    strbuf_adds(text,
                claims[random_below(random, sizeof claims / sizeof *claims)]);
    for (int i = 0; i < 3; i++) {
        size_t steps = 1 + (size_t)random_below(random, 2 + (i == 0));

        strbuf_addf(text, "%s%s: ", head[i],
                    random_below(random, 4) ? "" : " at 1");
        for (size_t j = 0; j < steps; j++) {
            size_t which = (size_t)random_below(random, parts - (i == 2));

            strbuf_adds(text, j ? ", " : "");
            add_part(text, part[which], more);
            more *= 2;
        }
        strbuf_addc(text, '\n');
    }
}

/* Without the runs by chance, which find everything in so small workloads. */
static struct explored *search(const struct workload *workload, bool preemptive)
{
    struct explore_options options = { .preemptive = preemptive,
                                       .schedules = LEAVES_MAX,
                                       .max_preemptions = -1 };
    struct diag diag = { .message = "" };
    struct explorer explorer = {
        .workload = workload,
        .options = &options,
        .diag = &diag,
        .explored = xcalloc(1, sizeof *explorer.explored),
    };

    explorer.explored->shared_count = 1;
    explorer.explored->shared = xcalloc(1, sizeof *explorer.explored->shared);
    explore_run_init(&explorer);
    explore_order(&explorer);
    explore_run_fini(&explorer);
    ck_assert_msg(explorer.error == 0, "%s", diag.message);
    return explorer.explored;
}

START_TEST(an_exhaustive_search_finds_what_there_is)
{
    bool preemptive = _i;
    int compared = 0, with_findings = 0;

    for (uint64_t seed = 0; seed < WORKLOADS; seed++) {
        struct shown shown = { .whats = 0 };
        struct diag diag = { .message = "" };
        struct workload *workload;
        struct strbuf text;
        uint64_t random = seed;

        strbuf_init(&text);
        write_workload(&text, &random);
        workload = workload_parse("test", "test", text.text, text.length,
                                  &diag);
        if (workload && run_all(workload, preemptive, &shown)) {
            struct explored *explored = search(workload, preemptive);

            assert_finds(explored, &shown, text.text);
            explored_free(explored);
            compared++;
            with_findings += shown.whats > 0;
        }
        workload_free(workload); /* NULL: nobody joins it at the barrier */
        strbuf_fini(&text);
    }
    ck_assert_int_gt(compared, WORKLOADS / 3);
    ck_assert_int_gt(with_findings, WORKLOADS / 8);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched/explore_all");
    TCase *tests = tcase_create("explore_all");

    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, an_exhaustive_search_finds_what_there_is, 0, 2);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
