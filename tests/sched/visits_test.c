/*
 * Visits: when a task comes to a machine, and in which order.
 */
#include "tests/suite.h"

#include "tests/sched/handmade_numbers.h"

static void check_order(size_t count, const int *expected)
{
    ck_assert_uint_eq(metrics->order_count, count);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(metrics->order[i], expected[i]);
}

START_TEST(order_lists_the_visits_that_used_the_processor)
{
    static const int expected[] = { 0, 1, 0 };

    three_visits();
    check_order(3, expected);
    clean_up();
}
END_TEST

/* A comes first and only waits at its machine, while B computes already. */
START_TEST(order_goes_by_when_a_visit_began)
{
    static const int expected[] = { 0, 1 };

    begin(2, 2);
    all_ready(2);
    run(0, 0, 0);
    handmade_at(&made, 0, EVENT_HOLD, 0, 0, WAIT_TIME);
    run(0, 1, 1);
    work(0, 10, 1);
    add(10, EVENT_DONE, 1, 0);
    handmade_at(&made, 20, EVENT_RUN, 0, 0, 1);
    work(20, 30, 0);
    add(30, EVENT_DONE, 0, 0);
    finish(30, OUTCOME_FINISHED);
    check_order(2, expected);
    clean_up();
}
END_TEST

START_TEST(a_yield_that_meets_nobody_begins_a_new_visit)
{
    static const int expected[] = { 0, 0 };

    begin(1, 1);
    all_ready(1);
    run(0, 0, 0);
    work(0, 10, 0);
    handmade_at(&made, 10, EVENT_RUN, 0, 0, 2);
    work(10, 20, 0);
    add(20, EVENT_DONE, 0, 0);
    finish(20, OUTCOME_FINISHED);
    check_order(2, expected);
    ck_assert_int_eq(metrics->task[0].entries, 2);
    ck_assert_int_eq(metrics->switches, 0);
    clean_up();
}
END_TEST

START_TEST(a_hold_does_not_begin_a_new_visit)
{
    static const int expected[] = { 0 };

    begin(1, 1);
    all_ready(1);
    run(0, 0, 0);
    work(0, 10, 0);
    handmade_at(&made, 10, EVENT_HOLD, 0, 0, WAIT_TIME);
    handmade_at(&made, 20, EVENT_RUN, 0, 0, 1);
    work(20, 30, 0);
    add(30, EVENT_DONE, 0, 0);
    finish(30, OUTCOME_FINISHED);
    check_order(1, expected);
    clean_up();
}
END_TEST

/* M calls G twice; G works 50, then M 100. */
static void call_generator(int64_t ms, bool again)
{
    handmade_at(&made, ms, EVENT_CALL, 0, 0, 0);
    run(ms, 1, 0);
    work(ms, ms + 50, 1);
    add(ms + 50, again ? EVENT_PAUSE : EVENT_DONE, 1, 0);
    handmade_at(&made, ms + 50, EVENT_RUN, 0, 0, 1);
    work(ms + 50, ms + 150, 0);
}

START_TEST(a_generator_is_part_of_its_caller_but_not_of_its_visits)
{
    static const int expected[] = { 1, 0, 1, 0 };

    handmade_init(&made, 2, 1);
    made.task[1].generator = true;
    handmade_begin(&made);
    ready(0, 0, READY_ARRIVED);
    run(0, 0, 0);
    call_generator(0, true);
    call_generator(150, false);
    add(300, EVENT_DONE, 0, 0);
    finish(300, OUTCOME_FINISHED);
    check_order(4, expected);
    ck_assert_int_eq(metrics->switches, 0);
    ck_assert_int_eq(metrics->in_progress, 1);
    ck_assert_int_eq(metrics->task[0].entries, 1);
    ck_assert_int_eq(metrics->task[1].entries, 2);
    ck_assert_int_eq(metrics->task[1].cpu_ns, MS(100));
    ck_assert_double_eq_tol(metrics->average_finish_ns, (double)MS(300), 0.5);
    clean_up();
}
END_TEST

START_TEST(adding_numbers_uses_the_processor_only_in_real_runs)
{
    for (int real = 0; real < 2; real++) {
        static const int expected[] = { 0 };

        handmade_init(&made, 1, 1);
        made.info.real = real;
        handmade_begin(&made);
        all_ready(1);
        run(0, 0, 0);
        handmade_add(&made, 0, EVENT_SUM, 0, 100, 4950);
        add(0, EVENT_AWAIT, 0, MS(100));
        ready(100, 0, READY_WOKEN);
        run(100, 0, 0);
        handmade_add(&made, 100, EVENT_SUM, 0, 0, 4950);
        add(100, EVENT_DONE, 0, 0);
        finish(100, OUTCOME_FINISHED);
        check_order((size_t)real, expected);
        ck_assert_int_eq(metrics->task[0].result, 4950);
        clean_up();
    }
}
END_TEST

START_TEST(work_that_the_end_cuts_off_counts_until_there)
{
    static const int expected[] = { 0 };

    begin(1, 1);
    all_ready(1);
    run(0, 0, 0);
    add(0, EVENT_CPU, 0, INT64_MAX);
    finish(30, OUTCOME_LIMIT);
    ck_assert_int_eq(metrics->task[0].cpu_ns, MS(30));
    check_order(1, expected);
    clean_up();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visits");
    TCase *tcase = tcase_create("visits");

    tcase_add_test(tcase, order_lists_the_visits_that_used_the_processor);
    tcase_add_test(tcase, order_goes_by_when_a_visit_began);
    tcase_add_test(tcase, a_yield_that_meets_nobody_begins_a_new_visit);
    tcase_add_test(tcase, a_hold_does_not_begin_a_new_visit);
    tcase_add_test(tcase,
                   a_generator_is_part_of_its_caller_but_not_of_its_visits);
    tcase_add_test(tcase, adding_numbers_uses_the_processor_only_in_real_runs);
    tcase_add_test(tcase, work_that_the_end_cuts_off_counts_until_there);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
