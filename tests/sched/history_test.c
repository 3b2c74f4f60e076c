#include "tests/suite.h"

#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "tests/sched/handmade.h"

#define MS(ms) ((int64_t)(ms)*NS_PER_MS)

static struct handmade made;

/* A computes 0-10, B waits for the machine and computes 10-30, A sleeps
 * 10-25 and is served again from 30 to 35. */
static void two_tasks(void)
{
    handmade_init(&made, 2, 1);
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_add(&made, 0, EVENT_READY, 1, READY_ARRIVED, -1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 10, EVENT_AWAIT, 0, 0, MS(25));
    handmade_at(&made, 10, EVENT_RUN, 1, 0, 0);
    handmade_add(&made, 25, EVENT_READY, 0, READY_WOKEN, -1);
    handmade_add(&made, 30, EVENT_DONE, 1, 0, 0);
    handmade_at(&made, 30, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 35, EVENT_DONE, 0, 0, 0);
    handmade_end(&made, 35, OUTCOME_FINISHED);
}

START_TEST(a_task_is_where_the_events_say)
{
    struct interval interval;

    two_tasks();
    ck_assert_int_eq(history_at(made.history, 0, MS(5)).state, STATE_RUNNING);
    ck_assert_int_eq(history_at(made.history, 1, MS(5)).state, STATE_IN_LINE);
    interval = history_at(made.history, 0, MS(10));
    ck_assert_int_eq(interval.state, STATE_AWAITING);
    ck_assert_int_eq(interval.from_ns, MS(10));
    ck_assert_int_eq(interval.to_ns, MS(25));
    ck_assert_int_eq(interval.until_ns, MS(25));
    interval = history_at(made.history, 0, MS(27));
    ck_assert_int_eq(interval.state, STATE_IN_LINE);
    ck_assert_int_eq(interval.object, READY_WOKEN);
    interval = history_at(made.history, 0, MS(100));
    ck_assert_int_eq(interval.state, STATE_DONE);
    ck_assert_int_eq(interval.to_ns, MS(35));
    handmade_fini(&made);
}
END_TEST

START_TEST(time_in_a_state_is_exact_between_any_two_instants)
{
    struct history *h;

    two_tasks();
    h = made.history;
    ck_assert_int_eq(history_time_in(h, 0, STATE_RUNNING, 0, MS(35)), MS(15));
    ck_assert_int_eq(history_time_in(h, 0, STATE_RUNNING, MS(4), MS(31)),
                     MS(7));
    ck_assert_int_eq(history_time_in(h, 0, STATE_AWAITING, MS(9), MS(11)),
                     MS(1));
    ck_assert_int_eq(history_time_in(h, 1, STATE_IN_LINE, 0, TIME_NEVER),
                     MS(10));
    ck_assert_int_eq(history_time_in(h, 1, STATE_DONE, 0, TIME_NEVER), MS(5));
    ck_assert_int_eq(history_time_in(h, 1, STATE_DONE, MS(5), MS(5)), 0);
    ck_assert_int_eq(history_time_in(h, 1, STATE_DONE, MS(9), MS(5)), 0);
    handmade_fini(&made);
}
END_TEST

START_TEST(a_machine_knows_whom_it_serves)
{
    struct service service;

    two_tasks();
    ck_assert_int_eq(history_machines(made.history), 1);
    service = history_service_at(made.history, 0, MS(10));
    ck_assert_int_eq(service.kind, SERVICE_BUSY);
    ck_assert_int_eq(service.task, 1);
    ck_assert_int_eq(service.from_ns, MS(10));
    ck_assert_int_eq(service.to_ns, MS(30));
    service = history_service_at(made.history, 0, MS(35));
    ck_assert_int_eq(service.kind, SERVICE_IDLE);
    ck_assert_int_eq(service.task, -1);
    /* Idle stretches without length between two tasks are not kept. */
    ck_assert_uint_eq(history_services(made.history, 0), 4);
    ck_assert_int_eq(history_busy(made.history, 0, MS(5), MS(12)), MS(7));
    handmade_fini(&made);
}
END_TEST

START_TEST(an_open_interval_grows_with_the_live_edge)
{
    handmade_init(&made, 1, 1);
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_at(&made, 2, EVENT_RUN, 0, 0, 0);
    ck_assert(history_update(made.history));
    ck_assert(!history_update(made.history));
    ck_assert_int_eq(history_max_working(made.history), 0);
    history_extend(made.history, MS(7));
    ck_assert_int_eq(history_max_working(made.history), 1);
    ck_assert_int_eq(history_end(made.history), MS(7));
    ck_assert_int_eq(history_at(made.history, 0, MS(5)).to_ns, MS(7));
    ck_assert_int_eq(
        history_time_in(made.history, 0, STATE_RUNNING, 0, TIME_NEVER), MS(5));
    history_extend(made.history, MS(3));
    ck_assert_int_eq(history_end(made.history), MS(7));
    handmade_add(&made, 9, EVENT_DONE, 0, 0, 0);
    handmade_end(&made, 9, OUTCOME_FINISHED);
    history_extend(made.history, MS(50));
    ck_assert_int_eq(history_end(made.history), MS(9));
    ck_assert(history_ended(made.history));
    handmade_fini(&made);
}
END_TEST

/* Two tasks at two machines; others have the first one's core from 10 to 14,
 * and the second one's from 12 to 20. */
static void stolen_cores(void)
{
    handmade_init(&made, 2, 2);
    made.info.real = true;
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_OBSERVED, -1, OBSERVED_KERNEL, 0);
    for (int task = 0; task < 2; task++) {
        handmade_add(&made, 0, EVENT_READY, task, READY_ARRIVED, -1);
        handmade_at(&made, 5, EVENT_RUN, task, task, 0);
    }
    handmade_at(&made, 10, EVENT_STOLEN, 0, 0, 0);
    handmade_at(&made, 12, EVENT_STOLEN, 1, 1, 0);
    handmade_at(&made, 14, EVENT_BACK, 0, 0, 0);
    handmade_at(&made, 20, EVENT_BACK, 1, 1, 0);
    for (int task = 0; task < 2; task++)
        handmade_add(&made, 30, EVENT_DONE, task, 0, 0);
    handmade_end(&made, 30, OUTCOME_FINISHED);
}

START_TEST(stolen_time_is_cut_out_of_the_time_at_the_machine)
{
    const struct history *h;

    stolen_cores();
    h = made.history;
    ck_assert_int_eq(history_observed(h), OBSERVED_KERNEL);
    ck_assert_int_eq(history_at(h, 0, MS(9)).state, STATE_RUNNING);
    ck_assert_int_eq(history_at(h, 0, MS(10)).state, STATE_STOLEN);
    ck_assert_int_eq(history_at(h, 0, MS(10)).machine, 0);
    ck_assert_int_eq(history_at(h, 0, MS(14)).state, STATE_RUNNING);
    ck_assert_int_eq(history_time_in(h, 0, STATE_STOLEN, 0, TIME_NEVER), MS(4));
    ck_assert_int_eq(history_time_in(h, 0, STATE_RUNNING, 0, TIME_NEVER),
                     MS(21));
    ck_assert_int_eq(history_time_in(h, 1, STATE_STOLEN, MS(13), MS(15)),
                     MS(2));
    ck_assert_int_eq(history_busy(h, 0, 0, MS(30)), MS(21));
    ck_assert_int_eq(history_stolen(h, 0, 0, MS(30)), MS(4));
    ck_assert_int_eq(history_stolen(h, 1, 0, MS(15)), MS(3));
    ck_assert_int_eq(history_service_at(h, 1, MS(13)).kind, SERVICE_STOLEN);
    ck_assert_int_eq(history_service_at(h, 1, MS(13)).task, 1);
    handmade_fini(&made);
}
END_TEST

START_TEST(only_those_on_a_core_are_working)
{
    const struct history *h;

    stolen_cores();
    h = made.history;
    ck_assert_int_eq(history_working(h, MS(9)), 2);
    ck_assert_int_eq(history_working(h, MS(11)), 1);
    ck_assert_int_eq(history_working(h, MS(13)), 0);
    ck_assert_int_eq(history_working(h, MS(14)), 1);
    ck_assert_int_eq(history_in_progress(h, MS(13)), 2);
    ck_assert_int_eq(history_count(h, STATE_STOLEN, MS(13)), 2);
    /* Who steps sees what tasks do, not each time that others take a core. */
    ck_assert_int_eq(history_step(h, MS(5), true), MS(30));
    handmade_fini(&made);
}
END_TEST

START_TEST(who_leaves_before_the_core_is_back_leaves_the_machine)
{
    handmade_init(&made, 1, 1);
    made.info.real = true;
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_at(&made, 3, EVENT_STOLEN, 0, 0, 0);
    handmade_add(&made, 7, EVENT_AWAIT, 0, 0, MS(9));
    handmade_end(&made, 8, OUTCOME_STOPPED);
    ck_assert_int_eq(history_service_at(made.history, 0, MS(7)).kind,
                     SERVICE_IDLE);
    ck_assert_int_eq(history_stolen(made.history, 0, 0, TIME_NEVER), MS(4));
    ck_assert_int_eq(history_max_working(made.history), 1);
    handmade_fini(&made);
}
END_TEST

START_TEST(maxima_leave_out_what_lasts_no_time)
{
    handmade_init(&made, 2, 1);
    handmade_begin(&made);
    /* Both pass the machine in no time, sleep, and meet again at 10. */
    for (int task = 0; task < 2; task++) {
        handmade_add(&made, 0, EVENT_READY, task, READY_ARRIVED, -1);
        handmade_at(&made, 0, EVENT_RUN, task, 0, 0);
        handmade_add(&made, 0, EVENT_AWAIT, task, 0, MS(10));
    }
    for (int task = 0; task < 2; task++) {
        handmade_at(&made, 10, EVENT_RUN, task, 0, 0);
        handmade_add(&made, 10, EVENT_DONE, task, 0, 0);
    }
    handmade_end(&made, 10, OUTCOME_FINISHED);
    ck_assert_int_eq(history_max_in_progress(made.history), 2);
    ck_assert_int_eq(history_max_working(made.history), 0);
    ck_assert_int_eq(history_in_progress(made.history, MS(5)), 2);
    ck_assert_int_eq(history_in_progress(made.history, MS(10)), 0);
    handmade_fini(&made);
}
END_TEST

/* A begins and ends in no time, meanwhile B waits for it. */
START_TEST(who_has_begun_counts_however_short_it_was)
{
    int in_progress, working;

    handmade_init(&made, 2, 1);
    handmade_begin(&made);
    for (int task = 0; task < 2; task++) {
        handmade_add(&made, 0, EVENT_READY, task, READY_ARRIVED, -1);
        handmade_at(&made, 0, EVENT_RUN, task, 0, 0);
        if (task == 0)
            handmade_add(&made, 0, EVENT_BLOCKED, 0, WAIT_JOIN, 1);
    }
    history_update(made.history);
    history_counts(made.history, trace_count(made.trace), &in_progress,
                   &working);
    ck_assert_int_eq(in_progress, 2);
    handmade_add(&made, 0, EVENT_DONE, 1, 0, 0);
    handmade_add(&made, 0, EVENT_READY, 0, READY_WOKEN, 1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 0, EVENT_DONE, 0, 0, 0);
    handmade_end(&made, 0, OUTCOME_FINISHED);
    ck_assert_int_eq(history_max_in_progress(made.history), 2);
    ck_assert_int_eq(history_max_working(made.history), 0);
    handmade_fini(&made);
}
END_TEST

START_TEST(a_generator_works_in_its_callers_place)
{
    struct interval held;

    handmade_init(&made, 2, 1);
    made.task[1].generator = true;
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_at(&made, 5, EVENT_CALL, 0, 0, 0);
    handmade_at(&made, 5, EVENT_RUN, 1, 0, 0);
    handmade_add(&made, 8, EVENT_PAUSE, 1, 0, 0);
    handmade_at(&made, 8, EVENT_RUN, 0, 0, 1);
    handmade_add(&made, 9, EVENT_DONE, 0, 0, 0);
    handmade_end(&made, 9, OUTCOME_FINISHED);
    held = history_at(made.history, 0, MS(6));
    ck_assert_int_eq(held.state, STATE_HELD);
    ck_assert_int_eq(held.machine, 0);
    ck_assert_int_eq(history_at(made.history, 1, MS(6)).state, STATE_RUNNING);
    ck_assert_int_eq(history_at(made.history, 1, MS(8)).state, STATE_ABSENT);
    ck_assert_int_eq(history_service_at(made.history, 0, MS(6)).task, 1);
    ck_assert_int_eq(history_service_at(made.history, 0, MS(8)).task, 0);
    ck_assert_int_eq(history_max_in_progress(made.history), 1);
    ck_assert_int_eq(history_max_working(made.history), 1);
    ck_assert_int_eq(history_busy(made.history, 0, 0, MS(9)), MS(9));
    handmade_fini(&made);
}
END_TEST

START_TEST(whom_a_machine_changes_over_to_has_left_the_line)
{
    struct interval chosen;
    int line[2];

    handmade_init(&made, 1, 1);
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_at(&made, 3, EVENT_SWITCH, 0, 0, 0);
    handmade_at(&made, 5, EVENT_RUN, 0, 0, 0);
    handmade_end(&made, 6, OUTCOME_FINISHED);
    chosen = history_at(made.history, 0, MS(4));
    ck_assert_int_eq(chosen.state, STATE_HELD);
    ck_assert_int_eq(chosen.machine, 0);
    ck_assert_int_eq(chosen.object, -1);
    ck_assert_int_eq(chosen.wait, -1);
    ck_assert_uint_eq(history_line(made.history, 0, MS(2), line, 2), 1);
    ck_assert_uint_eq(history_line(made.history, 0, MS(4), line, 2), 0);
    ck_assert_int_eq(history_count(made.history, STATE_IN_LINE, MS(4)), 0);
    ck_assert_int_eq(history_count(made.history, STATE_HELD, MS(4)), 1);
    ck_assert_int_eq(history_service_at(made.history, 0, MS(4)).kind,
                     SERVICE_SWITCHING);
    ck_assert_int_eq(history_time_in(made.history, 0, STATE_IN_LINE, 0, MS(6)),
                     MS(3));
    handmade_fini(&made);
}
END_TEST

static void everybody_arrives(const char *policy)
{
    handmade_init(&made, 4, 1);
    made.info.policy = policy;
    made.task[0].priority = made.task[1].priority = 1;
    made.task[2].priority = 2;
    handmade_begin(&made);
    for (int task = 0; task < 4; task++)
        handmade_add(&made, 0, EVENT_READY, task, READY_ARRIVED, -1);
}

START_TEST(a_line_is_in_order_of_arrival)
{
    int line[4];

    everybody_arrives("fifo");
    handmade_at(&made, 1, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 2, EVENT_READY, 0, READY_YIELDED, -1);
    handmade_end(&made, 3, OUTCOME_STOPPED);
    ck_assert_uint_eq(history_line(made.history, 0, MS(2), line, 4), 4);
    ck_assert_int_eq(line[0], 1);
    ck_assert_int_eq(line[3], 0);
    ck_assert_uint_eq(history_line(made.history, 0, MS(1), line, 2), 3);
    ck_assert_int_eq(line[1], 2);
    /* A and C stand in line 1. */
    ck_assert_uint_eq(history_line(made.history, 1, MS(2), line, 4), 2);
    ck_assert_int_eq(line[0], 2);
    ck_assert_int_eq(line[1], 0);
    handmade_fini(&made);
}
END_TEST

START_TEST(who_was_stopped_by_a_task_goes_to_the_front_of_its_class)
{
    int line[4];

    everybody_arrives("priority");
    handmade_at(&made, 1, EVENT_RUN, 1, 0, 0);
    handmade_add(&made, 2, EVENT_READY, 1, READY_PREEMPTED, 2);
    handmade_at(&made, 3, EVENT_RUN, 1, 0, 0);
    handmade_add(&made, 4, EVENT_READY, 1, READY_PREEMPTED, -1);
    handmade_end(&made, 5, OUTCOME_STOPPED);
    ck_assert_uint_eq(history_line(made.history, 0, MS(2), line, 4), 4);
    ck_assert_int_eq(line[0], 2);
    ck_assert_int_eq(line[1], 1);
    ck_assert_int_eq(line[2], 0);
    ck_assert_int_eq(line[3], 3);
    ck_assert_uint_eq(history_line(made.history, 0, MS(4), line, 4), 4);
    ck_assert_int_eq(line[1], 0);
    ck_assert_int_eq(line[2], 1);
    handmade_fini(&made);
}
END_TEST

START_TEST(a_lock_remembers_who_had_it)
{
    int64_t since;

    handmade_init(&made, 2, 2);
    handmade_begin(&made);
    handmade_add(&made, 1, EVENT_LOCKED, 0, 0, 0);
    handmade_add(&made, 3, EVENT_UNLOCKED, 0, 0, 1);
    handmade_add(&made, 4, EVENT_LOCKED, 1, 0, 0);
    handmade_add(&made, 6, EVENT_UNLOCKED, 1, 0, -1);
    handmade_end(&made, 7, OUTCOME_FINISHED);
    ck_assert_int_eq(history_lock_owner(made.history, 0, 0, NULL), -1);
    ck_assert_int_eq(history_lock_owner(made.history, 0, MS(1), &since), 0);
    ck_assert_int_eq(since, MS(1));
    ck_assert_int_eq(history_lock_owner(made.history, 0, MS(5), &since), 1);
    ck_assert_int_eq(since, MS(3));
    ck_assert_int_eq(history_lock_owner(made.history, 0, MS(6), NULL), -1);
    ck_assert_int_eq(history_lock_owner(made.history, 1, MS(5), NULL), -1);
    ck_assert_int_eq(history_lock_owner(made.history, 9, MS(5), NULL), -1);
    handmade_fini(&made);
}
END_TEST

START_TEST(steps_go_from_change_to_change)
{
    struct history *h;

    two_tasks();
    h = made.history;
    ck_assert_int_eq(history_step(h, 0, true), MS(10));
    ck_assert_int_eq(history_step(h, MS(11), true), MS(25));
    ck_assert_int_eq(history_step(h, MS(35), true), MS(35));
    ck_assert_int_eq(history_step(h, MS(25), false), MS(10));
    ck_assert_int_eq(history_step(h, MS(26), false), MS(25));
    ck_assert_int_eq(history_step(h, 0, false), 0);
    handmade_fini(&made);
}
END_TEST

/* A runs 0-10, awaits till 25, runs 30-35; B runs 10-30. */
START_TEST(when_somebody_comes_into_a_state_is_found_both_ways)
{
    int64_t when_ns;
    int task;

    two_tasks();
    ck_assert(
        history_enter(made.history, STATE_RUNNING, 0, true, &when_ns, &task));
    ck_assert_int_eq(when_ns, MS(10));
    ck_assert_int_eq(task, 1);
    ck_assert(history_enter(made.history, STATE_RUNNING, when_ns, true,
                            &when_ns, &task));
    ck_assert_int_eq(when_ns, MS(30));
    ck_assert_int_eq(task, 0);
    ck_assert(!history_enter(made.history, STATE_RUNNING, when_ns, true,
                             &when_ns, &task));
    ck_assert(history_enter(made.history, STATE_AWAITING, MS(30), false,
                            &when_ns, &task));
    ck_assert_int_eq(when_ns, MS(10));
    ck_assert(
        !history_enter(made.history, STATE_BLOCKED, 0, true, &when_ns, &task));
    handmade_fini(&made);
}
END_TEST

START_TEST(of_the_marks_of_a_stretch_the_weightiest_is_told)
{
    handmade_init(&made, 2, 1);
    handmade_begin(&made);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 2, EVENT_READ, 0, 0, 0);
    handmade_add(&made, 4, EVENT_WRITE, 0, 0, 1);
    handmade_add(&made, 6, EVENT_READ, 0, 0, 1);
    handmade_end(&made, 9, OUTCOME_FINISHED);
    ck_assert_int_eq(history_mark(made.history, 0, 0, MS(2)), MARK_NONE);
    ck_assert_int_eq(history_mark(made.history, 0, 0, MS(3)), MARK_READ);
    ck_assert_int_eq(history_mark(made.history, 0, MS(2), MS(4)), MARK_READ);
    ck_assert_int_eq(history_mark(made.history, 0, 0, MS(9)), MARK_WRITE);
    ck_assert_int_eq(history_mark(made.history, 0, MS(5), MS(9)), MARK_READ);
    ck_assert_int_eq(history_mark(made.history, 0, MS(7), MS(9)), MARK_NONE);
    ck_assert_int_eq(history_mark(made.history, 1, 0, MS(9)), MARK_NONE);
    handmade_fini(&made);
}
END_TEST

START_TEST(a_damaged_trace_does_no_harm)
{
    int line[2];

    handmade_init(&made, 2, 1);
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 7, 99, 1000000);
    handmade_add(&made, 0, EVENT_LOCKED, 0, -5, 0);
    handmade_add(&made, 0, EVENT_LOCKED, 0, 77, 0);
    handmade_add(&made, 0, EVENT_UNLOCKED, 0, 1, INT64_MAX);
    handmade_add(&made, 0, EVENT_DONE, 0, 0, 0);
    handmade_add(&made, 0, EVENT_DONE, 0, 0, 0);
    handmade_at(&made, 1, EVENT_RUN, 1, 50, 9);
    handmade_at(&made, 1, EVENT_HOLD, 1, 60000, 9);
    trace_add(made.trace, (struct event){ .kind = 60000, .t_ns = MS(2) });
    handmade_end(&made, 3, 4);
    ck_assert_int_eq(history_at(made.history, 1, MS(2)).machine, -1);
    ck_assert_int_eq(history_in_progress(made.history, MS(2)), 1);
    ck_assert_uint_eq(history_line(made.history, 0, MS(2), line, 2), 0);
    ck_assert_int_eq(history_service_at(made.history, 0, MS(2)).task, -1);
    handmade_fini(&made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("history");
    TCase *tcase = tcase_create("history");

    tcase_add_test(tcase, a_task_is_where_the_events_say);
    tcase_add_test(tcase, time_in_a_state_is_exact_between_any_two_instants);
    tcase_add_test(tcase, a_machine_knows_whom_it_serves);
    tcase_add_test(tcase, an_open_interval_grows_with_the_live_edge);
    tcase_add_test(tcase, stolen_time_is_cut_out_of_the_time_at_the_machine);
    tcase_add_test(tcase, only_those_on_a_core_are_working);
    tcase_add_test(tcase,
                   who_leaves_before_the_core_is_back_leaves_the_machine);
    tcase_add_test(tcase, maxima_leave_out_what_lasts_no_time);
    tcase_add_test(tcase, who_has_begun_counts_however_short_it_was);
    tcase_add_test(tcase, a_generator_works_in_its_callers_place);
    tcase_add_test(tcase, whom_a_machine_changes_over_to_has_left_the_line);
    tcase_add_test(tcase, a_line_is_in_order_of_arrival);
    tcase_add_test(tcase,
                   who_was_stopped_by_a_task_goes_to_the_front_of_its_class);
    tcase_add_test(tcase, a_lock_remembers_who_had_it);
    tcase_add_test(tcase, steps_go_from_change_to_change);
    tcase_add_test(tcase, when_somebody_comes_into_a_state_is_found_both_ways);
    tcase_add_test(tcase, of_the_marks_of_a_stretch_the_weightiest_is_told);
    tcase_add_test(tcase, a_damaged_trace_does_no_harm);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
