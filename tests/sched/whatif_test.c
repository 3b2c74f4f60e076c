/*
 * whatif_test.c -- what more machines would change, and what they cannot.
 */
#include "tests/suite.h"

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/explore/whatif.h"
#include "sched/programs/programs.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

#include <errno.h>
#include <string.h>

enum {
    LAST = 12
};

static int compute(struct whatif *whatif, const struct workload *workload,
                   const char *mode, int first, int last)
{
    const struct executor *executor = executor_find(mode);
    struct run_options options;
    struct diag diag;

    executor_defaults(&options, executor, workload);
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

        ck_assert_int_eq(compute(&whatif, workload, mode[_i], 1, LAST), 0);
        ck_assert_uint_eq(whatif.count, LAST);
        for (size_t i = 0; i < whatif.count; i++) {
            const struct whatif_point *point = &whatif.point[i];

            if (point->makespan_ns < 0 || whatif.span_ns < 0)
                continue;
            ck_assert_int_ge(point->makespan_ns * point->machines,
                             whatif.work_ns);
            ck_assert_msg(whatif.serial == 1 ||
                              point->speedup <= point->ceiling + 1e-9,
                          "%s %s: %f above %f", entry->name, mode[_i],
                          point->speedup, point->ceiling);
        }
        whatif_fini(&whatif);
        workload_free(workload);
    }
}
END_TEST

static struct workload *parse(const char *text)
{
    struct diag diag;
    struct workload *workload = workload_parse("w", "w", text, strlen(text),
                                               &diag);

    ck_assert_ptr_nonnull(workload);
    return workload;
}

START_TEST(the_numbers_are_those_of_the_book)
{
    struct workload *workload = parse("task S: cpu 20\n"
                                      "task A B C D after S: cpu 20\n");
    struct whatif whatif;

    ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 4), 0);
    ck_assert_int_eq(whatif.work_ns, 100 * NS_PER_MS);
    ck_assert_int_eq(whatif.span_ns, 40 * NS_PER_MS);
    ck_assert_int_eq(whatif.one_ns, 100 * NS_PER_MS);
    ck_assert(is_near(whatif.serial, 0.4));
    ck_assert(is_near(whatif.point[1].speedup, 100 / 60.0));
    ck_assert(is_near(whatif.point[1].efficiency, 100 / 120.0));
    ck_assert(is_near(whatif.point[1].ceiling, 2));
    ck_assert(is_near(whatif.point[3].speedup, 2.5));
    ck_assert(is_near(whatif.point[3].ceiling, 2.5));
    ck_assert(is_near(whatif.point[3].amdahl, 1 / (0.4 + 0.6 / 4)));
    whatif_fini(&whatif);
    workload_free(workload);
}
END_TEST

START_TEST(a_range_may_begin_anywhere)
{
    struct workload *workload = parse("task A B C: cpu 10\n");
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
    struct workload *workload = parse("barrier b 3\ntask A B: cpu 1, wait b\n"
                                      "task C: cpu 1, wait b, wait b\n");
    struct whatif whatif;

    ck_assert_int_eq(compute(&whatif, workload, "parallel", 1, 3), 0);
    ck_assert_int_eq(whatif.point[2].outcome, OUTCOME_DEADLOCK);
    ck_assert_int_eq(whatif.point[2].makespan_ns, -1);
    ck_assert(is_near(whatif.point[2].speedup, 0));
    ck_assert_int_eq(whatif.span_ns, -1);
    whatif_fini(&whatif);
    workload_free(workload);
    workload = parse("task A: cpu forever\n");
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
    tcase_add_test(tcase, a_range_may_begin_anywhere);
    tcase_add_test(tcase, what_does_not_end_has_no_speed_up);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
