/*
 * The program on a terminal that does not behave: one that is stopped or does
 * not read, that somebody else has set, or that goes away.
 */
#include "tests/suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/coroutine/coroutine.h"
#include "tests/cli/pty.h"

static char long_work[SUITE_PATH + 16];
static struct pty *pty;

static void setup(void)
{
    struct rlimit no_core = { 0, 0 };
    char folder[SUITE_PATH];

    setrlimit(RLIMIT_CORE, &no_core);
    pty_environment();
    suite_folder(folder);
    setenv("XDG_STATE_HOME", folder, 1);
    snprintf(long_work, sizeof long_work, "%s/long.work", folder);
    suite_write(long_work, "task A: sleep 600s\n"
                           "task B: repeat 100000 (cpu 20, sleep 20)\n");
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
}

static void start(int columns, int rows)
{
    const char *argv[] = { "./concviz", "coroutine", long_work, NULL };

    pty = pty_start(columns, rows, argv);
    ck_assert(pty_shows(pty, "quit"));
}

static void assert_restored(void)
{
    ck_assert(!pty_alternate_screen(pty));
    ck_assert(pty_cursor_visible(pty));
    ck_assert(pty_cooked(pty));
}

static void assert_killed_by(int number)
{
    int status = pty_wait(pty);

    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), number);
    assert_restored();
}

/* --- output is held ------------------------------------------------------- */

/* All are tried if CONCVIZ_TEST_FAULTS says so (make check-faults). */
static const int ending[] = { SIGTERM, SIGSEGV, SIGHUP,  SIGINT, SIGQUIT,
                              SIGABRT, SIGBUS,  SIGFPE,  SIGILL, SIGPIPE,
                              SIGXCPU, SIGALRM, SIGUSR1, SIGSYS };

static int endings(void)
{
    return getenv("CONCVIZ_TEST_FAULTS") ? (int)(sizeof ending / sizeof *ending)
                                         : 4;
}

START_TEST(a_signal_after_ctrl_s_gives_the_terminal_back)
{
    start(80, 24);
    pty_type(pty, "\023");
    pty_signal(pty, ending[_i]);
    assert_killed_by(ending[_i]);
}
END_TEST

START_TEST(q_after_ctrl_s_quits)
{
    start(80, 24);
    pty_type(pty, "\023");
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
}
END_TEST

/* Let the program draw more than a terminal holds that nobody reads: a picture
 * or two. Where others want the cores ten seconds are enough for that. */
static void fill(void)
{
    int64_t until_ns = clock_now_ns() + 10 * NS_PER_S;

    for (int i = 0; i < 300 && clock_now_ns() < until_ns; i++) {
        pty_resize(pty, 200 - i % 2, 60);
        suite_give_way(2000);
    }
}

START_TEST(q_quits_where_nobody_reads)
{
#ifdef COROUTINE_TSAN
    suite_skip("ThreadSanitizer keeps signals from a write that waits");
#endif
    start(200, 60);
    fill();
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait_unread(pty), 0);
    ck_assert_int_eq(pty_wait(pty), 0); /* now read what is there */
    assert_restored();
}
END_TEST

/* Without a shell the system does not stop it: it gives the terminal back, and
 * takes it again. */
START_TEST(ctrl_z_where_nobody_reads_holds_nobody_up)
{
#ifdef COROUTINE_TSAN
    suite_skip("ThreadSanitizer keeps signals from a write that waits");
#endif
    start(200, 60);
    fill();
    pty_signal(pty, SIGTSTP);
    suite_give_way(20000);
    pty_signal(pty, SIGCONT);
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait_unread(pty), 0);
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
}
END_TEST

START_TEST(a_signal_where_nobody_reads_gives_the_terminal_back)
{
#ifdef COROUTINE_TSAN
    suite_skip("ThreadSanitizer keeps signals from a write that waits");
#endif
    start(200, 60);
    fill();
    pty_signal(pty, ending[_i]);
    ck_assert_int_ge(pty_wait_unread(pty), 0);
    assert_killed_by(ending[_i]);
}
END_TEST

START_TEST(a_signal_after_the_terminal_has_gone_is_how_it_ends)
{
    const char *argv[] = { "/bin/sh", "-c",
                           "trap '' HUP; exec ./concviz coroutine \"$0\"",
                           long_work, NULL };
    int number = ending[_i] == SIGHUP ? SIGTERM : ending[_i], status;

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "quit"));
    pty_hang_up(pty);
    pty_signal(pty, number);
    status = pty_wait_unread(pty);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), number);
}
END_TEST

/* Read so many bytes a second until the screen shows text; returns how many came
 * before. */
static size_t read_slowly(size_t bytes_per_s, const char *text)
{
    size_t bytes = 0;

    while (pty_status(pty) < 0 && !strstr(pty_text(pty), text))
        bytes += pty_turn_slowly(pty, bytes_per_s / 50);
    ck_assert_ptr_nonnull(strstr(pty_text(pty), text));
    return bytes;
}

/* A tenth of that with CONCVIZ_TEST_FAULTS: 9600 baud. One frame may be on its
 * way when the key is pressed, and the next one shows what it did; a terminal
 * that lets frames stand in line has 16 kB of them. */
START_TEST(a_slow_terminal_shows_what_is_now)
{
    size_t bytes_per_s = getenv("CONCVIZ_TEST_FAULTS") ? 960 : 9600, waited = 0;
    const char *argv[] = { "./concviz", "coroutine", long_work, NULL };

    pty = pty_start(80, 24, argv);
    read_slowly(bytes_per_s, "quit");
    while (pty_status(pty) < 0 && waited < 3000)
        waited += pty_turn_slowly(pty, bytes_per_s / 50);
    pty_type(pty, " ");
    waited = read_slowly(bytes_per_s, "PAUSED");
    printf("# %zu bytes came before the answer to a key\n", waited);
    ck_assert_uint_lt(waited, 10000);
    pty_type(pty, "q");
    while (pty_status(pty) < 0)
        pty_turn_slowly(pty, bytes_per_s / 50);
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
}
END_TEST

START_TEST(ctrl_q_goes_on_with_the_whole_picture)
{
    start(80, 24);
    pty_type(pty, "\023");
    suite_give_way(20000);
    pty_type(pty, "\021");
    pty_type(pty, " ");
    ck_assert(pty_shows(pty, "PAUSED"));
    ck_assert(pty_row_begins(pty, 0, " COROUTINES"));
    ck_assert(pty_row_begins(pty, -1, " Space"));
}
END_TEST

/* --- at the start, and at the end ----------------------------------------- */

static const int early[] = { SIGINT, SIGTERM, SIGHUP };

START_TEST(a_signal_at_any_instant_of_the_start_gives_the_terminal_back)
{
    const char *argv[] = { "./concviz", "coroutine", long_work, NULL };

    for (int i = 0; i < 40; i++) {
        pty = pty_start(80, 24, argv);
        suite_give_way(i * 400);
        pty_signal(pty, early[_i]);
        assert_killed_by(early[_i]);
        pty_free(pty);
    }
    pty = NULL;
}
END_TEST

/* The shell has the terminal, and the program was stopped or has ended. Let it
 * go on: stopped before it had read the q, it needs another one. */
static void finish_in_shell(void)
{
    bool asked = false;

    pty_type(pty, "fg; echo all\\ done\r");
    while (!strstr(pty_text(pty), "all done")) {
        pty_turn(pty);
        if (!asked && pty_alternate_screen(pty) &&
            strstr(pty_text(pty), "q quit")) {
            pty_type(pty, "q");
            asked = true;
        }
    }
}

START_TEST(ctrl_z_while_it_quits_leaves_the_shell_its_screen)
{
    static const char *const argv[] = { "/bin/sh", "-i", NULL };
    char command[2 * SUITE_PATH];

    setenv("PS1", "prompt> ", 1);
    snprintf(command, sizeof command, "./concviz coroutine %s\r", long_work);
    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "prompt>"));
    pty_keep_output(pty);
    for (int i = 0; i < 20; i++) {
        pty_type(pty, command);
        ck_assert(pty_shows(pty, "q quit"));
        pty_type(pty, "q");
        suite_give_way(i * 200);
        pty_type(pty, "\032");
        ck_assert(pty_shows(pty, "topped")); /* by the shell, or its run */
        assert_restored();
        finish_in_shell();
        assert_restored();
        pty_type(pty, "clear\r");
        ck_assert(pty_hides(pty, "all done"));
    }
}
END_TEST

/* --- somebody else had the terminal --------------------------------------- */

START_TEST(after_a_stop_that_cannot_be_caught_keys_work_again)
{
    int status;

    start(80, 24);
    pty_signal(pty, SIGSTOP);
    pty_cook(pty);
    pty_signal(pty, SIGCONT);
    ck_assert(pty_becomes_raw(pty));
    pty_type(pty, " "); /* no Enter */
    ck_assert(pty_shows(pty, "PAUSED"));
    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    assert_restored();
}
END_TEST

START_TEST(a_lesson_goes_on_after_such_a_stop_too)
{
    const char *argv[] = { "./concviz", "lesson", "5", NULL };

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "LESSON 5"));
    pty_signal(pty, SIGSTOP);
    pty_cook(pty);
    pty_signal(pty, SIGCONT);
    ck_assert(pty_becomes_raw(pty));
    pty_type(pty, "q");
    ck_assert_int_eq(pty_wait(pty), 0);
    assert_restored();
}
END_TEST

START_TEST(a_question_ends_with_the_terminal)
{
    const char *argv[] = { "/bin/sh", "-c",
                           "trap '' HUP; exec ./concviz coroutine cafeteria "
                           "--policy pick",
                           NULL };
    int status;

    pty = pty_start(80, 24, argv);
    ck_assert(pty_shows(pty, "Who is next?"));
    pty_hang_up(pty);
    status = pty_wait_unread(pty);
    ck_assert(WIFEXITED(status));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tcase = tcase_create("terminal");

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_signal_after_ctrl_s_gives_the_terminal_back, 0,
                        endings());
    tcase_add_loop_test(tcase,
                        a_signal_where_nobody_reads_gives_the_terminal_back, 0,
                        endings());
    tcase_add_loop_test(tcase,
                        a_signal_after_the_terminal_has_gone_is_how_it_ends, 0,
                        endings());
    tcase_add_test(tcase, q_after_ctrl_s_quits);
    tcase_add_test(tcase, q_quits_where_nobody_reads);
    tcase_add_test(tcase, ctrl_z_where_nobody_reads_holds_nobody_up);
    tcase_add_test(tcase, ctrl_q_goes_on_with_the_whole_picture);
    tcase_add_loop_test(
        tcase, a_signal_at_any_instant_of_the_start_gives_the_terminal_back, 0,
        (int)(sizeof early / sizeof *early));
    tcase_add_test(tcase, ctrl_z_while_it_quits_leaves_the_shell_its_screen);
    tcase_add_test(tcase, after_a_stop_that_cannot_be_caught_keys_work_again);
    tcase_add_test(tcase, a_lesson_goes_on_after_such_a_stop_too);
    tcase_add_test(tcase, a_question_ends_with_the_terminal);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("slow");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, a_slow_terminal_shows_what_is_now);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
