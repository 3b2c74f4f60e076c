#include "tests/suite.h"

#include <string.h>

#include "sched/analysis/metrics_table.h"
#include "sched/base/strbuf.h"
#include "tests/sched/handmade_numbers.h"

START_TEST(makespan_ends_with_the_last_task)
{
    three_visits();
    ck_assert_int_eq(metrics->makespan_ns, MS(70));
    ck_assert_int_eq(metrics->end_ns, MS(72));
    clean_up();
}
END_TEST

START_TEST(makespan_of_a_run_that_did_not_finish_is_never)
{
    begin(1, 1);
    all_ready(1);
    finish(10, OUTCOME_LIMIT);
    ck_assert_int_eq(metrics->makespan_ns, TIME_NEVER);
    ck_assert_int_eq(metrics->end_ns, MS(10));
    ck_assert_int_eq(metrics->outcome, OUTCOME_LIMIT);
    clean_up();
}
END_TEST

START_TEST(what_has_not_happened_yet_is_not_called_never)
{
    struct metrics *live;
    struct strbuf text;

    begin(1, 1);
    all_ready(1);
    live = metrics_new(made.history);
    strbuf_init(&text);
    metrics_table[0].write(&text, live);
    ck_assert_str_eq(text.text, "still running");
    strbuf_clear(&text);
    finish(10, OUTCOME_LIMIT);
    metrics_table[0].write(&text, metrics);
    ck_assert_str_eq(text.text, "never");
    strbuf_fini(&text);
    metrics_free(live);
    clean_up();
}
END_TEST

START_TEST(in_progress_and_working_are_the_largest_counts)
{
    three_visits();
    ck_assert_int_eq(metrics->in_progress, 2);
    ck_assert_int_eq(metrics->working, 1);
    clean_up();
}
END_TEST

START_TEST(busy_and_idle_share_the_time_of_all_machines)
{
    three_visits();
    ck_assert_int_eq(metrics->busy_ns, MS(60));
    ck_assert_int_eq(metrics->idle_ns, MS(10));
    ck_assert_double_eq_tol(metrics->utilization, 100.0 * 60 / 70, 1e-9);
    clean_up();
    begin(1, 2);
    all_ready(1);
    run(0, 0, 1);
    work(0, 50, 0);
    add(50, EVENT_DONE, 0, 0);
    finish(50, OUTCOME_FINISHED);
    ck_assert_int_eq(metrics->idle_ns, MS(50));
    ck_assert_double_eq_tol(metrics->utilization, 50.0, 1e-9);
    clean_up();
}
END_TEST

START_TEST(utilization_of_a_frozen_run_is_over_the_time_until_it_froze)
{
    begin(2, 2);
    all_ready(2);
    for (int task = 0; task < 2; task++)
        run(0, task, task);
    add(100, EVENT_BLOCKED, 0, 0);
    add(100, EVENT_BLOCKED, 1, 0);
    finish(100, OUTCOME_DEADLOCK);
    ck_assert_double_eq_tol(metrics->utilization, 100.0, 1e-9);
    ck_assert_int_eq(metrics->busy_ns, MS(200));
    clean_up();
}
END_TEST

START_TEST(a_held_machine_is_idle)
{
    begin(1, 1);
    all_ready(1);
    run(0, 0, 0);
    handmade_at(&made, 0, EVENT_HOLD, 0, 0, WAIT_TIME);
    handmade_at(&made, 30, EVENT_RUN, 0, 0, 1);
    work(30, 40, 0);
    add(40, EVENT_DONE, 0, 0);
    finish(40, OUTCOME_FINISHED);
    ck_assert_int_eq(metrics->busy_ns, MS(10));
    ck_assert_int_eq(metrics->idle_ns, MS(30));
    ck_assert_int_eq(metrics->task[0].entries, 1);
    clean_up();
}
END_TEST

START_TEST(a_stolen_core_is_not_busy)
{
    begin(1, 1);
    made.info.real = true;
    handmade_add(&made, 0, EVENT_OBSERVED, -1, OBSERVED_CLOCK, 0);
    all_ready(1);
    run(0, 0, 0);
    handmade_at(&made, 10, EVENT_STOLEN, 0, 0, 0);
    handmade_at(&made, 25, EVENT_BACK, 0, 0, 0);
    work(0, 40, 0);
    add(40, EVENT_DONE, 0, 0);
    finish(40, OUTCOME_FINISHED);
    ck_assert_int_eq(metrics->observed, OBSERVED_CLOCK);
    ck_assert_int_eq(metrics->busy_ns, MS(25));
    ck_assert_int_eq(metrics->stolen_ns, MS(15));
    ck_assert_int_eq(metrics->task[0].stolen_ns, MS(15));
    ck_assert_int_eq(metrics->idle_ns, MS(15));
    ck_assert_double_eq_tol(metrics->others, 37.5, 1e-9);
    ck_assert_double_eq_tol(metrics->utilization, 62.5, 1e-9);
    ck_assert_int_eq(metrics->task[0].entries, 1);
    ck_assert_int_eq(metrics_others(metrics), 0); /* too short to speak of */
    clean_up();
}
END_TEST

START_TEST(others_are_named_from_a_few_percent_on)
{
    struct metrics some = { .stolen_ns = MS(380), .others = 38.4 };

    ck_assert_int_eq(metrics_others(&some), 38);
    some.others = 4.9;
    ck_assert_int_eq(metrics_others(&some), 0);
}
END_TEST

START_TEST(overhead_is_the_time_of_changing_over)
{
    begin(2, 1);
    all_ready(2);
    run(0, 0, 0);
    work(0, 10, 0);
    add(10, EVENT_DONE, 0, 0);
    handmade_at(&made, 10, EVENT_SWITCH, 1, 0, 0);
    run(15, 1, 0);
    work(15, 20, 1);
    add(20, EVENT_DONE, 1, 0);
    finish(20, OUTCOME_FINISHED);
    ck_assert_int_eq(metrics->switching_ns, MS(5));
    ck_assert_double_eq_tol(metrics->overhead, 25.0, 1e-9);
    ck_assert_int_eq(metrics->idle_ns, MS(5));
    /* It waits until the machine turns to it, and is served only then. */
    ck_assert_int_eq(metrics->task[1].wait_ns, MS(10));
    ck_assert_int_eq(metrics->task[1].first_ns, MS(15));
    clean_up();
}
END_TEST

START_TEST(switches_count_when_a_machine_serves_somebody_else)
{
    three_visits();
    ck_assert_int_eq(metrics->switches, 2);
    clean_up();
    begin(1, 1);
    all_ready(1);
    run(0, 0, 0);
    ready(1, 0, READY_YIELDED);
    run(1, 0, 0);
    finish(1, OUTCOME_STOPPED);
    ck_assert_int_eq(metrics->switches, 0);
    clean_up();
}
END_TEST

START_TEST(preemptions_count_who_was_stopped)
{
    begin(2, 1);
    all_ready(2);
    run(0, 0, 0);
    ready(10, 0, READY_PREEMPTED);
    run(10, 1, 0);
    ready(20, 1, READY_YIELDED);
    run(20, 0, 0);
    ready(30, 0, READY_PREEMPTED);
    finish(30, OUTCOME_STOPPED);
    ck_assert_int_eq(metrics->preemptions, 2);
    clean_up();
}
END_TEST

START_TEST(every_task_has_its_own_numbers)
{
    three_visits();
    ck_assert_int_eq(metrics->task[0].first_ns, 0);
    ck_assert_int_eq(metrics->task[0].finish_ns, MS(70));
    ck_assert_int_eq(metrics->task[0].entries, 2);
    ck_assert_int_eq(metrics->task[0].cpu_ns, MS(30));
    ck_assert_int_eq(metrics->task[1].first_ns, MS(20));
    ck_assert_int_eq(metrics->task[1].wait_ns, MS(20));
    ck_assert_int_eq(metrics->task[1].maxwait_ns, MS(20));
    ck_assert_double_eq_tol(metrics->average_finish_ns, (double)MS(60), 0.5);
    ck_assert_double_eq_tol(metrics->average_wait_ns, (double)MS(10), 0.5);
    clean_up();
}
END_TEST

/* Its thread's clock is read around work only; a sum is work. */
START_TEST(what_a_coroutine_does_between_its_work_is_processor_time)
{
    handmade_init(&made, 2, 1);
    made.info.real = true;
    handmade_begin(&made);
    trace_add(made.trace, (struct event){ .kind = EVENT_MACHINE,
                                          .task = EVENT_NO_TASK,
                                          .object = 3 });
    all_ready(1);
    run(0, 0, 0);
    ready(3, 0, READY_YIELDED);
    run(5, 0, 0);
    handmade_add(&made, 7, EVENT_SUM, 0, 100, 4950);
    handmade_add(&made, 9, EVENT_SAY, 0, 1, 1);
    add(10, EVENT_AWAIT, 0, MS(20));
    ready(20, 0, READY_WOKEN);
    run(20, 0, 0);
    work(20, 30, 0);
    add(30, EVENT_CPU_TIME, 0, MS(11));
    add(30, EVENT_DONE, 0, 0);
    finish(30, OUTCOME_FINISHED);
    ck_assert_int_eq(metrics->task[0].cpu_ns, MS(3 + 2 + 1 + 11));
    ck_assert_uint_eq(metrics->task[0].cpu_count, 1);
    ck_assert_int_eq(metrics->task[0].cpu[0], 3);
    ck_assert_int_eq(metrics->task[1].cpu_ns, TIME_NEVER);
    clean_up();
}
END_TEST

/* C is spawned by nobody: it never stood in line, and is a task
 * nevertheless. */
START_TEST(who_never_arrives_waits_no_time_on_average)
{
    begin(3, 1);
    all_ready(2);
    run(30, 0, 0);
    run(60, 1, 0);
    finish(90, OUTCOME_STOPPED);
    ck_assert_double_eq_tol(metrics->average_wait_ns, (double)MS(30), 0.5);
    clean_up();
}
END_TEST

static const char *explained(const char *name, struct strbuf *sum)
{
    const struct metrics_row *row = metrics_table;

    while (strcmp(row->name, name) != 0)
        row++;
    strbuf_clear(sum);
    row->explain(sum, metrics);
    return sum->text;
}

/* The run ends a little later than its last task, as real ones do. */
START_TEST(sums_use_the_makespan_and_add_up)
{
    struct strbuf sum;

    strbuf_init(&sum);
    begin(1, 2);
    all_ready(1);
    run(0, 0, 0);
    trace_add(made.trace, (struct event){ .t_ns = 3742507123,
                                          .kind = EVENT_DONE,
                                          .machine = EVENT_NO_MACHINE });
    finish(3743, OUTCOME_FINISHED);
    ck_assert_int_eq(metrics->idle_ns, 3742507123);
    ck_assert_str_eq(explained("idle", &sum),
                     "2 x 3742.507123 ms - 3742.507123 ms");
    ck_assert_str_eq(explained("utilization", &sum),
                     "100 x 3742.507123 ms / (2 x 3742.507123 ms)");
    ck_assert_str_eq(explained("average finish", &sum), "(3742.507123) / 1");
    strbuf_fini(&sum);
    clean_up();
}
END_TEST

START_TEST(a_stay_in_line_that_is_not_over_counts_for_the_longest_only)
{
    begin(2, 1);
    all_ready(2);
    run(10, 0, 0);
    finish(50, OUTCOME_LIMIT);
    ck_assert_int_eq(metrics->task[0].wait_ns, MS(10));
    ck_assert_int_eq(metrics->task[1].wait_ns, 0);
    ck_assert_int_eq(metrics->task[1].maxwait_ns, MS(50));
    ck_assert_int_eq(metrics->task[1].first_ns, TIME_NEVER);
    ck_assert_int_eq(metrics->task[1].finish_ns, TIME_NEVER);
    ck_assert_double_lt(metrics->average_finish_ns, 0.0);
    clean_up();
}
END_TEST

START_TEST(real_processor_time_is_what_was_measured)
{
    handmade_init(&made, 2, 1);
    made.info.real = true;
    handmade_begin(&made);
    all_ready(2);
    run(0, 0, 0);
    work(0, 10, 0);
    add(10, EVENT_CPU_TIME, 0, MS(7));
    add(10, EVENT_DONE, 0, 0);
    finish(10, OUTCOME_STOPPED);
    ck_assert_int_eq(metrics->task[0].cpu_ns, MS(7));
    ck_assert_int_eq(metrics->task[1].cpu_ns, TIME_NEVER);
    clean_up();
}
END_TEST

START_TEST(threads_and_processors_are_counted_once)
{
    begin(3, 1);
    all_ready(3);
    add(1, EVENT_THREAD, 0, 4711);
    add(1, EVENT_THREAD, 1, 4712);
    add(1, EVENT_THREAD, 2, 4711);
    add(1, EVENT_CPU_ID, 1, 3);
    add(1, EVENT_CPU_ID, 1, 0);
    add(1, EVENT_CPU_ID, 1, 3);
    finish(1, OUTCOME_STOPPED);
    ck_assert_int_eq(metrics->os_threads, 2);
    ck_assert_int_eq(metrics->task[2].tid, 4711);
    ck_assert_uint_eq(metrics->task[0].cpu_count, 0);
    ck_assert_uint_eq(metrics->task[1].cpu_count, 2);
    ck_assert_int_eq(metrics->task[1].cpu[0], 0);
    ck_assert_int_eq(metrics->task[1].cpu[1], 3);
    clean_up();
}
END_TEST

START_TEST(shared_variables_keep_what_was_written_last)
{
    static struct shared_spec shared[] = { { "n", 5 }, { "m", 6 } };

    handmade_init(&made, 1, 1);
    made.workload.shared = shared;
    made.workload.shared_count = 2;
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_WRITE, 0, 1, 7);
    handmade_add(&made, 0, EVENT_WRITE, 0, 1, 8);
    handmade_add(&made, 0, EVENT_WRITE, 0, 2, 9);
    finish(0, OUTCOME_FINISHED);
    ck_assert_int_eq(metrics->shared[0], 5);
    ck_assert_int_eq(metrics->shared[1], 8);
    clean_up();
}
END_TEST

START_TEST(the_log_has_what_was_said_and_when)
{
    static const struct step step[] = {
        { .kind = STEP_SAY, .line = 7, .column = 1, .text = "bye" },
        { .kind = STEP_REPEAT, .line = 3, .skip = 3, .value = 2 },
        { .kind = STEP_SAY, .line = 3, .column = 9, .text = "hello" },
        { .kind = STEP_AGAIN, .skip = -1 },
    };

    handmade_init(&made, 1, 1);
    made.task[0].steps = (struct steps){ .step = step, .count = 4 };
    handmade_begin(&made);
    handmade_add(&made, 4, EVENT_SAY, 0, 3, 9);
    handmade_add(&made, 5, EVENT_SAY, 0, 7, 1);
    handmade_add(&made, 5, EVENT_SAY, 0, 7, INT64_MAX);
    finish(5, OUTCOME_STOPPED);
    ck_assert_uint_eq(metrics->log_count, 3);
    ck_assert_str_eq(metrics->log[0].text, "hello");
    ck_assert_int_eq(metrics->log[0].t_ns, MS(4));
    ck_assert_str_eq(metrics->log[1].text, "bye");
    ck_assert_str_eq(metrics->log[2].text, "");
    clean_up();
}
END_TEST

START_TEST(the_checksum_adds_up_those_of_the_tasks)
{
    begin(2, 1);
    add(0, EVENT_CHECKSUM, 0, 40);
    add(0, EVENT_CHECKSUM, 1, 2);
    finish(0, OUTCOME_FINISHED);
    ck_assert_uint_eq(metrics->checksum, 42);
    clean_up();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("numbers");
    TCase *run_case = tcase_create("run"), *task = tcase_create("task");

    tcase_add_test(run_case, makespan_ends_with_the_last_task);
    tcase_add_test(run_case, makespan_of_a_run_that_did_not_finish_is_never);
    tcase_add_test(run_case, what_has_not_happened_yet_is_not_called_never);
    tcase_add_test(run_case, in_progress_and_working_are_the_largest_counts);
    tcase_add_test(run_case, busy_and_idle_share_the_time_of_all_machines);
    tcase_add_test(run_case,
                   utilization_of_a_frozen_run_is_over_the_time_until_it_froze);
    tcase_add_test(run_case, a_held_machine_is_idle);
    tcase_add_test(run_case, a_stolen_core_is_not_busy);
    tcase_add_test(run_case, others_are_named_from_a_few_percent_on);
    tcase_add_test(run_case, overhead_is_the_time_of_changing_over);
    tcase_add_test(run_case,
                   switches_count_when_a_machine_serves_somebody_else);
    tcase_add_test(run_case, preemptions_count_who_was_stopped);
    tcase_add_test(run_case, shared_variables_keep_what_was_written_last);
    tcase_add_test(run_case, the_log_has_what_was_said_and_when);
    tcase_add_test(run_case, the_checksum_adds_up_those_of_the_tasks);
    tcase_add_test(task, every_task_has_its_own_numbers);
    tcase_add_test(task,
                   what_a_coroutine_does_between_its_work_is_processor_time);
    tcase_add_test(task, who_never_arrives_waits_no_time_on_average);
    tcase_add_test(task, sums_use_the_makespan_and_add_up);
    tcase_add_test(task,
                   a_stay_in_line_that_is_not_over_counts_for_the_longest_only);
    tcase_add_test(task, real_processor_time_is_what_was_measured);
    tcase_add_test(task, threads_and_processors_are_counted_once);
    suite_add_tcase(suite, run_case);
    suite_add_tcase(suite, task);
    return suite_main(suite);
}
