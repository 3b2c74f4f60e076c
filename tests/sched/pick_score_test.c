#include "tests/suite.h"

#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/explore/pick_score.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "tests/sched/parsed.h"

static struct pick_scores scores_with_slice(const char *text, const char *mode,
                                            int machines, int64_t slice_ns)
{
    const struct executor *executor = executor_find(mode);
    struct run_options options;
    struct pick_scores scores;
    struct workload *workload = parsed(text);

    executor_defaults(&options, executor, workload);
    options.machines = machines;
    options.slice_ns = slice_ns;
    pick_score_compute(&scores, executor, workload, &options);
    workload_free(workload);
    return scores;
}

static struct pick_scores scores_of(const char *text, const char *mode,
                                    int machines)
{
    return scores_with_slice(text, mode, machines, 0);
}

START_TEST(shortest_first_is_the_best_average_on_one_machine)
{
    /* FIFO: 60, 80, 90; shortest first: 10, 30, 90; the work is the same. */
    struct pick_scores scores = scores_of("task A: cpu 60\n"
                                          "task B: cpu 20\n"
                                          "task C: cpu 10\n",
                                          "coroutine", 1);

    ck_assert(scores.complete);
    ck_assert_double_eq_tol(scores.fifo.average_finish_ns / NS_PER_MS,
                            230 / 3.0, 1e-6);
    ck_assert_double_eq_tol(scores.shortest.average_finish_ns / NS_PER_MS,
                            130 / 3.0, 1e-6);
    ck_assert_double_eq_tol(scores.best.average_finish_ns / NS_PER_MS,
                            130 / 3.0, 1e-6);
    ck_assert_int_eq(scores.best.makespan_ns, 90 * NS_PER_MS);
    ck_assert_int_eq(scores.tried, 6); /* 3 x 2 x 1 orders */
    ck_assert_double_eq_tol(scores.remaining.average_finish_ns / NS_PER_MS,
                            scores.shortest.average_finish_ns / NS_PER_MS, 0.1);
    ck_assert_int_eq(scores.levels.makespan_ns, 90 * NS_PER_MS);
}
END_TEST

START_TEST(the_longest_first_fills_two_machines_best)
{
    /* In order 10 10 20: 10+20 = 30; the 20 first: 20. */
    struct pick_scores scores = scores_of("task A: cpu 10\n"
                                          "task B: cpu 10\n"
                                          "task C: cpu 20\n",
                                          "hybrid", 2);

    ck_assert(scores.complete);
    ck_assert_int_eq(scores.fifo.makespan_ns, 30 * NS_PER_MS);
    ck_assert_int_eq(scores.best.makespan_ns, 20 * NS_PER_MS);
    ck_assert_int_eq(scores.bound.makespan_ns, 20 * NS_PER_MS);
}
END_TEST

START_TEST(who_waits_much_goes_first)
{
    struct pick_scores scores = scores_of("task A: cpu 50\n"
                                          "task B: cpu 10, sleep 50\n",
                                          "coroutine", 1);

    ck_assert_int_eq(scores.fifo.makespan_ns, 110 * NS_PER_MS);
    ck_assert_int_eq(scores.best.makespan_ns, 60 * NS_PER_MS);
}
END_TEST

START_TEST(too_many_orders_have_a_bound)
{
    struct pick_scores scores = scores_of("task A B C D E F G H: "
                                          "repeat 5 (cpu 10, yield)\n",
                                          "coroutine", 1);

    ck_assert(!scores.complete);
    ck_assert_int_gt(scores.tried, 100);
    ck_assert_int_eq(scores.bound.makespan_ns, 400 * NS_PER_MS);
    ck_assert(scores.best.average_finish_ns >= scores.bound.average_finish_ns);
    ck_assert(scores.best.average_finish_ns <= scores.fifo.average_finish_ns);
}
END_TEST

/* With slices one can change one's mind: B comes when A has begun. */
START_TEST(orders_with_slices_are_searched_too)
{
    static const char text[] = "task A: cpu 100\ntask B at 10: cpu 10\n";
    struct pick_scores scores = scores_with_slice(text, "threads", 1,
                                                  10 * NS_PER_MS);

    ck_assert(scores.complete);
    ck_assert_int_gt(scores.tried, 1);
    ck_assert_double_eq(scores.fifo.average_finish_ns, 105.0 * NS_PER_MS);
    ck_assert_double_eq(scores.best.average_finish_ns, 65.0 * NS_PER_MS);
    ck_assert_double_eq(scores_of(text, "threads", 1).best.average_finish_ns,
                        105.0 * NS_PER_MS);
}
END_TEST

/* What a generator does is done by who asks it, and ends nothing. */
START_TEST(a_bound_counts_the_work_of_generators_but_not_their_ends)
{
    struct pick_scores scores = scores_of("generator G: cpu 10\n"
                                          "task A: repeat 2 (cpu 20), next G\n"
                                          "task B at 5: block 10, cpu 20\n",
                                          "coroutine", 1);

    ck_assert_int_eq(scores.bound.makespan_ns, 70 * NS_PER_MS);
    ck_assert_double_eq(scores.bound.average_finish_ns, 37.5 * NS_PER_MS);
}
END_TEST

START_TEST(a_bound_is_never_longer_than_a_duration_can_be)
{
    struct pick_scores scores = scores_of("task A: repeat 2 (sleep 1000000s)\n"
                                          "task B: sleep 1000000s, sleep 1\n",
                                          "coroutine", 1);

    ck_assert_int_eq(scores.bound.makespan_ns, WORKLOAD_DURATION_MAX_NS);
}
END_TEST

static int choose_by_chance(void *context, const int *candidate, size_t count,
                            int64_t *waited_ns)
{
    (void)candidate;
    *waited_ns = 0;
    return (int)random_below(context, count);
}

static struct pick_score run_by_chance(const struct workload *workload,
                                       struct run_options options,
                                       uint64_t seed)
{
    const struct executor *executor = executor_find("threads");
    struct pick_score score;
    struct history *history;
    struct trace *trace;
    struct diag diag;

    options.model = true;
    options.policy = POLICY_PICK;
    options.choose = choose_by_chance;
    options.choose_context = &seed;
    trace = executor_trace(executor, workload, &options);
    ck_assert_int_eq(executor_run(executor, workload, &options, trace, &diag),
                     0);
    history = history_new(trace);
    history_update(history);
    score = pick_score_of(history);
    history_free(history);
    trace_free(trace);
    return score;
}

START_TEST(nobody_picks_better_than_the_best_of_all)
{
    static const char text[] = "task A: cpu 40, sleep 10, cpu 5\n"
                               "task B at 5: cpu 20\n"
                               "task C at 15: cpu 10, sleep 30\n";
    const struct executor *executor = executor_find("threads");
    struct run_options options;
    struct pick_scores scores;
    struct workload *workload = parsed(text);

    executor_defaults(&options, executor, workload);
    options.slice_ns = 10 * NS_PER_MS;
    pick_score_compute(&scores, executor, workload, &options);
    ck_assert(scores.complete);
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct pick_score score = run_by_chance(workload, options, seed);

        ck_assert(score.average_finish_ns >= scores.best.average_finish_ns);
        ck_assert_int_ge(score.makespan_ns, scores.best.makespan_ns);
    }
    workload_free(workload);
}
END_TEST

static int choose_last(void *context, const int *candidate, size_t count,
                       int64_t *waited_ns)
{
    (void)context;
    (void)candidate;
    *waited_ns = 0;
    return (int)count - 1;
}

START_TEST(the_same_choices_have_the_same_score)
{
    static const char text[] = "task A B: repeat 3 (cpu 10, sleep 5)\n"
                               "task C: cpu 30, yield, cpu 7\n";
    const struct executor *executor = executor_find("coroutine");
    struct run_options options;
    struct diag diag;
    struct workload *workload = parsed(text);
    struct trace *trace;
    struct history *history;
    struct pick_score score, again;

    executor_defaults(&options, executor, workload);
    options.model = true;
    options.policy = POLICY_PICK;
    options.choose = choose_last;
    trace = executor_trace(executor, workload, &options);
    ck_assert_int_eq(executor_run(executor, workload, &options, trace, &diag),
                     0);
    history = history_new(trace);
    history_update(history);
    score = pick_score_of(history);
    options.choose = NULL;
    again = pick_score_again(executor, trace, &options);
    ck_assert_int_eq(again.makespan_ns, score.makespan_ns);
    ck_assert_double_eq(again.average_finish_ns, score.average_finish_ns);
    history_free(history);
    trace_free(trace);
    workload_free(workload);
}
END_TEST

START_TEST(what_does_not_finish_has_no_score)
{
    struct pick_scores scores = scores_of("task A: lock x, yield, lock y\n"
                                          "task B: lock y, yield, lock x\n",
                                          "coroutine", 1);

    ck_assert_int_lt(scores.fifo.makespan_ns, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("score");
    TCase *tests = tcase_create("score");

    tcase_add_test(tests, shortest_first_is_the_best_average_on_one_machine);
    tcase_add_test(tests, the_longest_first_fills_two_machines_best);
    tcase_add_test(tests, who_waits_much_goes_first);
    tcase_add_test(tests, too_many_orders_have_a_bound);
    tcase_add_test(tests, orders_with_slices_are_searched_too);
    tcase_add_test(tests,
                   a_bound_counts_the_work_of_generators_but_not_their_ends);
    tcase_add_test(tests, a_bound_is_never_longer_than_a_duration_can_be);
    tcase_add_test(tests, nobody_picks_better_than_the_best_of_all);
    tcase_add_test(tests, the_same_choices_have_the_same_score);
    tcase_add_test(tests, what_does_not_finish_has_no_score);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
