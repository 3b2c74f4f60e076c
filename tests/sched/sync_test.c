/*
 * Semaphores, condition variables, readers-writer locks and locks that inherit
 * priority: what each owes in every mode, and exactly, in the model.
 */
#include "tests/suite.h"

#include "sched/analysis/sentence.h"
#include "sched/base/strbuf.h"
#include "sched/cpu/cores.h"
#include "tests/sched/modelled.h"
#include "tests/sched/running.h"

enum {
    MODES = 5,
    RUNS = 2 * MODES,
};

/* Each mode, real and modelled; several machines where there may be. */
static void go(struct running *run, int i, const char *text)
{
    running_init(run, executor_table[i / 2], i % 2 == 1, text);
    if (run->executor->mode->traits & PARALLEL) {
        struct cores machines;

        cores_init(&machines, NULL, NULL);
        run->options.machines = i % 2 == 1 || machines.usable >= 2 ? 2 : 1;
        cores_fini(&machines);
    }
    running_go(run);
    ck_assert_msg(run->error == 0, "%s", run->diag.message);
}

static int64_t shared_at_end(const struct running *run)
{
    int64_t value = 0;

    for (size_t i = 0; i < trace_count(run->trace); i++)
        if (trace_at(run->trace, i)->kind == EVENT_WRITE)
            value = trace_at(run->trace, i)->value;
    return value;
}

/* --- in every mode -------------------------------------------------------- */

START_TEST(a_semaphore_of_one_excludes)
{
    struct running run;

    go(&run, _i,
       "semaphore s = 1\n"
       "shared n = 0\n"
       "task A B C D: repeat 5 (acquire s, read n, cpu 1, yield, write n+1, "
       "release s)\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(shared_at_end(&run), 20);
    running_fini(&run);
}
END_TEST

START_TEST(what_is_released_before_is_not_waited_for)
{
    struct running run;

    go(&run, _i,
       "semaphore s\n"
       "task A: release s\n"
       "task B after A: acquire s\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(running_count(&run, EVENT_BLOCKED, -1), 0);
    running_fini(&run);
}
END_TEST

/* The consumer waits with the lock given away; sequential has nobody who could
 * wake it. */
START_TEST(a_signal_wakes_who_waits)
{
    struct running run;

    go(&run, _i,
       "condition c\n"
       "channel waits\n"
       "task A: lock m, send waits, wait c with m, unlock m, say \"on\"\n"
       "task B: recv waits, lock m, signal c, unlock m\n");
    if (run.executor->mode->traits & TO_THE_END) {
        ck_assert_int_eq(running_outcome(&run), OUTCOME_DEADLOCK);
    } else {
        ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
        ck_assert_int_eq(running_count(&run, EVENT_SAY, 0), 1);
    }
    running_fini(&run);
}
END_TEST

START_TEST(a_broadcast_wakes_all)
{
    struct running run;

    go(&run, _i,
       "condition c\n"
       "barrier b 4\n"
       "task A B C: lock m, unlock m, wait b, lock m, wait c with m, unlock m\n"
       "task D: wait b, sleep 5, lock m, broadcast c, unlock m\n");
    if (!(run.executor->mode->traits & TO_THE_END) && _i % 2 == 1)
        ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    running_fini(&run);
}
END_TEST

/* The checker of traces sees to it that nobody reads while somebody writes. */
START_TEST(readers_and_writers_exclude_each_other)
{
    struct running run;

    go(&run, _i,
       "rwlock r\n"
       "shared n = 0\n"
       "task R1 R2 R3: repeat 4 (rlock r, read n, cpu 1, yield, unlock r)\n"
       "task W1 W2: repeat 4 (wlock r, read n, cpu 1, yield, write n+1, "
       "unlock r)\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(shared_at_end(&run), 8);
    running_fini(&run);
}
END_TEST

/* One works, one waits, and neither keeps the run going; but in sequential mode
 * both would keep the machine for ever. */
START_TEST(a_run_is_over_when_only_daemons_are_left)
{
    struct running run;

    go(&run, _i,
       "channel c\n"
       "task ticker daemon: repeat 100000 (cpu 10, yield)\n"
       "task logger daemon: repeat 100 (recv c)\n"
       "task A: cpu 2, send c, yield, cpu 1\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(running_count(&run, EVENT_DONE, 2), 1);
    ck_assert_int_eq(running_count(&run, EVENT_DONE, 0), 0);
    running_fini(&run);
}
END_TEST

/* Wherever it waits: for a semaphore, a condition, time, a message. What it had
 * it gives back, or E would wait for ever. */
START_TEST(who_is_cancelled_ends_and_gives_back_its_locks)
{
    struct running run;

    go(&run, _i,
       "semaphore s\ncondition c\nrwlock r\nchannel ch\n"
       "task A: lock m, acquire s, say \"no\"\n"
       "task B: lock n, wait c with n, say \"no\"\n"
       "task C: sleep 1000000, say \"no\"\n"
       "task D: wlock r, recv ch, say \"no\"\n"
       "task E: sleep 1, lock m, lock n, rlock r, cpu 1\n"
       "task Z at 5: cancel A, cancel B, cancel C, cancel D, cancel D\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(running_count(&run, EVENT_QUIT, -1), 4);
    ck_assert_int_eq(running_count(&run, EVENT_SAY, -1), 0);
    running_fini(&run);
}
END_TEST

/* It works as long as it does not wait. */
START_TEST(who_is_cancelled_ends_at_its_next_wait)
{
    struct running run;

    go(&run, _i,
       "task Z: cancel A, cancel B\n"
       "task A after Z: cpu 1, say \"yes\", yield, say \"no\"\n"
       "task B after Z: say \"yes\", cpu 1\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(running_count(&run, EVENT_QUIT, 1), 1);
    ck_assert_int_eq(running_count(&run, EVENT_QUIT, 2), 0);
    ck_assert_int_eq(running_count(&run, EVENT_SAY, -1), 2);
    running_fini(&run);
}
END_TEST

/* Wherever it is cancelled: while it waits for its next job, or works. What it
 * holds it gives back. In sequential mode all of its jobs come first. */
START_TEST(who_is_cancelled_has_no_more_jobs)
{
    static const char *const work[] = { "say \"yes\"", "cpu 20, say \"yes\"" };

    for (int i = 0; i < 2; i++) {
        struct running run;
        char text[160];

        snprintf(text, sizeof text,
                 "mutex m\n"
                 "task A period 1000s times 5: if n == 0 (lock m), n = 1, %s\n"
                 "task Z at 3: cancel A, lock m, cpu 1, unlock m\n"
                 "shared n = 0\n",
                 work[i]);
        go(&run, _i, text);
        ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
        ck_assert_int_eq(running_count(&run, EVENT_QUIT, 0), 1);
        ck_assert_int_le(running_count(&run, EVENT_SAY, 0), 1);
        running_fini(&run);
    }
}
END_TEST

/* There is a warning, since no way leads there on which it is held for sure. */
START_TEST(who_gives_back_what_it_does_not_hold_gives_nothing)
{
    struct running run;

    go(&run, _i,
       "rwlock q\nrwlock r\nshared z = 0\n"
       "task A: if z == 1 (rlock r), rlock q, unlock r, unlock q, cpu 1\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(running_count(&run, EVENT_RELINQUISHED, 0), 1);
    running_fini(&run);
}
END_TEST

/* Whoever waits for other channels goes on to wait. */
START_TEST(a_channel_that_is_closed_ends_the_select_for_it)
{
    struct running run;

    go(&run, _i,
       "channel a\nchannel b\nchannel c\nchannel d\nshared n = 0\n"
       "task A: select (recv c: n = 1; recv b: n = 2)\n"
       "task B: select (recv a: n = n + 5; send d 1: n = 4)\n"
       "task Z: sleep 1, close b, join A, close a\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(shared_at_end(&run), 7);
    running_fini(&run);
}
END_TEST

/* Whoever waits in a loop is no spin: when it is woken, all may look as it did
 * before, as another one has taken what came. */
START_TEST(who_waits_in_a_loop_does_not_go_round_for_ever)
{
    struct running run;

    go(&run, _i,
       "shared money = 0\n"
       "condition more\n"
       "task A B: lock m, while money < 100 (wait more with m), "
       "money = money - 100, unlock m\n"
       "task bank: repeat 2 (cpu 2, lock m, money = money + 100, "
       "broadcast more, unlock m)\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    ck_assert_int_eq(shared_at_end(&run), 0);
    running_fini(&run);
}
END_TEST

/* Which condition and which lock is known when they are waited for. */
START_TEST(each_of_an_array_waits_with_its_own_lock)
{
    struct running run;

    go(&run, _i,
       "shared full[3] = 0\n"
       "shared done = 0\n"
       "condition filled[3]\n"
       "mutex m[3]\n"
       "task eater[3]: lock m[me], while full[me] == 0 "
       "(wait filled[me] with m[me]), unlock m[me], "
       "atomic (done = done + full[me])\n"
       "task cook: x = 0, repeat 3 (cpu 1, lock m[x], full[x] = x + 1, "
       "signal filled[x], unlock m[x], x = x + 1)\n"
       "finally done == 6\n");
    ck_assert_int_eq(running_outcome(&run), OUTCOME_FINISHED);
    running_fini(&run);
}
END_TEST

/* --- exactly -------------------------------------------------------------- */

static void served(const char *mode, const char *text, const char *expected)
{
    struct modelled run;

    modelled_init(&run, mode, text);
    run.options.policy = POLICY_PRIORITY;
    modelled_run(&run);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FINISHED);
    expect_served(&run, 0, expected);
    modelled_fini(&run);
}

START_TEST(a_semaphore_is_first_come_first_served)
{
    served("coroutine",
           "semaphore s = 0\n"
           "task A: acquire s, cpu 1\n"
           "task B: acquire s, cpu 2\n"
           "task C: release s, acquire s, cpu 4\n"
           "task D: cpu 8, release s, release s\n",
           "D 0-8, A 8-9, B 9-11, C 11-15");
}
END_TEST

/* W came before R3, so R3 waits although R1 and R2 read. */
START_TEST(a_writer_is_not_passed)
{
    served("coroutine",
           "rwlock r\n"
           "task R1: rlock r, sleep 10, cpu 1, unlock r\n"
           "task R2: rlock r, sleep 10, cpu 1, unlock r\n"
           "task W at 2: wlock r, cpu 5, unlock r\n"
           "task R3 at 3: rlock r, cpu 3, unlock r\n",
           "R1 10-11, R2 11-12, W 12-17, R3 17-20");
}
END_TEST

START_TEST(readers_may_pass_if_the_lock_says_so)
{
    served("coroutine",
           "rwlock r readers\n"
           "task R1: rlock r, sleep 10, cpu 1, unlock r\n"
           "task R2: rlock r, sleep 10, cpu 1, unlock r\n"
           "task W at 2: wlock r, cpu 5, unlock r\n"
           "task R3 at 3: rlock r, cpu 3, unlock r\n",
           "R3 3-6, R1 10-11, R2 11-12, W 12-17");
}
END_TEST

/* B asked for the lock before A was woken, so it has it first. */
START_TEST(who_is_woken_queues_for_the_lock)
{
    served("coroutine",
           "condition c\n"
           "task A: lock m, wait c with m, cpu 1, unlock m\n"
           "task S: lock m, sleep 5, signal c, cpu 4, unlock m\n"
           "task B at 1: lock m, cpu 2, unlock m\n",
           "S 5-9, B 9-11, A 11-12");
}
END_TEST

/* Silberschatz's three tasks: with inheritance L is not kept from its machine
 * by M while H waits for its lock. */
START_TEST(a_lock_lends_priority)
{
    static const char text[] =
        "task L priority 1: lock m, cpu 10, unlock m, cpu 5\n"
        "task M priority 2 at 3: cpu 20\n"
        "task H priority 3 at 2: cpu 1, lock m, cpu 4, unlock m\n";
    char inherit[sizeof text + 32];

    served("threads", text, "L 0-2, H 2-3, M 3-23, L 23-31, H 31-35, L 35-40");
    snprintf(inherit, sizeof inherit, "mutex m inherit\n%s", text);
    served("threads", inherit,
           "L 0-2, H 2-3, L 3-11, H 11-15, M 15-35, L "
           "35-40");
}
END_TEST

/* H waits for B, who waits for A: A runs before M. */
START_TEST(what_is_lent_is_lent_on)
{
    served("threads",
           "mutex m inherit\n"
           "mutex n inherit\n"
           "task A priority 1: lock m, cpu 10, unlock m\n"
           "task B priority 2 at 1: lock n, lock m, cpu 1, unlock m, unlock n\n"
           "task M priority 3 at 3: cpu 20\n"
           "task H priority 4 at 2: lock n, cpu 1, unlock n\n",
           "A 0-1, A 1-2, A 2-10, B 10-11, H 11-12, M 12-32");
}
END_TEST

/* L waits for K in a lock that lends nothing: K is not before M by H. */
START_TEST(what_is_lent_ends_at_a_lock_that_does_not_lend)
{
    served("threads",
           "mutex m inherit\n"
           "task K priority 1: lock n, cpu 5, unlock n\n"
           "task L priority 2 at 1: lock m, lock n, cpu 1, unlock n, unlock m\n"
           "task H priority 4 at 2: lock m, cpu 1, unlock m\n"
           "task M priority 3 at 3: cpu 10\n",
           "K 0-1, K 1-2, K 2-3, M 3-13, K 13-15, L 15-16, H 16-17");
}
END_TEST

/* It works as it would, and ends where it waits for something else. */
START_TEST(who_is_cancelled_while_it_waits_for_the_gil_works)
{
    struct modelled run;

    modelled_init(&run, "parallel",
                  "task A: cpu 10\n"
                  "task B: cpu 10, say \"yes\", sleep 1, say \"no\"\n"
                  "task Z at 2: cancel B\n");
    run.options.machines = 2;
    run.options.gil_ns = MS(5);
    modelled_run(&run);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_FINISHED);
    ck_assert_int_eq(run.metrics->end_ns, MS(20));
    modelled_fini(&run);
}
END_TEST

/* X keeps the only machine: H waits for L, who stands before M by that. */
START_TEST(who_inherits_in_line_moves_up)
{
    struct modelled run;
    int line[4];

    modelled_init(&run, "threads",
                  "mutex m inherit\n"
                  "task L priority 1: lock m, cpu 10, unlock m\n"
                  "task M priority 2 at 3: cpu 5\n"
                  "task H priority 3 at 1: cpu 1, cpu 1, lock m, unlock m\n"
                  "task X priority 4 at 3: cpu 10\n");
    run.options.policy = POLICY_PRIORITY;
    modelled_run(&run);
    ck_assert_uint_eq(history_line(run.history, 0, MS(5), line, 4), 2);
    ck_assert_int_eq(line[0], 0);
    ck_assert_int_eq(line[1], 1);
    modelled_fini(&run);
}
END_TEST

/* What B lends A stays; what A says of itself is told all the same. */
START_TEST(a_new_priority_of_ones_own_is_told_whatever_is_lent)
{
    struct modelled run;
    struct diag diag;

    modelled_init(&run, "threads",
                  "mutex m inherit\n"
                  "task A priority 3: lock m, sleep 5, priority 2, unlock m\n"
                  "task B priority 3: lock m, unlock m\n");
    modelled_run(&run);
    ck_assert_msg(trace_check(run.trace, &diag), "%s", diag.message);
    modelled_fini(&run);
}
END_TEST

START_TEST(a_semaphore_nobody_releases_is_stuck)
{
    struct modelled run;
    struct strbuf text;

    modelled_init(&run, "coroutine",
                  "semaphore s\ncondition c\nrwlock r\n"
                  "task A: acquire s\n"
                  "task B: lock m, wait c with m, unlock m\n"
                  "task C: rlock r\n"
                  "task D: wlock r\n"
                  "task E: acquire s, release s\n");
    modelled_run(&run);
    ck_assert_int_eq(run.metrics->outcome, OUTCOME_DEADLOCK);
    strbuf_init(&text);
    sentence_deadlock(&text, run.history, run.metrics);
    ck_assert_str_eq(text.text,
                     "deadlock: A waits to acquire s (could have been released "
                     "by E), B waits for condition c (nobody else signals it), "
                     "D waits to write with r, E waits to acquire s (nobody "
                     "else releases it)");
    strbuf_fini(&text);
    modelled_fini(&run);
}
END_TEST

START_TEST(a_task_comes_when_all_before_it_are_done)
{
    served("coroutine",
           "task X Y after A B: cpu 1\n"
           "task A: cpu 5\n"
           "task B at 10: cpu 5\n"
           "task Z after Y A X at 30: cpu 1\n",
           "A 0-5, B 10-15, X 15-16, Y 16-17, Z 30-31");
}
END_TEST

START_TEST(daemons_are_not_counted)
{
    static const char *const text[] = {
        "task E: cpu 0\ntask A: cpu 10, sum 1..3\n",
        "task E daemon: cpu 5, sum 1..9\ntask A: cpu 10, sum 1..3\n",
        "task E daemon at 20: cpu 5\ntask A: cpu 10, sum 1..3\n",
    };
    uint64_t checksum = 0;

    for (int i = 0; i < 3; i++) {
        struct modelled run;

        modelled_init(&run, "parallel", text[i]);
        run.options.machines = 2;
        modelled_run(&run);
        ck_assert_int_eq(run.metrics->makespan_ns, MS(10));
        if (i > 0)
            ck_assert(run.metrics->average_finish_ns == (double)MS(10));
        if (i > 0)
            ck_assert_uint_eq(run.metrics->checksum, checksum);
        checksum = run.metrics->checksum;
        modelled_fini(&run);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sync");
    TCase *modes = tcase_create("modes"), *model = tcase_create("model");

    tcase_add_loop_test(modes, a_semaphore_of_one_excludes, 0, RUNS);
    tcase_add_loop_test(modes, what_is_released_before_is_not_waited_for, 0,
                        RUNS);
    tcase_add_loop_test(modes, a_signal_wakes_who_waits, 0, RUNS);
    tcase_add_loop_test(modes, a_broadcast_wakes_all, 0, RUNS);
    tcase_add_loop_test(modes, readers_and_writers_exclude_each_other, 0, RUNS);
    tcase_add_loop_test(modes, a_run_is_over_when_only_daemons_are_left, 2,
                        RUNS);
    tcase_add_loop_test(modes, who_is_cancelled_ends_and_gives_back_its_locks,
                        2, RUNS);
    tcase_add_loop_test(modes, who_is_cancelled_ends_at_its_next_wait, 0, RUNS);
    tcase_add_loop_test(modes, who_is_cancelled_has_no_more_jobs, 2, RUNS);
    tcase_add_loop_test(
        modes, who_gives_back_what_it_does_not_hold_gives_nothing, 0, RUNS);
    tcase_add_loop_test(modes, a_channel_that_is_closed_ends_the_select_for_it,
                        2, RUNS);
    tcase_add_loop_test(modes, who_waits_in_a_loop_does_not_go_round_for_ever,
                        2, RUNS);
    tcase_add_loop_test(modes, each_of_an_array_waits_with_its_own_lock, 2,
                        RUNS);
    suite_add_tcase(suite, modes);
    tcase_add_test(model, a_semaphore_is_first_come_first_served);
    tcase_add_test(model, a_writer_is_not_passed);
    tcase_add_test(model, readers_may_pass_if_the_lock_says_so);
    tcase_add_test(model, who_is_woken_queues_for_the_lock);
    tcase_add_test(model, a_lock_lends_priority);
    tcase_add_test(model, what_is_lent_is_lent_on);
    tcase_add_test(model, what_is_lent_ends_at_a_lock_that_does_not_lend);
    tcase_add_test(model, who_is_cancelled_while_it_waits_for_the_gil_works);
    tcase_add_test(model, who_inherits_in_line_moves_up);
    tcase_add_test(model, a_new_priority_of_ones_own_is_told_whatever_is_lent);
    tcase_add_test(model, a_semaphore_nobody_releases_is_stuck);
    tcase_add_test(model, a_task_comes_when_all_before_it_are_done);
    tcase_add_test(model, daemons_are_not_counted);
    suite_add_tcase(suite, model);
    return suite_main(suite);
}
