/*
 * orders_test.c -- explore -- COMMAND on a terminal: what is shown while it
 * searches, Ctrl-C, and the page from which a finding is walked.
 */
#include "tests/suite.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/pty_home.h"

static struct pty_home home;
static struct pty *pty;

/* Four threads that meet often have more orders than anybody can try. */
static const char many_c[] =
    "#include <pthread.h>\n"
    "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
    "static void *meets(void *unused)\n"
    "{\n"
    "    for (int i = 0; i < 20; i++) {\n"
    "        pthread_mutex_lock(&lock);\n"
    "        pthread_mutex_unlock(&lock);\n"
    "    }\n"
    "    return unused;\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t thread[4];\n"
    "    for (int i = 0; i < 4; i++)\n"
    "        pthread_create(&thread[i], NULL, meets, NULL);\n"
    "    for (int i = 0; i < 4; i++)\n"
    "        pthread_join(thread[i], NULL);\n"
    "}\n";

/* Ends in the usual order; in others one waits for ever, and leaves a file. */
static const char spins_c[] =
    "#include <fcntl.h>\n"
    "#include <pthread.h>\n"
    "static int gone;\n"
    "static void *looks(void *unused)\n"
    "{\n"
    "    if (gone)\n"
    "        for (creat(\"spins\", 0600);;)\n"
    "            continue;\n"
    "    return unused;\n"
    "}\n"
    "static void *goes(void *unused)\n"
    "{\n"
    "    gone = 1;\n"
    "    return unused;\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t thread[2];\n"
    "    pthread_create(&thread[0], NULL, looks, NULL);\n"
    "    pthread_create(&thread[1], NULL, goes, NULL);\n"
    "    for (int i = 0; i < 2; i++)\n"
    "        pthread_join(thread[i], NULL);\n"
    "}\n";

static const char abba_c[] =
    "#include <pthread.h>\n"
    "static pthread_mutex_t cup = PTHREAD_MUTEX_INITIALIZER;\n"
    "static pthread_mutex_t can = PTHREAD_MUTEX_INITIALIZER;\n"
    "static void *one(void *unused)\n"
    "{\n"
    "    pthread_mutex_lock(&cup);\n"
    "    pthread_mutex_lock(&can);\n"
    "    return unused;\n"
    "}\n"
    "static void *two(void *unused)\n"
    "{\n"
    "    pthread_mutex_lock(&can);\n"
    "    pthread_mutex_lock(&cup);\n"
    "    return unused;\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    pthread_t thread[2];\n"
    "    pthread_create(&thread[0], NULL, one, NULL);\n"
    "    pthread_create(&thread[1], NULL, two, NULL);\n"
    "    return pthread_join(thread[0], NULL) + pthread_join(thread[1], "
    "NULL);\n"
    "}\n";

static void setup(void)
{
    pty_home_leave(&home);
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
    pty_home_come(&home);
}

static void explore(const char *source, const char *runs, const char *limit,
                    const char *language)
{
    const char *argv[] = { home.program, "explore",    "--schedules", runs,
                           "--limit",    limit,        "--lang",      language,
                           "--",         "./explored", NULL };

    suite_write("explored.c", source);
    if (!pty_home_preloads(&home) ||
        system("cc -w -g -o explored explored.c -pthread") != 0)
        suite_skip("no program can be made and run here");
    pty = pty_start(80, 24, argv);
}

/* --- while it searches ---------------------------------------------------- */

START_TEST(a_line_says_how_far_it_is_and_ctrl_c_ends_the_search)
{
    explore(many_c, "10000000", "10s", "en");
    ck_assert(pty_shows(pty, " runs, 0 found, "));
    ck_assert(pty_shows(pty, " runs/s (Ctrl-C to stop)"));
    pty_type(pty, "\003");
    pty_home_assert_exit(pty, 128 + SIGINT);
    ck_assert(pty_hides(pty, "runs/s"));
    ck_assert(pty_shows(pty, "./explored (REAL): run in "));
    ck_assert(pty_shows(pty, "ended by Ctrl-C, before all was tried"));
    ck_assert(pty_shows(pty, "nothing went wrong so far"));
}
END_TEST

START_TEST(the_line_is_in_korean_too)
{
    explore(many_c, "10000000", "10s", "ko");
    ck_assert(pty_shows(pty, "(그만두려면 Ctrl-C)"));
    pty_type(pty, "\003");
    pty_home_assert_exit(pty, 128 + SIGINT);
    ck_assert(pty_shows(pty, "Ctrl-C로 끝냈어요"));
}
END_TEST

START_TEST(ctrl_c_does_not_wait_for_a_run_that_hangs_nor_counts_it)
{
    explore(spins_c, "100", "1000s", "en");
    while (access("spins", F_OK) != 0)
        pty_turn(pty);
    pty_type(pty, "\003");
    pty_home_assert_exit(pty, 128 + SIGINT);
    ck_assert(pty_shows(pty, "nothing went wrong so far"));
}
END_TEST

/* --- what was found ------------------------------------------------------- */

START_TEST(enter_walks_a_finding_forwards_and_back)
{
    explore(abba_c, "40", "10s", "en");
    ck_assert(pty_row_begins(pty, 0, " EXPLORE  ./explored"));
    ck_assert(pty_shows(pty, "▶ 1. deadlock: no thread can go on"));
    ck_assert(pty_shows(pty, "one waits for mutex can, held by two"));
    ck_assert(pty_shows(pty, "see it: concviz coroutine --schedule "));
    pty_type(pty, "\r");
    ck_assert(pty_shows(pty, "main starts on machine 1."));
    ck_assert(pty_shows(pty, "PAUSED"));
    pty_type(pty, "i");
    ck_assert(pty_shows(pty, "PROGRAM  explored"));
    ck_assert(pty_shows(pty, "cup  free"));
    ck_assert(pty_shows(pty, "can  free"));
    for (int i = 0; i < 20 && !strstr(pty_text(pty), "cup  [one]"); i++) {
        pty_type(pty, "\033OC");
        pty_turn(pty);
    }
    ck_assert(pty_shows(pty, "cup  [one]"));
    ck_assert(pty_shows(pty, "»pthread_mutex_lock(&c"));
    for (int i = 0; i < 20 && strstr(pty_text(pty), "cup  [one]"); i++) {
        pty_type(pty, "\033OD");
        pty_turn(pty);
    }
    ck_assert(pty_shows(pty, "cup  free"));
    pty_type(pty, "G");
    ck_assert(pty_shows(pty, "can  [two] ![one]"));
    ck_assert(pty_shows(pty, "Deadlock"));
    pty_type(pty, "q");
    ck_assert(pty_shows(pty, "EXPLORE"));
    pty_type(pty, "q");
    pty_home_assert_exit(pty, 4);
    ck_assert(pty_shows(pty, "1. deadlock: no thread can go on"));
}
END_TEST

int main(void)
{
    TCase *searching = tcase_create("searching"),
          *found = tcase_create("found");
    Suite *suite = suite_create("orders");

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(searching, setup, teardown);
    tcase_set_timeout(searching, 60);
    tcase_add_test(searching,
                   a_line_says_how_far_it_is_and_ctrl_c_ends_the_search);
    tcase_add_test(searching, the_line_is_in_korean_too);
    tcase_add_test(searching,
                   ctrl_c_does_not_wait_for_a_run_that_hangs_nor_counts_it);
    suite_add_tcase(suite, searching);
    tcase_add_checked_fixture(found, setup, teardown);
    tcase_set_timeout(found, 60);
    tcase_add_test(found, enter_walks_a_finding_forwards_and_back);
    suite_add_tcase(suite, found);
    return suite_main(suite);
}
