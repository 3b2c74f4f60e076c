#include "render/cells/cells.h"
#include "render/output/shown.h"
#include "tests/suite.h"

static struct cells cells;
static struct shown shown;

static void setup(void)
{
    cells_init(&cells, 8, 3);
    shown_fini(&shown);
}

static void teardown(void)
{
    cells_fini(&cells);
    shown_fini(&shown);
}

/* Show a frame; returns the rows that had to be, bit by bit. */
static int show(void)
{
    int rows = 0;

    for (int y = 0; y < cells.height; y++)
        rows |= !shown_has_row(&shown, &cells, y) << y;
    return rows;
}

START_TEST(the_first_frame_has_every_row)
{
    ck_assert_int_eq(show(), 7);
}
END_TEST

START_TEST(a_frame_has_the_rows_that_are_different)
{
    show();
    ck_assert_int_eq(show(), 0);
    cells_text(&cells, 7, 1, -1, "x", ROLE_TEXT);
    ck_assert_int_eq(show(), 2);
    cells_text_styled(&cells, 7, 1, -1, "x", STYLE_TASK(ROLE_TEXT, 3));
    ck_assert_int_eq(show(), 2);
    ck_assert_int_eq(show(), 0);
}
END_TEST

START_TEST(what_is_forgotten_is_shown_again)
{
    show();
    shown_forget(&shown);
    ck_assert_int_eq(show(), 7);
    ck_assert_int_eq(show(), 0);
}
END_TEST

START_TEST(a_grid_of_another_size_is_shown_whole)
{
    show();
    cells_resize(&cells, 8, 5);
    ck_assert_int_eq(show(), 31);
    cells_resize(&cells, 4, 2);
    ck_assert_int_eq(show(), 3);
    ck_assert_int_eq(show(), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/shown");
    TCase *tests = tcase_create("shown");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_first_frame_has_every_row);
    tcase_add_test(tests, a_frame_has_the_rows_that_are_different);
    tcase_add_test(tests, what_is_forgotten_is_shown_again);
    tcase_add_test(tests, a_grid_of_another_size_is_shown_whole);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
