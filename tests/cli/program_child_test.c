/*
 * program_child_test.c -- somebody else's program as a process of ours. Its
 * standard output is a terminal, a pipe, a file: each is set up as number 1 of
 * the test, which runs in a process of its own.
 */
#include "tests/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "cli/program/program_child.h"
#include "sched/base/diag.h"

/* What a shell is told, and else what start says. */
static struct program_child *shell(const char *script,
                                   struct program_start start)
{
    const char *argument[] = { "sh", "-c", script, NULL };
    struct program_child *child;
    struct diag diag;

    start.path = "/bin/sh";
    start.argument = argument;
    child = program_child_start(&start, &diag);
    ck_assert_msg(child != NULL, "%s", diag.message);
    return child;
}

static int wait_for(struct program_child *child)
{
    struct pollfd event = { .fd = program_child_fd(child), .events = POLLIN };

    while (!program_child_look(child))
        poll(&event, 1, 100);
    return program_child_status(child);
}

static int run(const char *script, struct program_start start)
{
    struct program_child *child = shell(script, start);
    int status = wait_for(child);

    program_child_free(child);
    return status;
}

static const struct program_start plain = { .descriptor = -1 };

START_TEST(its_status_is_its_own)
{
    int status = run("exit 4", plain);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 4);
    status = run("kill -USR1 $$", plain);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGUSR1);
}
END_TEST

START_TEST(its_environment_is_ours_and_what_is_added)
{
    static const char *const change[] = { "CONCVIZ_A=new one", "CONCVIZ_B",
                                          NULL };
    struct program_start start = plain;

    setenv("CONCVIZ_A", "old", 1);
    setenv("CONCVIZ_B", "old", 1);
    setenv("CONCVIZ_C", "kept", 1);
    start.environment = change;
    ck_assert_int_eq(run("test \"$CONCVIZ_A,$CONCVIZ_B,$CONCVIZ_C\" = "
                         "'new one,,kept'",
                         start),
                     0);
}
END_TEST

START_TEST(its_input_is_empty_or_a_file)
{
    struct program_start start = plain;
    const char *argument[] = { "true", NULL };
    struct diag diag;

    ck_assert_int_eq(run("test -z \"$(cat)\"", start), 0);
    start.input = "/dev/null/none";
    start.path = "/bin/true";
    start.argument = argument;
    ck_assert(!program_child_start(&start, &diag));
    ck_assert_str_eq(diag.file, "/dev/null/none");
    start.input = "/etc/passwd";
    ck_assert_int_eq(run("cmp -s - /etc/passwd", start), 0);
}
END_TEST

START_TEST(what_cannot_be_run_is_said_at_once)
{
    const char *argument[] = { "none", NULL };
    struct program_start start = plain;
    struct diag diag;

    start.path = "/nowhere/none";
    start.argument = argument;
    ck_assert(!program_child_start(&start, &diag));
    ck_assert_str_eq(diag.file, "/nowhere/none");
    ck_assert_ptr_nonnull(strstr(diag.message, "No such file"));
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(a_descriptor_is_handed_on_and_no_other)
{
    struct program_start start = plain;
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC), high;

    high = fcntl(fd, F_DUPFD_CLOEXEC, 200);
    start.descriptor = high;
    ck_assert_int_eq(high, 200);
    ck_assert_int_eq(
        run("test -e /proc/$$/fd/200 && ! test -e /proc/$$/fd/100", start), 0);
    ck_assert_int_eq(fcntl(high, F_GETFD), FD_CLOEXEC);
}
END_TEST

/* Ours is a terminal from now on. */
static void sit_at_a_terminal(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY), slave;

    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
        exit(EXIT_SUCCESS); /* a bare chroot has none */
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    ck_assert_int_ge(slave, 0);
    dup2(slave, STDOUT_FILENO);
}

START_TEST(what_it_writes_on_a_terminal_is_kept_as_it_was)
{
    struct program_start start = plain;
    const struct program_piece *piece;
    struct program_child *child;
    const char *text;
    size_t bytes, pieces;

    sit_at_a_terminal();
    start.output = PROGRAM_OUTPUT_KEPT;
    child = shell("test -t 1 && ! test -t 2 && printf 'one\\ntwo\\r\\n'",
                  start);
    ck_assert_int_eq(wait_for(child), 0);
    text = program_child_output(child, &bytes);
    ck_assert_uint_eq(bytes, 9);
    ck_assert_int_eq(memcmp(text, "one\ntwo\r\n", 9), 0);
    piece = program_child_pieces(child, &pieces);
    ck_assert_uint_ge(pieces, 1);
    ck_assert_uint_eq(piece[0].from, 0);
    ck_assert_int_ge(piece[0].t_ns, program_child_began_ns(child));
    program_child_free(child);
}
END_TEST

START_TEST(a_megabyte_written_on_a_terminal_is_all_there)
{
    struct program_start start = plain;
    struct program_child *child;
    size_t bytes;

    sit_at_a_terminal();
    start.output = PROGRAM_OUTPUT_KEPT;
    child = shell("head -c 3000000 /dev/zero", start);
    ck_assert_int_eq(wait_for(child), 0);
    do
        program_child_output(child, &bytes);
    while (bytes < 3000000 && program_child_look(child));
    ck_assert_uint_eq(bytes, 3000000);
    program_child_free(child);
}
END_TEST

START_TEST(what_it_writes_elsewhere_goes_there)
{
    struct program_start start = plain;
    int out[2], error[2];
    char text[8] = "";

    ck_assert_int_eq(pipe(out) | pipe(error), 0);
    dup2(out[1], STDOUT_FILENO);
    dup2(error[1], STDERR_FILENO);
    start.output = PROGRAM_OUTPUT_KEPT;
    ck_assert_int_eq(run("printf a; printf b >&2", start), 0);
    ck_assert_int_eq(read(out[0], text, 8), 1);
    ck_assert_int_eq(text[0], 'a');
    ck_assert_int_eq(read(error[0], text, 8), 1);
    ck_assert_int_eq(text[0], 'b');
    start.output = PROGRAM_OUTPUT_ASIDE;
    ck_assert_int_eq(run("printf a; printf b >&2", start), 0);
    ck_assert_int_eq(read(error[0], text, 8), 2);
    ck_assert_int_eq(memcmp(text, "ab", 2), 0);
}
END_TEST

/* A pipe whose other end only what was started holds: when that is gone, it
 * ends. */
static void assert_nobody_holds(int fd)
{
    struct pollfd end = { .fd = fd, .events = POLLIN };
    char byte;

    ck_assert_int_eq(poll(&end, 1, 20000), 1);
    ck_assert_int_eq(read(fd, &byte, 1), 0);
}

START_TEST(nothing_of_it_is_left_behind)
{
    struct program_start start = plain;
    struct program_child *child;
    int held[2];
    char byte;

    ck_assert_int_eq(pipe2(held, O_CLOEXEC), 0);
    start.descriptor = dup2(held[1], 9);
    child = shell("trap '' TERM; sleep 1000 & printf x >&9;"
                  "while :; do sleep 1000; done",
                  start);
    close(9);
    close(held[1]);
    ck_assert_int_eq(read(held[0], &byte, 1), 1);
    program_child_free(child);
    assert_nobody_holds(held[0]);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

START_TEST(it_dies_with_us)
{
    struct program_start start = plain;
    int held[2];
    pid_t pid;
    char byte;

    ck_assert_int_eq(pipe2(held, O_CLOEXEC), 0);
    pid = fork();
    if (pid == 0) {
        dup2(held[1], STDOUT_FILENO);
        shell("printf x; exec sleep 1000", start);
        for (;;)
            pause();
    }
    close(held[1]);
    ck_assert_int_eq(read(held[0], &byte, 1), 1);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_nobody_holds(held[0]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("program_child");
    TCase *start = tcase_create("start"), *output = tcase_create("output"),
          *end = tcase_create("end");

    tcase_add_test(start, its_status_is_its_own);
    tcase_add_test(start, its_environment_is_ours_and_what_is_added);
    tcase_add_test(start, its_input_is_empty_or_a_file);
    tcase_add_test(start, what_cannot_be_run_is_said_at_once);
    tcase_add_test(start, a_descriptor_is_handed_on_and_no_other);
    suite_add_tcase(suite, start);
    tcase_add_test(output, what_it_writes_on_a_terminal_is_kept_as_it_was);
    tcase_add_test(output, a_megabyte_written_on_a_terminal_is_all_there);
    tcase_add_test(output, what_it_writes_elsewhere_goes_there);
    suite_add_tcase(suite, output);
    tcase_add_test(end, nothing_of_it_is_left_behind);
    tcase_add_test(end, it_dies_with_us);
    suite_add_tcase(suite, end);
    return suite_main(suite);
}
