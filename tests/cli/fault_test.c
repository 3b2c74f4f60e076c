/*
 * fault_test.c -- what the live screen asks of the system fails, by turns the
 * first time, the second, ...: the terminal is restored, and it ends in time,
 * by an exit status of the manual.
 *
 * A few places of each kind; CONCVIZ_TEST_FAULTS=SECONDS (make check-faults):
 * all, as far as the time goes.
 */
#include "tests/suite.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/coroutine/coroutine.h"
#include "tests/cli/pty_home.h"

enum {
    WORDS = 24,
    PLACES = 50,
    TURNS = 1000,
    NO_MEMORY = 3
};

static struct pty_home home;
static struct pty *pty;
static int tries;

static void make_library(void)
{
    const char *sources = getenv("srcdir");
    char command[2 * PATH_MAX];

    if (!pty_home_preloads(&home))
        suite_skip("calls can be made to fail on x86-64 with glibc only");
    sources = sources ? sources : ".";
    snprintf(command, sizeof command,
             "cc -w -O1 -fPIC -shared -D_GNU_SOURCE -o fail.so "
             "'%s%s%s/tests/faults/fail.c' -ldl",
             *sources == '/' ? "" : home.folder, *sources == '/' ? "" : "/",
             sources);
    if (system(command) != 0)
        suite_skip("no library can be made here");
}

static void setup(void)
{
#if defined COROUTINE_ASAN || defined COROUTINE_TSAN
    suite_skip("a sanitizer allocates by itself");
#endif
    pty_home_leave(&home);
    make_library();
    suite_write("turns.work", "task A B: repeat 5 (cpu 1, yield)\n");
    pty = NULL;
    tries = 0;
}

static void teardown(void)
{
    printf("# %d tries\n", tries);
    if (pty)
        pty_free(pty);
    pty_home_come(&home);
}

static int seconds(void)
{
    const char *wanted = getenv("CONCVIZ_TEST_FAULTS");

    return wanted ? atoi(wanted) : 0;
}

/* Where ncurses was refused, an answer of the terminal may have been taken for
 * keys, and q for a letter of a name: Esc, and once more. */
static void press_q(void)
{
    for (int i = 0; i < TURNS && pty_settles(pty, ""); i++)
        if (i % 10 % 5 == 0)
            pty_type(pty, i % 10 ? "\033" : "q");
}

/* Start it, leave once it is on the screen, and look at what it leaves; what
 * says what has failed. */
static int leave(const char *const *argv, const char *screen, const char *what)
{
    int status;

    pty = pty_start(100, 30, argv);
    pty_settles(pty, screen); /* or shows what was taken for keys */
    press_q();
    status = pty_wait(pty);
    ck_assert_msg(WIFEXITED(status), "%s: status %d", what, status);
    ck_assert_msg(!pty_alternate_screen(pty) && pty_cursor_visible(pty) &&
                      pty_cooked(pty),
                  "%s: not restored", what);
    pty_free(pty);
    pty = NULL;
    tries++;
    return WEXITSTATUS(status);
}

/* --- no memory ------------------------------------------------------------ */

static const struct screen {
    const char *shows;
    const char *words[5];
} screens[] = {
    { "q quit", { "coroutine", "turns.work" } },
    { "q quit", { "parallel", "turns.work", "--record", "tape" } },
    { "q quit", { "threads", "--", "/bin/true" } },
    { "quit", { "compare", "turns.work", "--model" } },
    { "LESSON 2", { "lesson", "2" } },
    { "quit", { "what-if", "turns.work", "--model" } },
};

enum {
    SCREENS = sizeof screens / sizeof *screens
};

/* Returns whether there was such a place. */
static bool fail_at(const struct screen *screen, int at, int times)
{
    char where[32], many[32], what[96];
    const char *argv[WORDS] = { "/usr/bin/env",
                                "LD_PRELOAD=./fail.so",
                                "FAIL_CALL=malloc",
                                "FAIL_NAME=concviz",
                                "FAIL_TOLD=told",
                                where,
                                many,
                                home.program };
    int status;

    snprintf(where, sizeof where, "FAIL_AT=%d", at);
    snprintf(many, sizeof many, "FAIL_TIMES=%d", times);
    snprintf(what, sizeof what, "%s, %s, %s", screen->words[0], where, many);
    for (int i = 0; i < 5; i++)
        argv[8 + i] = screen->words[i];
    unlink("told");
    status = leave(argv, screen->shows, what);
    ck_assert_msg(status == 0 || status == NO_MEMORY, "%s: exit %d", what,
                  status);
    return access("told", F_OK) == 0;
}

START_TEST(without_memory_the_terminal_is_given_back)
{
    int64_t until_ns = clock_now_ns() + seconds() * NS_PER_S / (4 * SCREENS);
    bool left_out = false;
    int at = 1;

#ifdef COVERAGE
    suite_skip("gcov allocates by itself");
#endif
    while (fail_at(&screens[_i / 2], at, _i % 2))
        if (clock_now_ns() < until_ns)
            at++;
        else {
            left_out = true;
            at += at + 6;
        }
    if (left_out)
        puts("# some places left out");
}
END_TEST

/* --- calls of the system -------------------------------------------------- */

static const char *const calls[] = { "ioctl", "read",         "write",
                                     "poll",  "rt_sigaction", "openat",
                                     "mmap",  "clone3",       "sigaltstack" };
static const char *const errors[] = { "EIO",    "EINTR",  "EAGAIN",
                                      "ENOMEM", "EMFILE", "ENOSYS" };

enum {
    CALLS = sizeof calls / sizeof *calls,
    ERRORS = sizeof errors / sizeof *errors
};

/* Returns whether there was such a place. */
static bool refuse(const char *call, const char *error, int at)
{
    char what[96];
    const char *argv[] = { "/usr/bin/strace", "-f",         "-qq", "-o",
                           "calls",           "-e",         what,  home.program,
                           "coroutine",       "turns.work", NULL };
    int status;

    snprintf(what, sizeof what, "inject=%s:error=%s:when=%d", call, error, at);
    status = leave(argv, "q quit", what);
    ck_assert_msg(status <= 5 || status == 127, "%s: exit %d", what, status);
    return system("grep -q INJECTED calls") == 0;
}

/* Each error at that place; returns whether there was one and is time left. */
static bool refuse_place(const char *call, int at, int64_t until_ns)
{
    bool reached = false;

    for (int i = 0; i < ERRORS && (i < 2 || reached); i++) {
        if (clock_now_ns() >= until_ns && tries >= 2) {
            puts("# some places left out");
            return false;
        }
        reached |= refuse(call, errors[i], at);
    }
    return reached;
}

/* The places before belong to the loader, which is nobody's to mend. */
static int first_place(const char *call)
{
    char command[PATH_MAX + 128];
    FILE *lines;
    int count = 1;

    snprintf(command, sizeof command,
             "/usr/bin/strace -f -qq -o calls -e trace=%s '%s' version >out && "
             "wc -l <calls",
             call, home.program);
    lines = popen(command, "r");
    ck_assert_ptr_nonnull(lines);
    if (fscanf(lines, "%d", &count) != 1 || count < 1)
        count = 1;
    pclose(lines);
    return count;
}

START_TEST(where_the_system_refuses_the_terminal_is_given_back)
{
    int64_t until_ns = clock_now_ns() + seconds() * NS_PER_S / (2 * CALLS);
    int first, at;

    if (system("/usr/bin/strace -o /dev/null true 2>/dev/null") != 0)
        suite_skip("programs cannot be traced here");
    first = at = first_place(calls[_i]);
    while (at < first + PLACES && refuse_place(calls[_i], at, until_ns))
        at++;
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fault");
    TCase *memory = tcase_create("memory"), *refused = tcase_create("system");

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(memory, setup, teardown);
    tcase_set_timeout(memory, 60 + seconds());
    tcase_add_loop_test(memory, without_memory_the_terminal_is_given_back, 0,
                        2 * SCREENS);
    tcase_add_checked_fixture(refused, setup, teardown);
    tcase_set_timeout(refused, 60 + seconds());
    tcase_add_loop_test(
        refused, where_the_system_refuses_the_terminal_is_given_back, 0, CALLS);
    suite_add_tcase(suite, memory);
    suite_add_tcase(suite, refused);
    return suite_main(suite);
}
