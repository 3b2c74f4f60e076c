/*
 * The loop waits for everything at once, and no longer than it must.
 */
#include "tests/suite.h"

#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/run/loop.h"

static struct loop *loop;
static int stop[2], one[2], two[2];

static void open_loop(void)
{
    ck_assert_int_eq(pipe(stop) | pipe(one) | pipe(two), 0);
    loop = loop_new(stop[0]);
}

static void close_loop(void)
{
    loop_free(loop);
    for (int i = 0; i < 2; i++) {
        close(stop[i]);
        close(one[i]);
        close(two[i]);
    }
}

static void put(const int *ends)
{
    ck_assert_int_eq(write(ends[1], "x", 1), 1);
}

START_TEST(a_wait_ends_at_its_deadline_and_not_before)
{
    int64_t until_ns = clock_now_ns() + 2 * NS_PER_MS;

    ck_assert_int_eq(loop_wait(loop, until_ns), 0);
    ck_assert_int_ge(clock_now_ns(), until_ns);
}
END_TEST

START_TEST(a_deadline_in_the_past_is_no_wait)
{
    ck_assert_int_eq(loop_wait(loop, 0), 0);
}
END_TEST

START_TEST(a_wake_before_the_wait_is_not_lost)
{
    loop_wake(loop);
    loop_wake(loop);
    ck_assert_int_eq(loop_wait(loop, TIME_NEVER), 0);
}
END_TEST

static void *wake(void *argument)
{
    loop_wake(argument);
    return NULL;
}

START_TEST(another_thread_ends_a_wait_for_ever)
{
    pthread_t thread;

    ck_assert_int_eq(pthread_create(&thread, NULL, wake, loop), 0);
    ck_assert_int_eq(loop_wait(loop, TIME_NEVER), 0);
    pthread_join(thread, NULL);
}
END_TEST

START_TEST(a_person_who_stops_ends_every_wait)
{
    put(stop);
    ck_assert_int_eq(loop_wait(loop, TIME_NEVER), 0);
    ck_assert_int_eq(loop_wait(loop, TIME_NEVER), 0);
}
END_TEST

START_TEST(who_watches_is_told_once_and_in_order)
{
    uint32_t item = 0;

    loop_watch(loop, two[0], POLLIN, 22);
    loop_watch(loop, one[0], POLLIN, 11);
    loop_watch(loop, two[0], POLLIN, 33);
    put(two);
    ck_assert_int_eq(loop_wait(loop, TIME_NEVER), 0);
    ck_assert(loop_ready(loop, &item));
    ck_assert_uint_eq(item, 22);
    ck_assert(loop_ready(loop, &item));
    ck_assert_uint_eq(item, 33);
    ck_assert(!loop_ready(loop, &item));
    ck_assert_uint_eq(loop_watching(loop), 1);
    put(one);
    ck_assert_int_eq(loop_wait(loop, TIME_NEVER), 0);
    ck_assert(loop_ready(loop, &item));
    ck_assert_uint_eq(item, 11);
    ck_assert_uint_eq(loop_watching(loop), 0);
}
END_TEST

START_TEST(a_broken_descriptor_is_ready_too)
{
    uint32_t item = 0;

    close(one[1]);
    loop_watch(loop, one[0], POLLIN, 5);
    ck_assert_int_eq(loop_wait(loop, TIME_NEVER), 0);
    ck_assert(loop_ready(loop, &item));
    ck_assert_uint_eq(item, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("loop");
    TCase *tcase = tcase_create("loop");

    tcase_add_checked_fixture(tcase, open_loop, close_loop);
    tcase_add_test(tcase, a_wait_ends_at_its_deadline_and_not_before);
    tcase_add_test(tcase, a_deadline_in_the_past_is_no_wait);
    tcase_add_test(tcase, a_wake_before_the_wait_is_not_lost);
    tcase_add_test(tcase, another_thread_ends_a_wait_for_ever);
    tcase_add_test(tcase, a_person_who_stops_ends_every_wait);
    tcase_add_test(tcase, who_watches_is_told_once_and_in_order);
    tcase_add_test(tcase, a_broken_descriptor_is_ready_too);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
