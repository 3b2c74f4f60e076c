#include "sched/base/phrase.h"
#include "tests/suite.h"

static char out[32];

static void setup(void)
{
    out[0] = '\0';
}

START_TEST(gaps_are_filled_in_any_order)
{
    PHRASE(out, sizeof out, "{1} waits for {0}", "cup", "A");
    ck_assert_str_eq(out, "A waits for cup");
}
END_TEST

START_TEST(particles_fit_what_fills_the_gap)
{
    PHRASE(out, sizeof out, "{0:t} {1:o}", "A", "L");
    ck_assert_str_eq(out, "A는 L을");
}
END_TEST

START_TEST(a_gap_without_a_part_stays_empty)
{
    PHRASE(out, sizeof out, "<{3}{3:t}>", "A");
    ck_assert_str_eq(out, "<>");
}
END_TEST

START_TEST(braces_that_are_no_gap_are_text)
{
    PHRASE(out, sizeof out, "{ {a} {0 {0:", "A");
    ck_assert_str_eq(out, "{ {a} {0 {0:");
}
END_TEST

START_TEST(text_is_cut_between_characters)
{
    PHRASE(out, 6, "ab{0}", "한글");
    ck_assert_str_eq(out, "ab한");
    PHRASE(out, 6, "{0}", "more");
    ck_assert_str_eq(out, "ab한");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched/phrase");
    TCase *tests = tcase_create("phrase");

    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, gaps_are_filled_in_any_order);
    tcase_add_test(tests, particles_fit_what_fills_the_gap);
    tcase_add_test(tests, a_gap_without_a_part_stays_empty);
    tcase_add_test(tests, braces_that_are_no_gap_are_text);
    tcase_add_test(tests, text_is_cut_between_characters);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
