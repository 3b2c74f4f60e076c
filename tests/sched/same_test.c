/*
 * Where the clock decides nothing, a real run on one machine has no choice but
 * to do what the model says, event by event: the same decisions in the same
 * order, only at other times.
 */
#include "tests/suite.h"

#include <string.h>

#include "sched/base/diag.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/sched/random_language.h"
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

START_TEST(a_real_run_makes_the_decisions_of_the_model)
{
    for (uint64_t seed = 0; seed < WORKLOADS; seed++)
        play_both(seed, modes[_i], write_steps_only);
}
END_TEST

START_TEST(so_it_does_with_semaphores_and_their_like)
{
    for (uint64_t seed = 0; seed < WORKLOADS; seed++)
        play_both(seed, modes[_i], write_monitors);
}
END_TEST

START_TEST(so_it_does_with_variables_branches_and_loops)
{
    for (uint64_t seed = 0; seed < WORKLOADS; seed++)
        play_both(seed, modes[_i], random_language);
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
    TCase *tcase = tcase_create("same");

    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_real_run_makes_the_decisions_of_the_model, 0,
                        3);
    tcase_add_loop_test(tcase, so_it_does_with_semaphores_and_their_like, 0, 3);
    tcase_add_loop_test(tcase, so_it_does_with_variables_branches_and_loops, 0,
                        3);
    tcase_add_test(tcase, threads_keep_the_rules_of_semaphores_and_their_like);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
