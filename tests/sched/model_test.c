#include "tests/suite.h"

#include <errno.h>
#include <pthread.h>

#include "sched/program/task.h"
#include "sched/run/gate.h"
#include "tests/sched/modelled.h"

static struct modelled run;

static void begin(const char *mode, const char *text)
{
    modelled_init(&run, mode, text);
}

static void model(const char *mode, const char *text)
{
    begin(mode, text);
    modelled_run(&run);
}

static void clean_up(void)
{
    modelled_fini(&run);
}

static void expect_end(enum outcome outcome, int64_t ms)
{
    ck_assert_int_eq(run.metrics->outcome, outcome);
    ck_assert_int_eq(run.metrics->end_ns, MS(ms));
}

/* How often task called a generator for a value. */
static int asked(const char *task)
{
    int index = workload_find_task(run.workload, task), count = 0;

    for (size_t i = 0; i < trace_count(run.trace); i++) {
        const struct event *event = trace_at(run.trace, i);

        count += event->kind == EVENT_CALL && event->object == 0 &&
                 event->task == (uint32_t)index;
    }
    return count;
}

/* --- the line ------------------------------------------------------------- */

START_TEST(a_task_arrives_at_its_time_after_those_it_waits_for)
{
    model("coroutine", "task A: cpu 10\n"
                       "task B at 40 after A: cpu 5\n"
                       "task C after A: cpu 5\n"
                       "task D at 5: cpu 5\n");
    expect_served(&run, 0, "A 0-10, D 10-15, C 15-20, B 40-45");
    clean_up();
}
END_TEST

START_TEST(a_yield_by_name_hands_the_machine_over)
{
    model("coroutine", "task A: cpu 5, yield to C, cpu 5\n"
                       "task B C: cpu 5\n");
    expect_served(&run, 0, "A 0-5, C 5-10, B 10-15, A 15-20");
    clean_up();
}
END_TEST

START_TEST(a_yield_to_somebody_who_is_away_is_a_plain_yield)
{
    model("coroutine", "task A: cpu 5, yield to C, cpu 5\n"
                       "task B: cpu 5\n"
                       "task C at 100: cpu 5\n");
    expect_served(&run, 0, "A 0-5, B 5-10, A 10-15, C 100-105");
    clean_up();
}
END_TEST

START_TEST(who_sleeps_for_no_time_goes_to_the_tail)
{
    model("coroutine", "task A: cpu 5, sleep 0, cpu 5\ntask B: cpu 5\n");
    expect_served(&run, 0, "A 0-5, B 5-10, A 10-15");
    clean_up();
}
END_TEST

START_TEST(sleepers_that_wake_together_come_before_arrivals)
{
    model("coroutine", "task A at 20: cpu 5\n"
                       "task B: cpu 1, sleep 19, cpu 5\n");
    expect_served(&run, 0, "B 0-1, B 20-25, A 25-30");
    clean_up();
}
END_TEST

START_TEST(own_lines_are_served_by_their_own_machines)
{
    begin("parallel", "lines own\nmachines 2\n"
                      "task A line 1: cpu 10\n"
                      "task B line 1: cpu 10\n"
                      "task C line 2: cpu 5\n");
    run.options.slice_ns = 0;
    modelled_run(&run);
    expect_served(&run, 0, "A 0-10, B 10-20");
    expect_served(&run, 1, "C 0-5");
    clean_up();
}
END_TEST

START_TEST(machines_share_a_line_when_there_are_more_of_them)
{
    begin("hybrid", "lines own\ntask A B C line 1: cpu 10\n"
                    "task D line 2: cpu 10\n");
    run.options.machines = 3; /* 1 and 3 serve line 1 */
    modelled_run(&run);
    expect_served(&run, 0, "A 0-10, C 10-20");
    expect_served(&run, 1, "D 0-10");
    expect_served(&run, 2, "B 0-10");
    clean_up();
}
END_TEST

START_TEST(luck_is_the_same_for_the_same_seed)
{
    static const char text[] =
        "task A B C D E F G H: repeat 4 (cpu 1, yield)\n";
    int *order;

    begin("coroutine", text);
    run.options.policy = POLICY_RANDOM;
    run.options.seed = 7;
    modelled_run(&run);
    order = run.metrics->order;
    run.metrics->order = NULL;
    clean_up();

    begin("coroutine", text);
    run.options.policy = POLICY_RANDOM;
    run.options.seed = 7;
    modelled_run(&run);
    ck_assert_mem_eq(order, run.metrics->order, 32 * sizeof(*order));
    clean_up();

    begin("coroutine", text);
    run.options.policy = POLICY_RANDOM;
    run.options.seed = 8;
    modelled_run(&run);
    ck_assert_mem_ne(order, run.metrics->order, 32 * sizeof(*order));
    clean_up();
    free(order);
}
END_TEST

/* A person who always picks the last in line. */
static void *pick_the_last(void *argument)
{
    int candidate[8];

    while (!gate_stopped(argument)) {
        size_t count = gate_question(argument, candidate, 8);

        if (count > 0)
            gate_answer(argument, count - 1);
    }
    return NULL;
}

START_TEST(a_person_picks_where_there_is_a_choice)
{
    pthread_t person;

    begin("coroutine", "task A B C: cpu 5, yield, cpu 5\n");
    run.options.policy = POLICY_PICK;
    run.options.gate = gate_new();
    ck_assert_int_eq(
        pthread_create(&person, NULL, pick_the_last, run.options.gate), 0);
    modelled_run(&run);
    gate_stop(run.options.gate);
    pthread_join(person, NULL);
    expect_served(&run, 0, "C 0-5, C 5-10, B 10-15, B 15-20, A 20-25, A 25-30");
    gate_free(run.options.gate);
    clean_up();
}
END_TEST

/* --- preemption ----------------------------------------------------------- */

START_TEST(who_wakes_stands_before_who_is_stopped_at_that_instant)
{
    model("threads", "task A: cpu 5, sleep 10, cpu 5\n" /* wakes at 15 */
                     "task B C: cpu 20\n");             /* B stops at 15 */
    expect_served(&run, 0, "A 0-5, B 5-15, C 15-25, A 25-30, B 30-40, C 40-50");
    clean_up();
}
END_TEST

START_TEST(work_that_ends_with_its_slice_is_not_stopped)
{
    model("threads", "task A: cpu 10, say \"x\"\ntask B: cpu 10, cpu 5\n"
                     "task C: cpu 10\n");
    expect_served(&run, 0, "A 0-10, B 10-20, C 20-30, B 30-35");
    ck_assert_int_eq(run.metrics->preemptions, 1); /* B wanted more */
    ck_assert_int_eq(run.metrics->log[0].t_ns, MS(10));
    clean_up();
}
END_TEST

START_TEST(who_works_alone_gets_one_slice_after_the_other_at_no_cost)
{
    begin("threads", "task A: cpu 1000000s\ntask B at 25: cpu 1\n");
    run.options.slice_ns = 1000;
    modelled_run(&run);
    expect_end(OUTCOME_FINISHED, 1000000001);
    ck_assert_int_eq(numbers_of(&run, "B")->first_ns, MS(25));
    ck_assert_uint_lt(trace_count(run.trace), 10000);
    clean_up();
}
END_TEST

START_TEST(a_slice_that_passed_unnoticed_still_counts)
{
    model("threads", "task A: cpu 50\ntask B at 25: cpu 1\n");
    expect_served(&run, 0, "A 0-30, B 30-31, A 31-51");
    clean_up();
}
END_TEST

START_TEST(somebody_more_important_stops_who_is_least_important)
{
    begin("parallel", "machines 2\n"
                      "task A priority 2: cpu 20\n"
                      "task B priority 1: cpu 20\n"
                      "task C priority 1: cpu 5\n"
                      "task D priority 3 at 5: cpu 20\n");
    run.options.policy = POLICY_PRIORITY;
    run.options.slice_ns = 0;
    modelled_run(&run);
    /* B goes to the front of its class: before C. */
    expect_served(&run, 0, "A 0-20, B 20-35");
    expect_served(&run, 1, "B 0-5, D 5-25, C 25-30");
    clean_up();
}
END_TEST

/* Rule R9; the right value is 13 at the latest. With a slice of its own after
 * each stop the first of two equals would keep the second waiting to its
 * end. */
START_TEST(who_is_stopped_keeps_the_rest_of_the_slice)
{
    begin("threads", "task H priority 1: repeat 5 (cpu 1, sleep 5)\n"
                     "task A B: cpu 12\n");
    run.options.policy = POLICY_PRIORITY;
    modelled_run(&run);
    expect_served(&run, 0,
                  "H 0-1, A 1-6, H 6-7, A 7-12, H 12-13, B 13-18, H 18-19, "
                  "B 19-24, H 24-25, A 25-27, B 27-29");
    clean_up();
}
END_TEST

START_TEST(lowering_the_own_priority_lets_others_go_first)
{
    begin("threads", "task A priority 2: cpu 5, priority 0, cpu 5\n"
                     "task B priority 1: cpu 5\n");
    run.options.policy = POLICY_PRIORITY;
    modelled_run(&run);
    expect_served(&run, 0, "A 0-5, B 5-10, A 10-15");
    clean_up();
}
END_TEST

START_TEST(changing_over_costs_time_but_not_the_first_time)
{
    begin("threads", "task A B: cpu 15\n");
    run.options.switch_cost_ns = MS(2);
    modelled_run(&run);
    expect_served(&run, 0,
                  "A 0-10, B~ 10-12, B 12-22, A~ 22-24, A 24-29, "
                  "B~ 29-31, B 31-36");
    ck_assert_int_eq(run.metrics->switching_ns, MS(6));
    clean_up();
}
END_TEST

/* --- holding the machine -------------------------------------------------- */

START_TEST(blocking_holds_a_coroutines_machine_but_not_a_threads)
{
    model("coroutine", "task A: block 10, cpu 5\ntask B: cpu 5\n");
    expect_served(&run, 0, "A* 0-10, A 10-15, B 15-20");
    clean_up();

    model("threads", "task A: block 10, cpu 5\ntask B: cpu 5\n");
    expect_served(&run, 0, "B 0-5, A 10-15");
    clean_up();
}
END_TEST

START_TEST(one_after_another_nobody_leaves_before_the_end)
{
    model("sequential", "task A: cpu 5, sleep 10, yield, cpu 5\n"
                        "task B: cpu 5\n");
    expect_served(&run, 0, "A 0-5, A* 5-15, A 15-20, B 20-25");
    ck_assert_int_eq(numbers_of(&run, "A")->entries, 1);
    clean_up();
}
END_TEST

START_TEST(one_after_another_nobody_can_help_who_waits)
{
    model("sequential", "channel c\ntask A: cpu 5, recv c\n"
                        "task B at 50: send c\n");
    expect_end(OUTCOME_DEADLOCK, 5);
    ck_assert_int_eq(history_at(run.history, 0, MS(5)).state, STATE_HELD);
    clean_up();

    model("sequential", "channel c size 1\ntask A: send c\ntask B: recv c\n");
    expect_end(OUTCOME_FINISHED, 0);
    clean_up();
}
END_TEST

/* --- waiting for each other ----------------------------------------------- */

START_TEST(a_lock_goes_to_who_waited_longest)
{
    model("coroutine", "task A: lock m, yield, cpu 5, unlock m, cpu 5\n"
                       "task B C: lock m, cpu 5, unlock m\n");
    expect_served(&run, 0, "A 0-10, B 10-15, C 15-20");
    clean_up();
}
END_TEST

START_TEST(a_circle_of_waiting_is_a_deadlock)
{
    model("coroutine", "task A: lock m, yield, lock n, unlock n, unlock m\n"
                       "task B: lock n, yield, lock m, unlock m, unlock n\n");
    expect_end(OUTCOME_DEADLOCK, 0);
    ck_assert_uint_eq(run.metrics->cycle_count, 3);
    clean_up();
}
END_TEST

START_TEST(a_channel_of_no_size_lets_both_meet)
{
    model("coroutine", "channel c\ntask A: send c, cpu 5\n"
                       "task B: cpu 10, recv c, cpu 10\n");
    expect_served(&run, 0, "B 0-20, A 20-25");
    clean_up();
}
END_TEST

START_TEST(a_full_channel_makes_the_sender_wait)
{
    model("coroutine", "channel c size 2\n"
                       "task A: repeat 3 (send c, cpu 5)\n"
                       "task B: cpu 1, repeat 3 (recv c)\n");
    expect_served(&run, 0, "A 0-10, B 10-11, A 11-16");
    clean_up();
}
END_TEST

START_TEST(a_channel_grows_to_its_size_and_keeps_the_order)
{
    model("coroutine", "channel c size 30\n"
                       "task A B: repeat 3 (repeat 4 (send c), yield)\n"
                       "task C: repeat 5 (recv c, yield)\n"
                       "task D: repeat 19 (recv c)\n");
    expect_end(OUTCOME_FINISHED, 0); /* the checker knows what was sent */
    clean_up();
}
END_TEST

START_TEST(closing_a_channel_wakes_who_waits)
{
    model("coroutine", "channel c\ntask A B: recv c, cpu 5\n"
                       "task C: send c, cpu 5, close c\n"
                       "task D at 50: recv c, send c, cpu 5\n");
    expect_end(OUTCOME_FINISHED, 55);
    clean_up();
}
END_TEST

START_TEST(a_barrier_opens_for_all_at_once_and_closes_again)
{
    model("coroutine", "barrier b 2\n"
                       "task A B: repeat 2 (cpu 5, wait b)\n");
    expect_served(&run, 0, "A 0-5, B 5-15, A 15-20");
    expect_end(OUTCOME_FINISHED, 20);
    clean_up();
}
END_TEST

START_TEST(a_spawned_task_begins_then_and_can_be_joined)
{
    model("coroutine", "task A: cpu 5, spawn B, join B, cpu 5\n"
                       "task B at spawn: cpu 5\n");
    expect_served(&run, 0, "A 0-5, B 5-10, A 10-15");
    expect_end(OUTCOME_FINISHED, 15);
    clean_up();
}
END_TEST

START_TEST(an_update_between_read_and_write_is_lost)
{
    model("coroutine", "shared n = 5\ntask A B: read n, yield, write n+1\n");
    ck_assert_int_eq(run.metrics->shared[0], 6);
    clean_up();
}
END_TEST

/* --- generators ----------------------------------------------------------- */

START_TEST(a_generator_runs_within_its_callers_turn)
{
    model("coroutine", "generator G: cpu 5, yield, cpu 5\n"
                       "task A: next G, cpu 1, next G, next G, cpu 1\n"
                       "task B: cpu 1\n");
    ck_assert_int_eq(numbers_of(&run, "G")->entries, 2);
    ck_assert_int_eq(numbers_of(&run, "A")->entries, 1);
    ck_assert_int_eq(numbers_of(&run, "B")->first_ns, MS(12));
    ck_assert_int_eq(run.metrics->switches, 1);
    clean_up();
}
END_TEST

START_TEST(a_generator_is_stopped_with_its_caller)
{
    model("threads", "generator G: cpu 15\n"
                     "task A: next G, cpu 5\ntask B: cpu 10\n");
    ck_assert_int_eq(numbers_of(&run, "B")->first_ns, MS(10));
    ck_assert_int_eq(numbers_of(&run, "G")->finish_ns, MS(25));
    ck_assert_int_eq(numbers_of(&run, "A")->finish_ns, MS(30));
    ck_assert_int_eq(numbers_of(&run, "G")->entries, 2);
    ck_assert_int_eq(asked("A"), 1);
    clean_up();
}
END_TEST

START_TEST(who_calls_a_busy_generator_waits_for_its_next_value)
{
    begin("parallel", "machines 2\ngenerator G: repeat 2 (cpu 5, yield)\n"
                      "task A B: next G, cpu 20\n");
    run.options.slice_ns = 0;
    modelled_run(&run);
    ck_assert_int_eq(numbers_of(&run, "A")->finish_ns, MS(25));
    ck_assert_int_eq(numbers_of(&run, "B")->finish_ns, MS(30));
    clean_up();
}
END_TEST

/* --- the key -------------------------------------------------------------- */

START_TEST(who_wants_the_key_waits_away_from_the_machine)
{
    begin("parallel", "task A B: cpu 30\ntask C: cpu 5, sleep 10, cpu 5\n");
    run.options.machines = 2;
    run.options.slice_ns = 0;
    run.options.gil_ns = MS(10);
    modelled_run(&run);
    ck_assert_int_eq(run.metrics->working, 1);
    expect_served(&run, 0,
                  "A 0-10, B 10-20, C 20-25, A 25-35, B 35-45, "
                  "A 45-55, C 55-60, B 60-70");
    clean_up();
}
END_TEST

/* --- the end -------------------------------------------------------------- */

START_TEST(work_without_end_needs_a_limit)
{
    model("coroutine", "task A: cpu 1, cpu forever\n");
    ck_assert_int_eq(run.error, -EINVAL);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FAILED);
    clean_up();

    begin("threads", "task A B: cpu forever\n");
    run.options.limit_ns = MS(25);
    modelled_run(&run);
    expect_end(OUTCOME_LIMIT, 25);
    expect_served(&run, 0, "A 0-10, B 10-20, A 20-25");
    ck_assert_int_eq(run.metrics->busy_ns, MS(25));
    clean_up();
}
END_TEST

static void program(struct task_calls *calls, int task)
{
    (void)task;
    task_work(calls, MS(10));
    task_sleep(calls, MS(20));
}

START_TEST(a_workload_in_c_is_modelled)
{
    begin("coroutine", "task A: cpu 1\n");
    run.workload->task[0].program = program;
    modelled_run(&run);
    ck_assert_int_eq(run.error, 0);
    expect_end(OUTCOME_FINISHED, 30);
    clean_up();
}
END_TEST

START_TEST(a_run_that_ends_at_its_limit_is_finished)
{
    begin("coroutine", "task A: cpu 25\n");
    run.options.limit_ns = MS(25);
    modelled_run(&run);
    expect_end(OUTCOME_FINISHED, 25);
    clean_up();
}
END_TEST

START_TEST(the_gate_stops_a_run)
{
    begin("coroutine", "task A: cpu 25\n");
    run.options.gate = gate_new();
    gate_stop(run.options.gate);
    modelled_run(&run);
    expect_end(OUTCOME_STOPPED, 0);
    gate_free(run.options.gate);
    clean_up();
}
END_TEST

START_TEST(a_repeat_of_nothing_does_not_hang)
{
    model("coroutine", "task A: repeat 9000000 (repeat 0 (yield)), cpu 1\n");
    expect_end(OUTCOME_FINISHED, 1);
    clean_up();
}
END_TEST

static void add_lines(Suite *suite)
{
    TCase *tcase = tcase_create("line");

    tcase_add_test(tcase, a_task_arrives_at_its_time_after_those_it_waits_for);
    tcase_add_test(tcase, a_yield_by_name_hands_the_machine_over);
    tcase_add_test(tcase, a_yield_to_somebody_who_is_away_is_a_plain_yield);
    tcase_add_test(tcase, who_sleeps_for_no_time_goes_to_the_tail);
    tcase_add_test(tcase, sleepers_that_wake_together_come_before_arrivals);
    tcase_add_test(tcase, own_lines_are_served_by_their_own_machines);
    tcase_add_test(tcase, machines_share_a_line_when_there_are_more_of_them);
    tcase_add_test(tcase, luck_is_the_same_for_the_same_seed);
    tcase_add_test(tcase, a_person_picks_where_there_is_a_choice);
    suite_add_tcase(suite, tcase);
}

static void add_preemption(Suite *suite)
{
    TCase *tcase = tcase_create("preemption");

    tcase_add_test(tcase,
                   who_wakes_stands_before_who_is_stopped_at_that_instant);
    tcase_add_test(tcase, work_that_ends_with_its_slice_is_not_stopped);
    tcase_add_test(tcase,
                   who_works_alone_gets_one_slice_after_the_other_at_no_cost);
    tcase_add_test(tcase, a_slice_that_passed_unnoticed_still_counts);
    tcase_add_test(tcase, somebody_more_important_stops_who_is_least_important);
    tcase_add_test(tcase, who_is_stopped_keeps_the_rest_of_the_slice);
    tcase_add_test(tcase, lowering_the_own_priority_lets_others_go_first);
    tcase_add_test(tcase, changing_over_costs_time_but_not_the_first_time);
    tcase_add_test(tcase, who_wants_the_key_waits_away_from_the_machine);
    suite_add_tcase(suite, tcase);
}

static void add_waiting(Suite *suite)
{
    TCase *tcase = tcase_create("waiting");

    tcase_add_test(tcase,
                   blocking_holds_a_coroutines_machine_but_not_a_threads);
    tcase_add_test(tcase, one_after_another_nobody_leaves_before_the_end);
    tcase_add_test(tcase, one_after_another_nobody_can_help_who_waits);
    tcase_add_test(tcase, a_lock_goes_to_who_waited_longest);
    tcase_add_test(tcase, a_circle_of_waiting_is_a_deadlock);
    tcase_add_test(tcase, a_channel_of_no_size_lets_both_meet);
    tcase_add_test(tcase, a_full_channel_makes_the_sender_wait);
    tcase_add_test(tcase, a_channel_grows_to_its_size_and_keeps_the_order);
    tcase_add_test(tcase, closing_a_channel_wakes_who_waits);
    tcase_add_test(tcase, a_barrier_opens_for_all_at_once_and_closes_again);
    tcase_add_test(tcase, a_spawned_task_begins_then_and_can_be_joined);
    tcase_add_test(tcase, an_update_between_read_and_write_is_lost);
    suite_add_tcase(suite, tcase);
}

static void add_others(Suite *suite)
{
    TCase *tcase = tcase_create("others");

    tcase_add_test(tcase, a_generator_runs_within_its_callers_turn);
    tcase_add_test(tcase, a_generator_is_stopped_with_its_caller);
    tcase_add_test(tcase, who_calls_a_busy_generator_waits_for_its_next_value);
    tcase_add_test(tcase, work_without_end_needs_a_limit);
    tcase_add_test(tcase, a_workload_in_c_is_modelled);
    tcase_add_test(tcase, a_run_that_ends_at_its_limit_is_finished);
    tcase_add_test(tcase, the_gate_stops_a_run);
    tcase_add_test(tcase, a_repeat_of_nothing_does_not_hang);
    suite_add_tcase(suite, tcase);
}

int main(void)
{
    Suite *suite = suite_create("sched_model");

    add_lines(suite);
    add_preemption(suite);
    add_waiting(suite);
    add_others(suite);
    return suite_main(suite);
}
