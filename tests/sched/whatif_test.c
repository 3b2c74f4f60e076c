/*
 * whatif_test.c -- what more machines would change, and what they cannot.
 */
#include "tests/suite.h"

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/explore/whatif.h"
#include "sched/programs/programs.h"
#include "sched/workload/workload.h"
#include "tests/sched/parsed.h"
#include "tests/sched/random_workload.h"

#include <errno.h>
#include <string.h>

enum {
    LAST = 12,
    RANDOM_WORKLOADS = 400,
};

static int compute(struct whatif *whatif, const struct workload *workload,
                   const char *mode, int first, int last)
{
    const struct executor *executor = executor_find(mode);
    struct run_options options;
    struct diag diag;

    executor_defaults(&options, executor, workload);
    if (!executor_allows(executor, options.policy, NULL))
        options.policy = POLICY_FIFO;
    return whatif_compute(whatif, executor, workload, &options, first, last,
                          &diag);
}

static bool is_near(double a, double b)
{
    return a - b < 1e-9 && b - a < 1e-9;
}

START_TEST(both_laws_hold_for_all_programs)
{
    static const char *const mode[] = { "parallel", "hybrid" };

    for (const struct program_entry *entry = program_table; entry->name;
         entry++) {
        struct diag diag;
        struct workload *workload = programs_open(entry->name, &diag);
        struct whatif whatif;

        int error = compute(&whatif, workload, mode[_i], 1, LAST);

        ck_assert(error == 0 || error == -EINVAL); /* its policy is not for
                                                      coroutines */
        if (!error)
            ck_assert_uint_eq(whatif.count, LAST);
        for (size_t i = 0; i < whatif.count; i++) {
            const struct whatif_point *point = &whatif.point[i];

            if (point->makespan_ns < 0 || whatif.span_ns < 0 ||
                whatif.work_ns == 0) /* there is nothing to divide */
                continue;
            ck_assert_int_ge(point->makespan_ns * point->machines,
                             whatif.work_ns);
            if (point->ceiling == 0) /* nobody computes, and the span is no
                                        bound: nothing is known */
                continue;
            ck_assert_msg(point->speedup <= point->ceiling + 1e-9,
                          "%s %s: %f above %f", entry->name, mode[_i],
                          point->speedup, point->ceiling);
        }
        whatif_fini(&whatif);
        workload_free(workload);
    }
}
END_TEST

START_TEST(the_numbers_are_those_of_the_book)
{
    struct workload *workload = parsed("task S: cpu 20\n"
                                       "task A B C D after S: cpu 20\n");
    struct whatif whatif;

    ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 4), 0);
    ck_assert_int_eq(whatif.work_ns, 100 * NS_PER_MS);
    ck_assert_int_eq(whatif.span_ns, 40 * NS_PER_MS);
    ck_assert_int_eq(whatif.one_ns, 100 * NS_PER_MS);
    ck_assert(is_near(whatif.serial, 0.2));
    ck_assert(whatif.span_is_bound);
    ck_assert(is_near(whatif.point[1].speedup, 100 / 60.0));
    ck_assert(is_near(whatif.point[1].efficiency, 100 / 120.0));
    ck_assert(is_near(whatif.point[1].ceiling, 2));
    ck_assert(is_near(whatif.point[3].speedup, 2.5));
    ck_assert(is_near(whatif.point[3].ceiling, 2.5));
    ck_assert(is_near(whatif.point[3].amdahl, 1 / (0.2 + 0.8 / 4)));
    whatif_fini(&whatif);
    workload_free(workload);
}
END_TEST

/* The serial part is the time in which exactly one machine could be used, where
 * there are enough: not the span, in which many may be busy. */
START_TEST(the_serial_part_is_what_one_machine_does_alone)
{
    static const struct {
        const char *text;
        double serial;
    } known[] = {
        { "task S: cpu 50\ntask A B after S: cpu 25\n", 0.5 },
        { "task S: cpu 200\ntask A B C D E F G H after S: cpu 100\n", 0.2 },
        { "task A B C D: cpu 30\n", 0 },
        { "task A: cpu 100\ntask B: cpu 50\n", 1 / 3.0 },
        { "task A B: lock m, cpu 50, unlock m\n", 1 },
        { "task A: cpu 30, sleep 70\n", 0.3 },
        { "task A: cpu 10\n", 1 },
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct workload *workload = parsed(known[i].text);
        struct whatif whatif;

        ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 2), 0);
        ck_assert_msg(is_near(whatif.serial, known[i].serial), "%f for\n%s",
                      whatif.serial, known[i].text);
        whatif_fini(&whatif);
        workload_free(workload);
    }
}
END_TEST

/* --- where the span is a bound -------------------------------------------- */

/* On three machines B has the lock before C, who has the most to do after it;
 * on two B comes too late for that: 220 ms and 130. */
static const char anomaly[] =
    "task C: cpu 15, lock m, cpu 10, unlock m, cpu 100\n"
    "task A: cpu 20\n"
    "task B: cpu 10, lock m, cpu 100, unlock m\n";

START_TEST(the_span_is_a_bound_only_where_order_does_not_matter)
{
    static const struct {
        const char *text;
        bool is_bound;
    } known[] = {
        { "task A B: cpu 10, sleep 5\n", true },
        { "task A: lock m, cpu 1, unlock m\ntask B: cpu 1\n", true },
        { "channel c\ntask A: send c\ntask B: recv c\n", true },
        { "barrier b 2\ntask A B: wait b, cpu 1, wait b\n", true },
        { "generator G: cpu 1, yield\ntask A: next G\n", true },
        { anomaly, false },
        { "channel c\ntask A B: send c\ntask C: recv c, recv c\n", false },
        { "channel c\ntask A: send c, send c\ntask B C: recv c\n", false },
        { "barrier b 2\ntask A B C D: wait b\n", false },
        { "generator G: cpu 1, yield, cpu 1\ntask A B: next G\n", false },
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct workload *workload = parsed(known[i].text);
        struct whatif whatif;

        ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 2), 0);
        ck_assert_msg(whatif.span_is_bound == known[i].is_bound, "\n%s",
                      known[i].text);
        whatif_fini(&whatif);
        workload_free(workload);
    }
}
END_TEST

START_TEST(fewer_machines_may_be_faster_than_a_span_that_is_no_bound)
{
    struct workload *workload = parsed(anomaly);
    struct whatif whatif;
    bool any = false;

    ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 4), 0);
    for (size_t i = 0; i < whatif.count; i++) {
        any |= whatif.point[i].makespan_ns < whatif.span_ns;
        ck_assert(whatif.point[i].speedup <= whatif.point[i].ceiling + 1e-9);
    }
    ck_assert(any);
    whatif_fini(&whatif);
    workload_free(workload);
}
END_TEST

START_TEST(no_run_is_shorter_than_a_bound)
{
    int bounds = 0;

    for (uint64_t seed = 0; seed < RANDOM_WORKLOADS; seed++) {
        struct strbuf text;
        struct workload *workload;
        struct whatif whatif;

        strbuf_init(&text);
        random_workload(&text, seed);
        workload = parsed(text.text);
        ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 6), 0);
        bounds += whatif.span_is_bound;
        for (size_t i = 0; i < whatif.count; i++)
            if (whatif.span_is_bound && whatif.point[i].makespan_ns >= 0)
                ck_assert_msg(whatif.point[i].makespan_ns >= whatif.span_ns,
                              "%d machines:\n%s", (int)i + 1, text.text);
        whatif_fini(&whatif);
        workload_free(workload);
        strbuf_fini(&text);
    }
    ck_assert_int_gt(bounds, RANDOM_WORKLOADS / 20);
}
END_TEST

START_TEST(a_range_may_begin_anywhere)
{
    struct workload *workload = parsed("task A B C: cpu 10\n");
    struct whatif whatif;

    ck_assert_int_eq(compute(&whatif, workload, "hybrid", 2, 900), 0);
    ck_assert_uint_eq(whatif.count, 899);
    ck_assert_int_eq(whatif.one_ns, 30 * NS_PER_MS);
    ck_assert(is_near(whatif.point[898].speedup, 3));
    whatif_fini(&whatif);
    workload_free(workload);
}
END_TEST

START_TEST(what_does_not_end_has_no_speed_up)
{
    struct workload *workload = parsed("barrier b 3\ntask A B: cpu 1, wait b\n"
                                       "task C: cpu 1, wait b, wait b\n");
    struct whatif whatif;

    ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 3), 0);
    ck_assert_int_eq(whatif.point[2].outcome, OUTCOME_DEADLOCK);
    ck_assert_int_eq(whatif.point[2].makespan_ns, -1);
    ck_assert(is_near(whatif.point[2].speedup, 0));
    ck_assert_int_eq(whatif.span_ns, -1);
    whatif_fini(&whatif);
    workload_free(workload);
    workload = parsed("task A: cpu forever\n");
    ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 3), -EINVAL);
    whatif_fini(&whatif);
    workload_free(workload);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("whatif");
    TCase *tcase = tcase_create("whatif");

    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, both_laws_hold_for_all_programs, 0, 2);
    tcase_add_test(tcase, the_numbers_are_those_of_the_book);
    tcase_add_test(tcase, the_serial_part_is_what_one_machine_does_alone);
    tcase_add_test(tcase, the_span_is_a_bound_only_where_order_does_not_matter);
    tcase_add_test(tcase,
                   fewer_machines_may_be_faster_than_a_span_that_is_no_bound);
    tcase_add_test(tcase, no_run_is_shorter_than_a_bound);
    tcase_add_test(tcase, a_range_may_begin_anywhere);
    tcase_add_test(tcase, what_does_not_end_has_no_speed_up);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
