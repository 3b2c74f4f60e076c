/*
 * watch_test.c -- somebody else's program on the live screen: a shell and what
 * it starts, with nothing to be made before.
 */
#include "tests/suite.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/file.h"
#include "sched/base/strbuf.h"
#include "tests/cli/pty.h"

static struct pty *pty;
static char pid_file[SUITE_PATH];

static void setup(void)
{
    close(suite_file(pid_file));
    setenv("CONCVIZ_TEST_PID", pid_file, 1);
    pty_environment();
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
}

static void watch(const char *script)
{
    const char *argv[] = { "./concviz", "coroutine", "--", "/bin/sh",
                           "-c",        script,      NULL };

    if (access("libconcviz-preload.so", R_OK) != 0)
        suite_skip("programs can be run on x86-64 with glibc only");
    pty = pty_start(120, 30, argv);
}

/* The process that the script has named is gone. */
static void assert_gone(void)
{
    struct strbuf text;
    pid_t pid;

    strbuf_init(&text);
    ck_assert_int_eq(file_read(pid_file, 64, &text), 0);
    pid = (pid_t)strtol(text.text, NULL, 10);
    strbuf_fini(&text);
    ck_assert_int_gt(pid, 1);
    while (kill(pid, 0) == 0) /* until the check's own time is over */
        pty_turn(pty);
    ck_assert_int_eq(errno, ESRCH);
}

static void assert_restored(void)
{
    ck_assert(!pty_alternate_screen(pty));
    ck_assert(pty_cursor_visible(pty));
    ck_assert(pty_cooked(pty));
}

static const char endless[] =
    "echo $$ >\"$CONCVIZ_TEST_PID\"; printf '\\033[31mhello\\033[0m\\tyou\\n';"
    "exec sleep 1000";

START_TEST(its_output_is_beside_the_picture_as_a_terminal_shows_it)
{
    watch("printf '\\033[31mhello\\033[0m\\tyou\\n'; exit 3");
    ck_assert(pty_shows(pty, "hello   you"));
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "\t");
    ck_assert(pty_shows(pty, "another program is only watched"));
    pty_type(pty, "q");
    ck_assert_int_eq(WEXITSTATUS(pty_wait(pty)), 3);
    assert_restored();
}
END_TEST

START_TEST(who_leaves_ends_it)
{
    watch(endless);
    ck_assert(pty_shows(pty, "hello   you"));
    pty_type(pty, "q");
    ck_assert(WIFEXITED(pty_wait(pty)));
    assert_restored();
    assert_gone();
}
END_TEST

START_TEST(it_ends_with_a_screen_that_is_terminated)
{
    watch(endless);
    ck_assert(pty_shows(pty, "hello   you"));
    pty_signal(pty, SIGTERM);
    ck_assert_int_ne(pty_wait(pty), 0);
    assert_restored();
    assert_gone();
}
END_TEST

START_TEST(a_program_that_is_killed_leaves_its_picture)
{
    watch("echo here; kill -SEGV $$");
    ck_assert(pty_shows(pty, "The program has failed: killed by signal 11"));
    ck_assert(pty_shows(pty, "here"));
    pty_type(pty, "q");
    ck_assert_int_eq(WEXITSTATUS(pty_wait(pty)), 128 + SIGSEGV);
    assert_restored();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("watch");
    TCase *live = tcase_create("live");

    if (pty_skips())
        return EXIT_SUCCESS;
    tcase_add_checked_fixture(live, setup, teardown);
    tcase_add_test(live,
                   its_output_is_beside_the_picture_as_a_terminal_shows_it);
    tcase_add_test(live, who_leaves_ends_it);
    tcase_add_test(live, it_ends_with_a_screen_that_is_terminated);
    tcase_add_test(live, a_program_that_is_killed_leaves_its_picture);
    suite_add_tcase(suite, live);
    return suite_main(suite);
}
