/*
 * What is only tried, or for a time, and the first of several messages: the
 * same in every mode, as far as a mode can go on meanwhile.
 */
#include "tests/suite.h"

#include "sched/base/strbuf.h"
#include "sched/workload/says.h"
#include "tests/sched/running.h"

enum {
    MODES = 5,
    RUNS = 2 * MODES,
};

/* What was said in each mode, real and modelled, in the order of the tasks; a
 * task says what its steps say. */
static void expect_says(int i, const char *text, const char *expected)
{
    struct running run;
    struct strbuf said;
    struct says *says;

    running_init(&run, executor_table[i / 2], i % 2 == 1, text);
    running_go(&run);
    ck_assert_msg(run.error == 0, "%s", run.diag.message);
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    says = says_new(run.workload);
    strbuf_init(&said);
    for (size_t task = 0; task < run.workload->task_count; task++)
        for (size_t k = 0; k < trace_count(run.trace); k++) {
            const struct event *event = trace_at(run.trace, k);

            if (event->kind == EVENT_SAY && event->task == task)
                strbuf_addf(&said, "%s%s", said.length > 0 ? " " : "",
                            trace_said(run.trace, says, event));
        }
    ck_assert_str_eq(said.text, expected);
    strbuf_fini(&said);
    says_free(says);
    running_fini(&run);
}

START_TEST(what_is_there_is_taken_at_once)
{
    expect_says(
        _i,
        "semaphore s = 1\nrwlock r\nchannel c size 1\n"
        "task A: try lock m (say \"lock\", unlock m) else (say \"no\"), "
        "try acquire s (say \"permit\") else (say \"no\"), "
        "try acquire s (say \"no\") else (say \"none\"), "
        "try send c 7 (say \"sent\") else (say \"no\"), "
        "try send c 8 (say \"no\") else (say \"full\"), "
        "try recv c x (say \"{x}\") else (say \"no\"), "
        "try recv c x (say \"no\") else (say \"empty\"), "
        "try rlock r (say \"read\", unlock r)\n",
        "lock permit none sent full 7 empty read");
}
END_TEST

/* In every mode somebody gives up after some time, and goes on. */
START_TEST(a_time_limit_ends_the_wait)
{
    expect_says(_i,
                "semaphore s\ncondition c\nchannel ch\n"
                "task A: try acquire s for 3 (say \"no\") else (say \"s\"), "
                "try recv ch for 2+1 (say \"no\") else (say \"recv\"), "
                "try send ch 1 for 500us (say \"no\") else (say \"send\"), "
                "lock m, try wait c with m for 2 (say \"no\") else (say "
                "\"wait\"), unlock m\n"
                "task B: lock m, unlock m, say \"m\"\n",
                "s recv send wait m");
}
END_TEST

/* Its lock it must still wait for. */
START_TEST(who_gave_up_waiting_for_a_condition_is_not_woken)
{
    expect_says(_i,
                "condition c\n"
                "task A: lock m, try wait c with m for 2 (say \"no\") else "
                "(say \"late\"), unlock m\n"
                "task B: sleep 1, lock m, sleep 20, broadcast c, say \"B\", "
                "unlock m\n",
                "late B");
}
END_TEST

/* Who is woken in time has no alarm left that could go off later. */
START_TEST(what_comes_in_time_is_taken)
{
    if (_i < 2) /* sequential: nobody could come */
        return;
    expect_says(_i,
                "semaphore s\ncondition c\nchannel ch\n"
                "task A: try acquire s for 100000 (say \"s\"), "
                "try recv ch x for 100000 (say \"{x}\"), sleep 5, lock m, "
                "try wait c with m for 100000 (say \"c\"), unlock m, "
                "try join B for 100000 (say \"B\"), sleep 1\n"
                "task B: sleep 2, release s, send ch 42, "
                "repeat 100 (sleep 1, lock m, broadcast c, unlock m)\n",
                "s 42 c B");
}
END_TEST

/* A spin that tries a lock computes until the lock is given back; as a coroutine
 * it would keep its machine for ever. */
START_TEST(a_lock_can_be_tried_again_and_again)
{
    if (_i < 4)
        return;
    expect_says(_i,
                "channel c\n"
                "task A: lock m, send c, sleep 3, unlock m, say \"A\"\n"
                "task B: recv c, repeat (try lock m (break)), say \"B\", "
                "unlock m\n",
                "A B");
}
END_TEST

START_TEST(a_select_takes_the_first_that_can)
{
    expect_says(
        _i,
        "channel a size 1\nchannel b size 1\n"
        "task A: select (recv a x: say \"no\"; send b 5: say \"sent\"; "
        "else: say \"no\"), "
        "select (recv a x: say \"no\"; recv b x: say \"{x}\"), "
        "select (recv a x: say \"no\"; recv b x: say \"no\"; else: say "
        "\"else\"), "
        "select (recv a: say \"no\"; after 2: say \"late\"), "
        "close a, select (recv b: say \"no\"; recv a: say \"closed\")\n",
        "sent 5 else late closed");
}
END_TEST

START_TEST(a_select_waits_for_whoever_comes_first)
{
    if (_i < 2)
        return;
    expect_says(_i,
                "channel a\nchannel b\nchannel go\n"
                "task A: send go, repeat 2 (select (recv a x: say \"a{x}\"; "
                "recv b x: say \"b{x}\"; after 100000: say \"no\"))\n"
                "task B: recv go, send b 1, send a 2\n",
                "b1 a2");
}
END_TEST

/* Two selects meet: one sends, one receives. */
START_TEST(selects_meet_each_other)
{
    if (_i < 2)
        return;
    expect_says(
        _i,
        "channel a\nchannel b\n"
        "task A: select (send a 1: say \"sent\"; recv b x: say \"no\")\n"
        "task B: select (recv b y: say \"no\"; recv a y: say \"{y}\")\n",
        "sent 1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("try");
    TCase *modes = tcase_create("modes");

    tcase_add_loop_test(modes, what_is_there_is_taken_at_once, 0, RUNS);
    tcase_add_loop_test(modes, a_time_limit_ends_the_wait, 0, RUNS);
    tcase_add_loop_test(modes, what_comes_in_time_is_taken, 0, RUNS);
    tcase_add_loop_test(modes, who_gave_up_waiting_for_a_condition_is_not_woken,
                        0, RUNS);
    tcase_add_loop_test(modes, a_lock_can_be_tried_again_and_again, 0, RUNS);
    tcase_add_loop_test(modes, a_select_takes_the_first_that_can, 0, RUNS);
    tcase_add_loop_test(modes, a_select_waits_for_whoever_comes_first, 0, RUNS);
    tcase_add_loop_test(modes, selects_meet_each_other, 0, RUNS);
    suite_add_tcase(suite, modes);
    return suite_main(suite);
}
