#include "tests/suite.h"

#include <string.h>

#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"

/* Break text with one of the two functions; rows are joined by |. */
static void assert_rows(struct wrap_row (*wrap)(const char *, int),
                        const char *text, int cells, const char *expected)
{
    struct strbuf out;

    strbuf_init(&out);
    while (*text) {
        struct wrap_row row = wrap(text, cells);

        if (out.length > 0)
            strbuf_addc(&out, '|');
        strbuf_add(&out, text, row.bytes);
        ck_assert_uint_gt(row.next, 0);
        ck_assert_uint_ge(row.next, row.bytes);
        ck_assert_uint_le(row.next, strlen(text));
        text += row.next;
    }
    ck_assert_str_eq(out.text, expected);
    strbuf_fini(&out);
}

START_TEST(rows_end_at_the_last_space_that_fits)
{
    assert_rows(wrap_words, "one two three four", 10, "one two|three four");
    assert_rows(wrap_words, "one two three", 7, "one two|three");
    assert_rows(wrap_words, "one  two", 5, "one|two");
    assert_rows(wrap_words, "as it is", 8, "as it is");
    assert_rows(wrap_words, "", 8, "");
}
END_TEST

START_TEST(words_longer_than_a_row_are_cut)
{
    assert_rows(wrap_words, "unbreakableword", 10, "unbreakabl|eword");
    assert_rows(wrap_words, "a unbreakableword", 6, "a|unbrea|kablew|ord");
}
END_TEST

START_TEST(hangul_takes_two_cells)
{
    assert_rows(wrap_words, "자판기가 한 대뿐이에요", 11,
                "자판기가 한|대뿐이에요");
    assert_rows(wrap_words, "가나다라마바사", 11, "가나다라마|바사");
}
END_TEST

START_TEST(a_character_wider_than_a_row_is_taken_anyway)
{
    assert_rows(wrap_words, "가 ab", 1, "가|a|b");
    assert_rows(wrap_words, "ab", 0, "a|b");
    assert_rows(wrap_words, "ab", -3, "a|b");
}
END_TEST

START_TEST(spaces_before_the_first_word_stay)
{
    assert_rows(wrap_words, "  one two", 6, "  one|two");
    assert_rows(wrap_words, "  eleven", 6, "  elev|en");
}
END_TEST

START_TEST(statements_rather_end_after_a_comma)
{
    assert_rows(wrap_steps, "task A: cpu 10, sleep 20, cpu 5", 21,
                "task A: cpu 10,|sleep 20, cpu 5");
    assert_rows(wrap_steps, "task A: cpu 10", 12, "task A: cpu|10");
    assert_rows(wrap_words, "task A: cpu 10, sleep 20", 21,
                "task A: cpu 10, sleep|20");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wrap");
    TCase *tcase = tcase_create("wrap");

    tcase_add_test(tcase, rows_end_at_the_last_space_that_fits);
    tcase_add_test(tcase, words_longer_than_a_row_are_cut);
    tcase_add_test(tcase, hangul_takes_two_cells);
    tcase_add_test(tcase, a_character_wider_than_a_row_is_taken_anyway);
    tcase_add_test(tcase, spaces_before_the_first_word_stay);
    tcase_add_test(tcase, statements_rather_end_after_a_comma);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
