#include "tests/suite.h"

#include <string.h>

#include "lessons/markup.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

/* Rows joined by |; <…> is emphasis, {…} an ideal value. */
static void assert_wrapped(const char *text, int cells, const char *expected)
{
    static const char *const mark[][2] = { { "", "" },
                                           { "<", ">" },
                                           { "{", "}" } };
    struct markup *wrapped = markup_wrap(text, cells);
    struct strbuf out;

    strbuf_init(&out);
    for (size_t i = 0; i < wrapped->row_count; i++) {
        const struct markup_row *row = &wrapped->row[i];
        int taken = 0;

        if (i > 0)
            strbuf_addc(&out, '|');
        for (size_t s = 0; s < row->span_count; s++) {
            strbuf_addf(&out, "%s%s%s", mark[row->span[s].mark][0],
                        row->span[s].text, mark[row->span[s].mark][1]);
            taken += text_cells(row->span[s].text);
        }
        ck_assert_int_eq(taken, row->cells);
        ck_assert_int_le(taken, cells);
    }
    ck_assert_str_eq(out.text, expected);
    strbuf_fini(&out);
    markup_free(wrapped);
}

START_TEST(paragraphs_are_wrapped_at_spaces)
{
    assert_wrapped("one two three\nfour", 10, "one two|three four");
    assert_wrapped("one\n\ntwo", 10, "one||two");
    assert_wrapped("", 10, "");
    assert_wrapped("exactly ten", 11, "exactly ten");
    assert_wrapped("unbreakableword", 10, "unbreakabl|eword");
}
END_TEST

START_TEST(hangul_takes_two_cells)
{
    assert_wrapped("자판기가 한 대뿐이에요", 10, "자판기가|한|대뿐이에요");
    assert_wrapped("가나다라마바사", 11, "가나다라마|바사");
}
END_TEST

START_TEST(indented_lines_are_kept)
{
    assert_wrapped("text\n    A ──> [m]\n    B ──> [m]\nmore", 20,
                   "text|    A ──> [m]|    B ──> [m]|more");
    assert_wrapped("a\n  table   1\n  rows    2", 20,
                   "a|  table   1|  rows    2");
}
END_TEST

START_TEST(items_of_a_list_hang)
{
    assert_wrapped("- one two three\n- four", 10, "- one two|  three|- four");
    assert_wrapped("1. one two three", 10, "1. one two|   three");
}
END_TEST

START_TEST(emphasis_is_a_span_and_never_a_star)
{
    assert_wrapped("a *big* word", 20, "a <big> word");
    assert_wrapped("*동시성*은 다르다", 20, "<동시성>은 다르다");
    assert_wrapped("a *very long\nword* b", 10, "a <very>|<long word>|b");
    assert_wrapped("3 * 4 * 5", 20, "3 * 4 * 5");
    assert_wrapped("2*3*4", 20, "2*3*4");
    assert_wrapped("lonely *star", 20, "lonely *star");
}
END_TEST

START_TEST(a_million_stars_are_no_problem)
{
    struct strbuf text;
    struct markup *wrapped;

    strbuf_init(&text);
    for (int i = 0; i < 300000; i++)
        strbuf_adds(&text, " *a");
    wrapped = markup_wrap(text.text + 1, 80);
    ck_assert_uint_gt(wrapped->row_count, 10000);
    markup_free(wrapped);
    strbuf_fini(&text);
}
END_TEST

START_TEST(columns_stay_columns_where_stars_stood)
{
    assert_wrapped("x\n  *cpu*   computes\n          waits", 30,
                   "x|  <cpu>     computes|          waits");
}
END_TEST

START_TEST(an_ideal_value_stands_behind_the_measured_one)
{
    assert_wrapped("took 650 \001(600)\002 ms", 30, "took 650 {(600)} ms");
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_markup");
    TCase *tcase = tcase_create("markup");

    tcase_add_test(tcase, paragraphs_are_wrapped_at_spaces);
    tcase_add_test(tcase, hangul_takes_two_cells);
    tcase_add_test(tcase, indented_lines_are_kept);
    tcase_add_test(tcase, items_of_a_list_hang);
    tcase_add_test(tcase, emphasis_is_a_span_and_never_a_star);
    tcase_add_test(tcase, a_million_stars_are_no_problem);
    tcase_add_test(tcase, columns_stay_columns_where_stars_stood);
    tcase_add_test(tcase, an_ideal_value_stands_behind_the_measured_one);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
