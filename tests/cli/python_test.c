/*
 * Python programs on the live screen, in a terminal: seen while they run, and
 * ended with whoever leaves.
 */
#include "tests/suite.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/message.h"
#include "tests/cli/pty_home.h"

static struct pty_home home;
static struct pty *pty;

static void setup(void)
{
    pty_home_leave(&home);
    suite_write("endless.py", "import asyncio, os, time\n"
                              "async def tick(name):\n"
                              "    while True: await asyncio.sleep(0.02)\n"
                              "async def main():\n"
                              "    open('pid', 'w').write(str(os.getpid()))\n"
                              "    await asyncio.gather(tick('A'), tick('B'))\n"
                              "asyncio.run(main())\n");
    suite_write("held.py", "import asyncio, sys, time\n"
                           "async def main():\n"
                           "    print('before')\n"
                           "    time.sleep(0.3)\n"
                           "asyncio.run(main())\n"
                           "sys.exit(3)\n");
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
    pty_home_come(&home);
}

static void start(const char *script, const char *language)
{
    const char *argv[] = { home.program, "python", script, language, NULL };

    pty = pty_start(120, 30, argv);
}

static void shows(const char *text)
{
    if (!pty_shows(pty, text))
        ck_abort_msg("never saw \"%s\":\n%s", text, pty_text(pty));
}

static void quit_with(int expected)
{
    int status;

    pty_type(pty, "q");
    status = pty_wait(pty);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), expected);
}

START_TEST(tasks_are_seen_while_they_run_and_end_with_who_leaves)
{
    char number[32] = "";
    FILE *file;

    start("endless.py", "--lang=en");
    shows("LIVE 1x");
    shows(" A ");
    shows("main is blocked");
    shows("asyncio.sleep(0.02)");
    quit_with(EXIT_DONE);
    file = fopen("pid", "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(number, sizeof number, file));
    fclose(file);
    ck_assert_int_ne(kill(atoi(number), 0), 0);
}
END_TEST

START_TEST(the_exit_status_is_the_programs_in_korean_too)
{
    start("held.py", "--lang=ko");
    shows("before");
    pty_type(pty, "G");
    shows("끝남");
    quit_with(3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("python");
    TCase *tcase = tcase_create("python");

    if (pty_skips())
        return 0;
    if (system("python3 -c '' 2>/dev/null") != 0) {
        printf("1..0 # SKIP there is no python3\n");
        return 0;
    }
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase,
                   tasks_are_seen_while_they_run_and_end_with_who_leaves);
    tcase_add_test(tcase, the_exit_status_is_the_programs_in_korean_too);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
