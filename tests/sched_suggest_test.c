#include "tests/suite.h"

#include <string.h>

#include "sched/base/suggest.h"

static const char *const modes[] = { "sequential", "coroutine", "threads",
                                     "parallel", NULL };

START_TEST(the_distance_counts_slips_of_the_finger)
{
    ck_assert_int_eq(suggest_distance("cpu", "cpu", 3), 0);
    ck_assert_int_eq(suggest_distance("CPU", "cpu", 3), 0);
    ck_assert_int_eq(suggest_distance("cp", "cpu", 3), 1);
    ck_assert_int_eq(suggest_distance("cppu", "cpu", 3), 1);
    ck_assert_int_eq(suggest_distance("cpo", "cpu", 3), 1);
    ck_assert_int_eq(suggest_distance("sleep", "slepe", 3), 1);
    ck_assert_int_eq(suggest_distance("kitten", "sitting", 3), 3);
    ck_assert_int_eq(suggest_distance("kitten", "sitting", 2), 3);
    ck_assert_int_eq(suggest_distance("", "abc", 8), 3);
}
END_TEST

START_TEST(words_of_any_length_are_compared_safely)
{
    char word[200];

    memset(word, 'x', sizeof word);
    word[sizeof word - 1] = '\0';
    ck_assert_int_eq(suggest_distance(word, word, 2), 3);
    ck_assert_ptr_null(suggest(word, modes));
    word[64] = '\0';
    ck_assert_int_eq(suggest_distance(word, word, 2), 0);
}
END_TEST

START_TEST(only_what_is_near_is_suggested)
{
    ck_assert_str_eq(suggest("corutine", modes), "coroutine");
    ck_assert_str_eq(suggest("paralel", modes), "parallel");
    ck_assert_str_eq(suggest("thread", modes), "threads");
    ck_assert_ptr_null(suggest("fibers", modes));
    ck_assert_ptr_null(suggest("", modes));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suggest");
    TCase *tcase = tcase_create("suggest");

    tcase_add_test(tcase, the_distance_counts_slips_of_the_finger);
    tcase_add_test(tcase, words_of_any_length_are_compared_safely);
    tcase_add_test(tcase, only_what_is_near_is_suggested);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
