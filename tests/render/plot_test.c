#include "render/cells/cells.h"
#include "render/draw/draw_plot.h"
#include "render/output/backend.h"
#include "sched/base/strbuf.h"
#include "tests/suite.h"

static struct cells cells;
static struct draw_plot plot;

/* Ten columns for 1 to 10, five rows for 0 to 8. */
static void setup(void)
{
    cells_init(&cells, DRAW_PLOT_LEFT + 10 + DRAW_PLOT_RIGHT,
               5 + DRAW_PLOT_BELOW);
    plot = (struct draw_plot){
        &cells, DRAW_PLOT_LEFT, 0, 10, 5, 1, 10, 8, true
    };
}

static void teardown(void)
{
    cells_fini(&cells);
}

static void check(const char *expected)
{
    struct strbuf text;

    strbuf_init(&text);
    backend_text(&text, &cells);
    ck_assert_str_eq(text.text, expected);
    strbuf_fini(&text);
}

START_TEST(axes_have_numbers)
{
    draw_plot_axes(&plot);
    check("       |\n"
          "       |\n"
          "     5 |\n"
          "       |\n"
          "     0 |\n"
          "       +----------\n"
          "        1   5    10\n");
}
END_TEST

START_TEST(numbers_of_axes_are_round)
{
    static const struct {
        double value, top;
        int rows;
    } known[] = { { 1, 1, 14 },    { 1.2, 2, 14 }, { 2.39, 3, 14 },
                  { 5.97, 6, 14 }, { 6, 6, 14 },   { 7.2, 8, 14 },
                  { 5.97, 10, 4 }, { 63, 70, 14 }, { 64, 80, 8 } };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ck_assert_double_eq(draw_plot_top(known[i].value, known[i].rows),
                            known[i].top);
    cells_resize(&cells, DRAW_PLOT_LEFT + 36 + DRAW_PLOT_RIGHT,
                 13 + DRAW_PLOT_BELOW);
    plot = (struct draw_plot){
        &cells, DRAW_PLOT_LEFT, 0, 36, 13, 1, 6, 6, true
    };
    draw_plot_axes(&plot);
    check("     6 |\n       |\n     5 |\n       |\n     4 |\n       |\n"
          "     3 |\n       |\n     2 |\n       |\n     1 |\n       |\n"
          "     0 |\n"
          "       +------------------------------------\n"
          "        1      2      3      4      5      6\n");
}
END_TEST

START_TEST(points_are_where_their_numbers_are)
{
    for (int column = 0; column < 10; column++)
        ck_assert_int_eq(
            draw_plot_column(&plot, draw_plot_number(&plot, column)), column);
    draw_plot_point(&plot, draw_plot_column(&plot, 10), 8, "#", ROLE_METER);
    draw_plot_point(&plot, draw_plot_column(&plot, 1), 4, "#", ROLE_TEXT);
    check("                 #\n\n        #\n\n\n\n\n");
    ck_assert_int_eq(cells_at(&cells, DRAW_PLOT_LEFT + 9, 0)->role, ROLE_METER);
}
END_TEST

START_TEST(nothing_is_drawn_beyond_the_plot)
{
    draw_plot_point(&plot, 0, 0, "#", ROLE_TEXT);
    draw_plot_point(&plot, 0, -1, "#", ROLE_TEXT);
    draw_plot_point(&plot, 0, 100, "#", ROLE_TEXT);
    draw_plot_point(&plot, -1, 4, "#", ROLE_TEXT);
    draw_plot_point(&plot, 10, 4, "#", ROLE_TEXT);
    check("\n\n\n\n\n\n\n");
}
END_TEST

static double always_half(const void *top, double number)
{
    (void)number;
    return *(const double *)top / 2;
}

/* Halfway up, of three rows: the third dot of the middle one. Dots of a cell
 * are those of both curves, and a point covers them. */
START_TEST(a_curve_is_finer_than_cells)
{
    const struct cell *first;

    plot.rows = 3;
    draw_plot_curve(&plot, PLOT_DOTTED, always_half, &plot.top);
    first = cells_at(&cells, plot.x, plot.y + 1);
    ck_assert_uint_eq(first->rune, 0x2804);
    ck_assert_uint_eq(cells_at(&cells, plot.x + 1, plot.y + 1)->rune, ' ');
    draw_plot_curve(&plot, PLOT_SOLID, always_half, &plot.top);
    ck_assert_uint_eq(first->rune, 0x2824);
    draw_plot_point(&plot, 0, plot.top / 2, "#", ROLE_TEXT);
    ck_assert_uint_eq(first->rune, '#');
    plot.top = 0; /* of nothing, half of it: not known */
    draw_plot_curve(&plot, PLOT_SOLID, always_half, &plot.top);
    ck_assert_uint_eq(cells_at(&cells, plot.x, plot.y + 2)->rune, ' ');
}
END_TEST

START_TEST(what_is_drawn_later_covers)
{
    draw_plot_line(&plot, 0, ":", ROLE_TEXT);
    draw_plot_point(&plot, 0, 6, "#", ROLE_TEXT);
    check("        :\n        #\n        :\n        :\n        :\n\n\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/plot");
    TCase *tests = tcase_create("plot");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, axes_have_numbers);
    tcase_add_test(tests, numbers_of_axes_are_round);
    tcase_add_test(tests, points_are_where_their_numbers_are);
    tcase_add_test(tests, nothing_is_drawn_beyond_the_plot);
    tcase_add_test(tests, a_curve_is_finer_than_cells);
    tcase_add_test(tests, what_is_drawn_later_covers);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
