/*
 * Runs that are kept with a key, and shown again: in a terminal, in a folder of
 * the test's own.
 */
#include "tests/suite.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/message.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/tape/tape_writer.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "tests/cli/pty_home.h"

static struct pty_home home;
static struct pty *pty, *recorder;

static void setup(void)
{
    pty_home_leave(&home);
    suite_write("quick.work", "shared n = 0\n"
                              "task A: read n, cpu 30, write n+1, sleep 30, "
                              "say \"A is done\"\n"
                              "task B: cpu 30\n");
    suite_write("stuck.work", "task A: lock m, sleep 10, lock n\n"
                              "task B: lock n, sleep 10, lock m\n");
    suite_write("fail.work", "shared n = 0\ntask A: cpu 20, x = 4 / n\n");
    suite_write("long.work", "task A: sleep 600s\n"
                             "task B: repeat 100000 (cpu 20, sleep 20)\n");
    pty = recorder = NULL;
}

static void leave(void)
{
    if (pty)
        pty_free(pty);
    pty = NULL;
}

static void teardown(void)
{
    leave();
    if (recorder)
        pty_free(recorder);
    pty_home_come(&home);
}

/* concviz with these words. */
static void start_sized(int columns, int rows, const char *one, const char *two,
                        const char *three, const char *four)
{
    const char *argv[] = { home.program, one, two, three, four, NULL };

    leave();
    pty = pty_start(columns, rows, argv);
}

static void start(const char *one, const char *two, const char *three,
                  const char *four)
{
    start_sized(80, 24, one, two, three, four);
}

static void shows(const char *text)
{
    if (!pty_shows(pty, text))
        ck_abort_msg("never saw \"%s\":\n%s", text, pty_text(pty));
}

static void see_end(void)
{
    pty_type(pty, "G");
    shows("ENDED");
}

static void quit_with(int expected)
{
    int status;

    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), expected);
}

/* Keep a run of this workload as NAME-MODE-1. */
static void keep(const char *mode, const char *workload)
{
    start(mode, workload, "--model", NULL);
    see_end();
    pty_type(pty, "e");
    shows("kept: concviz-");
}

static bool is_there(const char *name)
{
    struct stat status;

    return stat(name, &status) == 0;
}

/* --- the key -------------------------------------------------------------- */

START_TEST(e_keeps_the_run_each_time_under_a_new_name)
{
    start("coroutine", "quick.work", NULL, NULL);
    see_end();
    pty_type(pty, "e");
    shows("kept: concviz-quick-coroutine-1.cvt");
    suite_write("concviz-quick-coroutine-2.cvt", "mine");
    pty_type(pty, "ㄷ"); /* the same key of a Korean keyboard */
    shows("kept: concviz-quick-coroutine-3.cvt");
    quit_with(EXIT_DONE);
    start("replay", "concviz-quick-coroutine-2.cvt", NULL, NULL);
    ck_assert_int_eq(WEXITSTATUS(pty_wait(pty)), EXIT_USAGE);
}
END_TEST

START_TEST(of_a_run_that_goes_on_its_beginning_is_kept)
{
    start("coroutine", "long.work", NULL, NULL);
    shows("B is on the machine.");
    pty_type(pty, "e");
    shows("kept as far as it has come: concviz-long-coroutine-1.cvt");
    quit_with(EXIT_DONE);
    start("replay", "concviz-long-coroutine-1.cvt", NULL, NULL);
    shows("the end was not kept");
    shows("ENDED");
    quit_with(EXIT_INCOMPLETE);
}
END_TEST

START_TEST(of_a_comparison_both_are_kept)
{
    start("compare", "quick.work", "--model", NULL);
    shows("ENDED");
    pty_type(pty, "e");
    shows("kept: concviz-quick-coroutine-1.cvt and "
          "concviz-quick-parallel-1.cvt");
    quit_with(EXIT_DONE);
    start_sized(100, 24, "replay", "concviz-quick-parallel-1.cvt",
                "concviz-quick-coroutine-1.cvt", NULL);
    shows("COMPARE  replay 20");
    see_end();
    shows("PARALLEL");
    shows("COROUTINE");
    shows("PARALLEL and COROUTINES took about the same time");
    pty_type(pty, "c"); /* the first of them */
    shows("PARALLEL  replay 20");
    shows("Both tasks are done");
    pty_type(pty, "n");
    shows("makespan");
    pty_type(pty, "n\t");
    shows("only shown");
    pty_type(pty, "e");
    shows("kept: concviz-quick-parallel-2.cvt (");
    pty_type(pty, "c");
    shows("COMPARE  replay 20");
    shows("took about the same time");
    quit_with(EXIT_DONE);
    shows("parallel quick.work (MODEL): finished");
}
END_TEST

START_TEST(a_disk_that_is_full_says_so_and_nothing_is_left)
{
    const char *argv[] = { "/bin/sh", "-c",
                           "ulimit -f 60; exec \"$0\" coroutine quick.work "
                           "--model",
                           home.program, NULL };

    pty = pty_start(80, 24, argv);
    see_end();
    pty_type(pty, "e");
    shows("File too large");
    ck_assert(!is_there("concviz-quick-coroutine-1.cvt"));
    quit_with(EXIT_DONE);
}
END_TEST

/* The disk is full in the middle of a run that is shown: it goes on, and its
 * beginning is kept. */
START_TEST(a_disk_that_fills_up_is_a_banner_and_status_5)
{
    const char *argv[] = { "/bin/sh", "-c",
                           "ulimit -f 200; exec \"$0\" coroutine many.work "
                           "--record full.cvt",
                           home.program, NULL };

    suite_write("many.work", "task A B: repeat 40000 (yield), sleep 300\n");
    pty = pty_start(80, 24, argv);
    shows("the recording ends here: File too large. The run goes on");
    shows("Both tasks are done");
    quit_with(EXIT_INCOMPLETE);
    start("replay", "full.cvt", NULL, NULL);
    shows("the end was not kept");
    quit_with(EXIT_INCOMPLETE);
}
END_TEST

/* --- the replay ----------------------------------------------------------- */

START_TEST(a_kept_run_is_shown_as_it_was)
{
    keep("threads", "quick.work");
    start("replay", "concviz-quick-threads-1.cvt", "--step", NULL);
    shows("THREADS  replay 20");
    shows("MODEL");
    shows("A reads n: 0.");
    pty_type(pty, "l");
    shows("A writes n: 1");
    pty_type(pty, "i");
    shows("PROGRAM  quick");
    see_end();
    shows("A is done");
    pty_type(pty, "ii");
    shows("Both tasks are done after 60ms.");
    pty_type(pty, "n");
    shows("makespan");
    pty_type(pty, "n/A\r");
    pty_type(pty, "r");
    shows("RUN 1x");
    quit_with(EXIT_DONE);
    shows("threads quick.work (MODEL): finished after 0.060 s");
}
END_TEST

START_TEST(what_would_run_it_again_is_refused)
{
    static const char *const key[] = { "\t", "x", "p", "o", "}", "{" };

    keep("threads", "quick.work");
    start("replay", "concviz-quick-threads-1.cvt", NULL, NULL);
    see_end();
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        pty_type(pty, key[i]);
        shows("this run was kept and is only shown");
        pty_type(pty, "e"); /* another notice */
        shows("kept: concviz-quick-threads-");
    }
    pty_type(pty, "c");
    shows("concviz replay FILE FILE");
    pty_type(pty, "?");
    shows("from the start again");
    ck_assert(pty_hides(pty, "run it again"));
}
END_TEST

START_TEST(a_deadlock_is_the_exit_status_again)
{
    keep("coroutine", "stuck.work");
    quit_with(EXIT_DEADLOCK);
    start("replay", "concviz-stuck-coroutine-1.cvt", NULL, NULL);
    see_end();
    quit_with(EXIT_DEADLOCK);
    start("replay", "concviz-stuck-coroutine-1.cvt", "--view", "none");
    ck_assert_int_eq(WEXITSTATUS(pty_wait(pty)), EXIT_DEADLOCK);
}
END_TEST

START_TEST(a_failed_run_says_why_again)
{
    keep("coroutine", "fail.work");
    quit_with(EXIT_FAILED);
    start("replay", "concviz-fail-coroutine-1.cvt", NULL, NULL);
    see_end();
    shows("A: this divides by zero");
    quit_with(EXIT_FAILED);
    shows("fail.work:2:17: A: this divides by zero");
}
END_TEST

START_TEST(two_of_one_mode_are_called_by_their_files)
{
    keep("threads", "quick.work");
    pty_type(pty, "e");
    shows("kept: concviz-quick-threads-2.cvt");
    ck_assert_int_eq(rename("concviz-quick-threads-2.cvt", "after.cvt"), 0);
    start("replay", "concviz-quick-threads-1.cvt", "after.cvt", NULL);
    shows("concviz-quick-threads-1");
    shows("after");
    see_end();
    start_sized(120, 36, "threads", "stuck.work", "--model", NULL);
    see_end();
    pty_type(pty, "e");
    shows("kept: concviz-stuck-threads-1.cvt");
    start_sized(120, 36, "replay", "concviz-stuck-threads-1.cvt", "after.cvt",
                NULL);
    shows("stuck.work, quick.work: 2 tasks");
    shows("concviz-stuck-threads-1");
}
END_TEST

START_TEST(a_replay_speaks_korean)
{
    keep("threads", "quick.work");
    start("replay", "concviz-quick-threads-1.cvt", "--lang", "ko");
    shows("스레드  다시 보기 20");
    pty_type(pty, "\t");
    shows("간직한 실행은 보여 주기만 해요");
    pty_type(pty, "e");
    shows("간직했어요: concviz-quick-threads-2.cvt");
}
END_TEST

/* --- while it is written ------------------------------------------------- */

/* A run that goes on for long is recorded on another terminal. */
static void record(void)
{
    const char *argv[] = { home.program, "coroutine", "long.work",
                           "--record",   "run.cvt",   NULL };

    recorder = pty_start(80, 24, argv);
    if (!pty_shows(recorder, "B is on the machine."))
        ck_abort_msg("no run:\n%s", pty_text(recorder));
}

START_TEST(what_is_still_written_is_followed_to_its_end)
{
    record();
    start("replay", "run.cvt", "--follow", NULL);
    shows("replay 20");
    shows("LIVE 1x");
    shows("B is on the machine.");
    pty_type(pty, " ");
    shows("PAUSED");
    pty_type(recorder, "q");
    ck_assert_int_eq(WEXITSTATUS(pty_wait(recorder)), EXIT_DONE);
    pty_type(pty, " G");
    shows("ENDED");
    ck_assert(pty_hides(pty, "the end was not kept"));
    quit_with(EXIT_DONE);
    shows("stopped");
}
END_TEST

START_TEST(a_writer_that_is_killed_is_missed)
{
    record();
    start("replay", "run.cvt", "--follow", NULL);
    shows("LIVE 1x");
    pty_signal(recorder, SIGKILL);
    pty_wait(recorder);
    shows("the end was not kept");
    shows("ENDED");
    quit_with(EXIT_INCOMPLETE);
}
END_TEST

START_TEST(who_leaves_does_not_wait_for_the_end)
{
    record();
    start("replay", "run.cvt", "--follow", NULL);
    shows("LIVE 1x");
    quit_with(EXIT_DONE);
    start("replay", "run.cvt", "--follow", "--view=plain");
    shows("at machine 1");
    pty_type(recorder, "q");
    ck_assert_int_eq(WEXITSTATUS(pty_wait(pty)), EXIT_DONE);
    shows("average finish");
}
END_TEST

/* What another program writes: a task that begins at machine 1. */
static void write_task(struct tape_writer *writer, struct trace *trace,
                       struct definitions *names, const char *name)
{
    static const enum event_kind kind[] = { EVENT_CREATED, EVENT_READY,
                                            EVENT_RUN, EVENT_DONE };
    int task = definitions_add(names, ARRAY_TASK, name);

    trace_set_workload(trace, definitions_workload(names));
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++) {
        struct event event = { .t_ns = (task + 1) * NS_PER_MS,
                               .kind = (uint16_t)kind[i],
                               .task = (uint32_t)task,
                               .value = kind[i] == EVENT_READY ? -1 : 0,
                               .machine = kind[i] == EVENT_RUN
                                              ? 0
                                              : EVENT_NO_MACHINE };

        trace_add(trace, event);
        tape_writer_add(writer, &event);
    }
}

START_TEST(who_becomes_known_later_is_shown_later)
{
    const struct trace_info info = { .mode = "threads",
                                     .real = true,
                                     .machines = 1,
                                     .policy = "fifo",
                                     .imported = "a program" };
    const struct event begin = { .kind = EVENT_START,
                                 .value = 1,
                                 .task = EVENT_NO_TASK,
                                 .machine = EVENT_NO_MACHINE };
    struct definitions *names = definitions_new("app");
    struct trace *trace = trace_new(definitions_workload(names), &info);
    struct tape_writer *writer;
    struct diag diag;
    int error;

    writer = tape_writer_open("run.cvt", false, &error, &diag);
    ck_assert_msg(writer != NULL, "%s", diag.message);
    tape_writer_begin(writer, trace);
    trace_add(trace, begin);
    tape_writer_add(writer, &begin);
    write_task(writer, trace, names, "alpha");
    start("replay", "run.cvt", "--follow", NULL);
    shows("[alpha]");
    shows("replay a program");
    write_task(writer, trace, names, "beta");
    shows("[beta]");
    quit_with(EXIT_DONE);
    start("replay", "run.cvt", "--follow", "--view=plain");
    shows("beta   starts on machine 1");
    write_task(writer, trace, names, "gamma");
    shows("gamma  starts on machine 1");
    ck_assert_int_eq(tape_writer_close(writer), 0);
    ck_assert_int_eq(WEXITSTATUS(pty_wait(pty)), EXIT_INCOMPLETE);
    trace_free(trace);
    definitions_free(names);
}
END_TEST

START_TEST(without_follow_it_is_shown_as_far_as_it_goes)
{
    record();
    start("replay", "run.cvt", NULL, NULL);
    shows("the end was not kept");
    see_end();
    quit_with(EXIT_INCOMPLETE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("replay");
    TCase *key = tcase_create("key");
    TCase *replay = tcase_create("replay");

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(key, setup, teardown);
    tcase_set_timeout(key, 60);
    tcase_add_test(key, e_keeps_the_run_each_time_under_a_new_name);
    tcase_add_test(key, of_a_run_that_goes_on_its_beginning_is_kept);
    tcase_add_test(key, of_a_comparison_both_are_kept);
    tcase_add_test(key, a_disk_that_is_full_says_so_and_nothing_is_left);
    tcase_add_test(key, a_disk_that_fills_up_is_a_banner_and_status_5);
    suite_add_tcase(suite, key);
    tcase_add_checked_fixture(replay, setup, teardown);
    tcase_set_timeout(replay, 60);
    tcase_add_test(replay, a_kept_run_is_shown_as_it_was);
    tcase_add_test(replay, what_would_run_it_again_is_refused);
    tcase_add_test(replay, a_deadlock_is_the_exit_status_again);
    tcase_add_test(replay, a_failed_run_says_why_again);
    tcase_add_test(replay, two_of_one_mode_are_called_by_their_files);
    tcase_add_test(replay, what_is_still_written_is_followed_to_its_end);
    tcase_add_test(replay, a_writer_that_is_killed_is_missed);
    tcase_add_test(replay, who_leaves_does_not_wait_for_the_end);
    tcase_add_test(replay, who_becomes_known_later_is_shown_later);
    tcase_add_test(replay, without_follow_it_is_shown_as_far_as_it_goes);
    tcase_add_test(replay, a_replay_speaks_korean);
    suite_add_tcase(suite, replay);
    return suite_main(suite);
}
