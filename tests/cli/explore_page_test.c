/*
 * explore_page_test.c -- what explore has found, on a terminal.
 */
#include "tests/suite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/pty_home.h"

static struct pty *pty;

static void setup(void)
{
    pty_environment();
    pty = NULL;
}

static void teardown(void)
{
    if (pty)
        pty_free(pty);
}

static void explore(const char *workload, const char *option)
{
    const char *argv[] = { "./concviz", "explore", workload, option, NULL };

    pty = pty_start(80, 24, argv);
}

START_TEST(explore_on_a_terminal_is_a_page_that_leaves_the_code)
{
    explore("crossed", NULL);
    ck_assert(pty_row_begins(pty, 0, " EXPLORE  crossed"));
    ck_assert(pty_shows(pty, "▶ 1. deadlock: A waits for cup"));
    ck_assert(pty_shows(pty, "waits for lock spoon (A has it) (line 7)"));
    ck_assert(pty_shows(pty, "see it: concviz coroutine crossed --schedule "));
    pty_type(pty, "q");
    pty_home_assert_exit(pty, 4);
    ck_assert(pty_shows(pty, "1. deadlock: A waits for cup"));
    ck_assert(pty_shows(pty, "see it: concviz coroutine crossed --schedule "));
}
END_TEST

START_TEST(a_finding_is_walked_step_by_step_and_left_again)
{
    explore("lost-update", NULL);
    ck_assert(pty_shows(pty, "▶ 1. lost update: A overwrites n"));
    pty_type(pty, "\r");
    ck_assert(pty_shows(pty, "THREADS"));
    ck_assert(pty_shows(pty, "MODEL"));
    ck_assert(pty_shows(pty, "PAUSED"));
    ck_assert(pty_shows(pty, "t=  0ms"));
    pty_type(pty, "\033OC");
    ck_assert(pty_shows(pty, "t=300ms"));
    ck_assert(pty_shows(pty, "PAUSED"));
    pty_type(pty, "\033");
    ck_assert(pty_shows(pty, "▶ 1. lost update: A overwrites n"));
    pty_type(pty, "\rG");
    ck_assert(pty_shows(pty, "ENDED"));
    pty_type(pty, "q");
    ck_assert(pty_shows(pty, "EXPLORE"));
    pty_type(pty, "q");
    pty_home_assert_exit(pty, 4);
}
END_TEST

START_TEST(the_smallest_and_the_largest_value_are_chosen_and_walked)
{
    explore("lost-update", NULL);
    ck_assert(pty_shows(pty, "2. smallest n at the end: 1, in "));
    pty_type(pty, "\033OB");
    ck_assert(pty_shows(pty, "▶ 2. smallest"));
    pty_type(pty, "3");
    ck_assert(pty_shows(pty, "▶ 3. largest n at the end: 2, in "));
    ck_assert_ptr_null(strstr(pty_text(pty), "is stopped"));
    pty_type(pty, "j9\r"); /* neither is there */
    ck_assert(pty_shows(pty, "PAUSED"));
    pty_type(pty, "q");
    ck_assert(pty_shows(pty, "▶ 3."));
    pty_type(pty, "kg?");
    ck_assert(pty_shows(pty, "walk it, step by step"));
    pty_type(pty, "?");
    ck_assert(pty_shows(pty, "▶ 1."));
    pty_resize(pty, 30, 8);
    pty_resize(pty, 120, 36);
    ck_assert(pty_shows(pty, "MODEL: the run that shows it"));
    pty_type(pty, "ㅂ"); /* q */
    pty_home_assert_exit(pty, 4);
}
END_TEST

START_TEST(a_claim_that_is_broken_is_walked_up_to_there)
{
    char folder[SUITE_PATH], path[SUITE_PATH];

    suite_folder(folder);
    snprintf(path, sizeof path, "%.80s/claim.work", folder);
    suite_write(path, "shared n = 0\nnever n > 1\ntask A B: n = n + 1\n");
    explore(path, NULL);
    ck_assert(pty_shows(pty, "is broken here (line 3, column 11)"));
    pty_type(pty, "\r");
    ck_assert(pty_shows(pty, "THREADS"));
    ck_assert(pty_shows(pty, "\"never n > 1\" is broken here"));
    pty_type(pty, "q");
    ck_assert(pty_shows(pty, "EXPLORE"));
    pty_type(pty, "q");
    pty_home_assert_exit(pty, 4);
}
END_TEST

START_TEST(explore_prints_where_there_is_nothing_to_choose)
{
    explore("async-sum", NULL);
    pty_home_assert_exit(pty, 0);
    ck_assert(pty_shows(pty, "nothing goes wrong"));
}
END_TEST

START_TEST(explore_prints_for_view_plain)
{
    explore("crossed", "--view=plain");
    pty_home_assert_exit(pty, 4);
    ck_assert(pty_shows(pty, "Coroutines can replay a schedule"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explore page");
    TCase *page = tcase_create("page");

    if (pty_skips())
        return 0;
    tcase_add_checked_fixture(page, setup, teardown);
    tcase_set_timeout(page, 60);
    tcase_add_test(page, explore_on_a_terminal_is_a_page_that_leaves_the_code);
    tcase_add_test(page, a_finding_is_walked_step_by_step_and_left_again);
    tcase_add_test(page,
                   the_smallest_and_the_largest_value_are_chosen_and_walked);
    tcase_add_test(page, a_claim_that_is_broken_is_walked_up_to_there);
    tcase_add_test(page, explore_prints_where_there_is_nothing_to_choose);
    tcase_add_test(page, explore_prints_for_view_plain);
    suite_add_tcase(suite, page);
    return suite_main(suite);
}
