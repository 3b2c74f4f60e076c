#include <string.h>

#include "render/cells/cells.h"
#include "render/output/backend.h"
#include "sched/base/strbuf.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static struct cells cells;
static struct strbuf text;

static void setup(void)
{
    cells_init(&cells, 8, 2);
    strbuf_init(&text);
}

static void teardown(void)
{
    cells_fini(&cells);
    strbuf_fini(&text);
}

static const char *shown(void)
{
    strbuf_clear(&text);
    backend_text(&text, &cells);
    return text.text;
}

START_TEST(text_is_clipped_at_every_edge)
{
    cells_text(&cells, -2, 0, -1, "abcdefghijklm", ROLE_TEXT);
    cells_text(&cells, 0, -1, -1, "never", ROLE_TEXT);
    cells_text(&cells, 0, 2, -1, "never", ROLE_TEXT);
    ck_assert_str_eq(shown(), "cdefghij\n\n");
}
END_TEST

START_TEST(cut_text_ends_with_an_ellipsis)
{
    ck_assert_int_eq(cells_text(&cells, 0, 0, 4, "abcdef", ROLE_TEXT), 4);
    ck_assert_int_eq(cells_text(&cells, 0, 1, 4, "한글과", ROLE_TEXT), 3);
    ck_assert_str_eq(shown(), "abc…\n한…\n");
}
END_TEST

START_TEST(a_wide_character_is_never_cut)
{
    cells_text(&cells, 7, 0, -1, "한", ROLE_TEXT);
    cells_text(&cells, -1, 1, -1, "한글", ROLE_TEXT);
    ck_assert_str_eq(shown(), "\n 글\n");
    cells_put(&cells, 2, 1, 'x', ROLE_TEXT);
    ck_assert_str_eq(shown(), "\n  x\n");
}
END_TEST

START_TEST(a_wide_character_at_the_clip_leaves_its_neighbour)
{
    cells_text(&cells, 0, 0, -1, "abcd", ROLE_TEXT);
    cells_clip(&cells, (struct rect){ 0, 0, 2, 1 });
    cells_text(&cells, 1, 0, -1, "한", ROLE_TEXT);
    ck_assert_str_eq(shown(), "a cd\n\n");
}
END_TEST

START_TEST(every_cell_has_a_letter_for_its_role)
{
    cells_put_styled(&cells, 0, 0, 'A', STYLE_TASK(ROLE_TASK, 0));
    picture_roles(&text, &cells);
    ck_assert_str_eq(text.text, "L.......\n........\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/cells");
    TCase *tests = tcase_create("cells");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, text_is_clipped_at_every_edge);
    tcase_add_test(tests, cut_text_ends_with_an_ellipsis);
    tcase_add_test(tests, a_wide_character_is_never_cut);
    tcase_add_test(tests, a_wide_character_at_the_clip_leaves_its_neighbour);
    tcase_add_test(tests, every_cell_has_a_letter_for_its_role);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
