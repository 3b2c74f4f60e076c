/*
 * The numbers of a stretch of a run. Of two stretches that make up the whole
 * run they add up to its numbers, wherever it is cut.
 */
#include "tests/suite.h"

#include "sched/analysis/metrics_table.h"
#include "sched/base/random.h"
#include "tests/sched/handmade_numbers.h"
#include "tests/sched/modelled.h"
#include "tests/sched/random_workload.h"

enum {
    SEEDS = 200,
    CUTS = 10
};

static struct metrics *part;

static void measure(int64_t from_ms, int64_t to_ms)
{
    metrics_free(part);
    part = metrics_between(made.history, MS(from_ms), MS(to_ms));
}

static void check_order(size_t count, const int *expected)
{
    ck_assert_uint_eq(part->order_count, count);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(part->order[i], expected[i]);
}

/* A 0-20, B 20-50 (in line until then), A again 60-70. */
START_TEST(a_stretch_has_what_happened_in_it)
{
    static const int both[] = { 0, 1, 0 }, last[] = { 1 };

    three_visits();
    measure(10, 65);
    ck_assert_int_eq(part->busy_ns, MS(45));
    ck_assert_int_eq(part->idle_ns, MS(10));
    ck_assert_int_eq(part->switches, 2);
    ck_assert_int_eq(part->in_progress, 2);
    ck_assert_int_eq(part->working, 1);
    ck_assert_double_eq_tol(part->utilization, 100.0 * 45 / 55, 1e-9);
    ck_assert_double_eq_tol(part->average_wait_ns, (double)MS(5), 1e-9);
    check_order(3, both);
    measure(25, 40);
    ck_assert_int_eq(part->switches, 0);
    check_order(1, last);
    measure(52, 58);
    ck_assert_int_eq(part->busy_ns, 0);
    ck_assert_int_eq(part->working, 0);
    ck_assert_int_eq(part->in_progress, 1);
    check_order(0, last);
    metrics_free(part);
    part = NULL;
    clean_up();
}
END_TEST

START_TEST(what_only_a_whole_run_has_says_so)
{
    struct strbuf text;

    three_visits();
    measure(10, 65);
    strbuf_init(&text);
    metrics_table[0].write(&text, part);
    ck_assert_str_eq(text.text, "whole run only");
    strbuf_fini(&text);
    metrics_free(part);
    part = NULL;
    clean_up();
}
END_TEST

static void run_seed(struct modelled *run, uint64_t seed)
{
    static const char *const mode[] = { "coroutine", "threads", "hybrid",
                                        "parallel", "sequential" };
    struct strbuf text;

    strbuf_init(&text);
    random_workload(&text, seed);
    modelled_init(run, mode[seed % 5], text.text);
    if (run->mode->mode->traits & PARALLEL)
        run->options.machines = 2;
    if (seed % 2)
        run->options.switch_cost_ns = MS(1);
    run->trace = executor_trace(run->mode, run->workload, &run->options);
    executor_run(run->mode, run->workload, &run->options, run->trace,
                 &run->diag);
    run->history = history_new(run->trace);
    history_update(run->history);
    strbuf_fini(&text);
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

static void check_cut(const struct history *history, const struct metrics *all,
                      int64_t at_ns)
{
    int64_t end_ns = history_end(history);
    struct metrics *left = metrics_between(history, 0, at_ns);
    struct metrics *right = metrics_between(history, at_ns, end_ns);

    ck_assert_int_eq(left->switches + right->switches, all->switches);
    ck_assert_int_eq(left->preemptions + right->preemptions, all->preemptions);
    ck_assert_int_eq(left->missed + right->missed, all->missed);
    ck_assert_int_eq(left->switching_ns + right->switching_ns,
                     all->switching_ns);
    ck_assert_int_eq(most(left->in_progress, right->in_progress),
                     all->in_progress);
    ck_assert_int_eq(most(left->working, right->working), all->working);
    ck_assert_int_eq(left->busy_ns + right->busy_ns, all->busy_ns);
    ck_assert_uint_ge(left->order_count + right->order_count, all->order_count);
    ck_assert_uint_le(left->order_count + right->order_count,
                      all->order_count + (size_t)all->machines);
    metrics_free(left);
    metrics_free(right);
}

START_TEST(two_parts_add_up_to_the_whole)
{
    uint64_t chance = 1;

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct metrics *all;
        struct modelled run;
        int64_t end_ns;

        run_seed(&run, seed);
        end_ns = history_end(run.history);
        all = metrics_between(run.history, 0, end_ns);
        run.metrics = metrics_new(run.history);
        ck_assert_int_eq(all->switches, run.metrics->switches);
        ck_assert_int_eq(all->preemptions, run.metrics->preemptions);
        ck_assert_int_eq(all->in_progress, run.metrics->in_progress);
        ck_assert_int_eq(all->working, run.metrics->working);
        ck_assert_uint_eq(all->order_count, run.metrics->order_count);
        for (int i = 0; i < CUTS; i++)
            check_cut(run.history, all,
                      (int64_t)random_below(&chance, (uint64_t)end_ns + 1));
        metrics_free(all);
        modelled_fini(&run);
    }
}
END_TEST

/* Found one after the other, all of them, forward and back. */
static void check_entries(const struct history *history, enum task_state state)
{
    static int64_t at_ns[100000];
    int64_t t_ns = -1;
    int count = 0, task;

    while (history_enter(history, state, t_ns, true, &t_ns, &task)) {
        ck_assert_int_eq(history_at(history, task, t_ns).state, state);
        ck_assert_int_lt(count, 100000);
        at_ns[count++] = t_ns;
    }
    t_ns = history_end(history) + 1;
    while (history_enter(history, state, t_ns, false, &t_ns, &task))
        ck_assert_int_eq(at_ns[--count], t_ns);
    ck_assert_int_eq(count, 0);
}

/* Every stretch of a life begins at one of these instants. */
static void check_found(const struct history *history, int task,
                        enum task_state state)
{
    size_t count = history_intervals(history, task);

    for (size_t i = 1; i < count; i++) {
        struct interval at = history_interval(history, task, i);
        int64_t t_ns;
        int who;

        if (at.state != state || at.from_ns == at.to_ns ||
            history_interval(history, task, i - 1).state == state)
            continue;
        ck_assert(
            history_enter(history, state, at.from_ns - 1, true, &t_ns, &who));
        ck_assert_int_eq(t_ns, at.from_ns);
    }
}

START_TEST(whoever_comes_into_a_state_is_found)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct modelled run;

        run_seed(&run, seed);
        for (int state = STATE_RUNNING; state <= STATE_DONE; state++) {
            check_entries(run.history, (enum task_state)state);
            for (int i = 0; i < (int)run.workload->task_count; i++)
                check_found(run.history, i, (enum task_state)state);
        }
        modelled_fini(&run);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_stretch");
    TCase *tests = tcase_create("stretch");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_stretch_has_what_happened_in_it);
    tcase_add_test(tests, what_only_a_whole_run_has_says_so);
    tcase_add_test(tests, two_parts_add_up_to_the_whole);
    tcase_add_test(tests, whoever_comes_into_a_state_is_found);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
