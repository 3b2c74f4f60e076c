/*
 * Who waits for whom: cycles among tasks that are stuck for ever.
 */
#include "tests/suite.h"

#include "sched/analysis/metrics.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "tests/sched/handmade.h"

#define MS(ms) ((int64_t)(ms)*NS_PER_MS)

static struct handmade made;
static struct metrics *metrics;

static void begin(int tasks, int machines)
{
    handmade_init(&made, tasks, machines);
    handmade_begin(&made);
    for (int i = 0; i < tasks; i++)
        handmade_add(&made, 0, EVENT_READY, i, READY_ARRIVED, -1);
}

static void finish(enum outcome outcome)
{
    handmade_end(&made, 3, outcome);
    metrics = metrics_new(made.history);
}

static void clean_up(void)
{
    metrics_free(metrics);
    handmade_fini(&made);
}

static void lock_and_block(int task, int has, int wants)
{
    handmade_add(&made, 0, EVENT_LOCKED, task, has, 0);
    handmade_add(&made, 1, EVENT_BLOCKED, task, WAIT_LOCK, wants);
}

static void check_cycle(size_t count, const int *task, const int *lock)
{
    ck_assert_uint_eq(metrics->cycle_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(metrics->cycle[i], task[i]);
        ck_assert_int_eq(metrics->cycle_lock[i], lock[i]);
    }
}

START_TEST(a_cycle_of_locks_names_tasks_and_locks)
{
    static const int task[] = { 1, 2, 1 }, lock[] = { 1, 0, -1 };

    begin(4, 2);
    lock_and_block(2, 1, 0);
    lock_and_block(1, 0, 1);
    /* A waits for the cycle without being in it; D is well. */
    handmade_add(&made, 2, EVENT_BLOCKED, 0, WAIT_JOIN, 1);
    handmade_at(&made, 2, EVENT_RUN, 3, 0, 0);
    finish(OUTCOME_STOPPED);
    check_cycle(3, task, lock);
    clean_up();
}
END_TEST

START_TEST(a_cycle_of_joins_has_no_locks)
{
    static const int task[] = { 0, 1, 2, 0 }, lock[] = { -1, -1, -1, -1 };

    begin(3, 1);
    handmade_add(&made, 1, EVENT_BLOCKED, 0, WAIT_JOIN, 1);
    handmade_add(&made, 1, EVENT_BLOCKED, 1, WAIT_JOIN, 2);
    handmade_add(&made, 1, EVENT_BLOCKED, 2, WAIT_JOIN, 0);
    finish(OUTCOME_DEADLOCK);
    check_cycle(4, task, lock);
    clean_up();
}
END_TEST

START_TEST(a_task_can_wait_for_itself)
{
    static const int task[] = { 0, 0 }, lock[] = { 1, -1 };

    begin(1, 1);
    lock_and_block(0, 1, 1);
    finish(OUTCOME_DEADLOCK);
    check_cycle(2, task, lock);
    clean_up();
}
END_TEST

START_TEST(who_stands_at_the_only_machine_for_ever_is_in_the_way)
{
    static const int task[] = { 0, 1, 0 }, lock[] = { -1, -1, -1 };

    begin(2, 1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    trace_add(made.trace, (struct event){ .t_ns = MS(1),
                                          .kind = EVENT_HOLD,
                                          .object = WAIT_JOIN,
                                          .spare = 1,
                                          .value = TIME_NEVER });
    finish(OUTCOME_DEADLOCK);
    check_cycle(3, task, lock);
    clean_up();
}
END_TEST

START_TEST(waiting_for_nobody_is_no_cycle)
{
    begin(3, 1);
    handmade_add(&made, 0, EVENT_BLOCKED, 0, WAIT_RECV, 0);
    handmade_add(&made, 0, EVENT_BLOCKED, 1, WAIT_LOCK, 0);
    handmade_add(&made, 0, EVENT_BLOCKED, 2, WAIT_JOIN, 99);
    finish(OUTCOME_DEADLOCK);
    ck_assert_uint_eq(metrics->cycle_count, 0);
    clean_up();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cycle");
    TCase *tcase = tcase_create("cycle");

    tcase_add_test(tcase, a_cycle_of_locks_names_tasks_and_locks);
    tcase_add_test(tcase, a_cycle_of_joins_has_no_locks);
    tcase_add_test(tcase, a_task_can_wait_for_itself);
    tcase_add_test(tcase,
                   who_stands_at_the_only_machine_for_ever_is_in_the_way);
    tcase_add_test(tcase, waiting_for_nobody_is_no_cycle);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
