#include "tests/suite.h"

#include <string.h>

#include "sched/base/suggest.h"

START_TEST(the_distance_counts_slips_of_the_finger)
{
    ck_assert_uint_eq(suggest_distance("cpu", "cpu"), 0);
    ck_assert_uint_eq(suggest_distance("CPU", "cpu"), 0);
    ck_assert_uint_eq(suggest_distance("cp", "cpu"), 1);
    ck_assert_uint_eq(suggest_distance("cppu", "cpu"), 1);
    ck_assert_uint_eq(suggest_distance("cpo", "cpu"), 1);
    ck_assert_uint_eq(suggest_distance("sleep", "slepe"), 1);
    ck_assert_uint_eq(suggest_distance("kitten", "sitting"), 3);
    ck_assert_uint_eq(suggest_distance("", "abc"), 3);
    ck_assert_uint_eq(suggest_distance("", ""), 0);
}
END_TEST

START_TEST(words_of_any_length_are_compared_safely)
{
    char word[200];

    memset(word, 'x', sizeof word);
    word[sizeof word - 1] = '\0';
    ck_assert_uint_eq(suggest_distance(word, word), 0);
    ck_assert_uint_eq(suggest_distance(word, ""), 63);
}
END_TEST

static const char *nearest(const char *typed)
{
    static const char *const modes[] = { "sequential", "coroutine", "threads",
                                         "parallel",   "cpu",       "A" };
    struct suggestion near = { .typed = typed };

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        suggest(&near, modes[i]);
    return near.word;
}

START_TEST(only_what_is_near_is_suggested)
{
    ck_assert_str_eq(nearest("corutine"), "coroutine");
    ck_assert_str_eq(nearest("paralel"), "parallel");
    ck_assert_str_eq(nearest("thread"), "threads");
    ck_assert_str_eq(nearest("seq"), "sequential");
    ck_assert_str_eq(nearest("a"), "A");
    ck_assert_ptr_null(nearest("fibers"));
    ck_assert_ptr_null(nearest("B"));
    ck_assert_ptr_null(nearest("gnu"));
    ck_assert_ptr_null(nearest(""));
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
