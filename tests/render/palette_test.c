#include <string.h>

#include "render/cells/palette.h"
#include "render/output/backend.h"
#include "sched/base/strbuf.h"
#include "tests/suite.h"

static const int colours[] = { 0, 8, 16, 256, PALETTE_DIRECT };

enum {
    DEPTHS = sizeof colours / sizeof colours[0]
};

static struct palette palette;

static struct cell cell_of(uint32_t rune, enum role role, int task, int under)
{
    return (struct cell){ rune, 1, (uint8_t)role, (int16_t)task,
                          (int16_t)under };
}

static struct paint paint_of(uint32_t rune, enum role role, int task, int under)
{
    struct cell cell = cell_of(rune, role, task, under);

    return palette_paint(&palette, &cell);
}

START_TEST(every_role_can_be_painted_at_every_depth)
{
    for (int theme = THEME_AUTO; theme <= THEME_MONO; theme++) {
        palette_init(&palette, (enum theme)theme, colours[_i]);
        ck_assert_int_ne(palette.theme, THEME_AUTO);
        for (int role = 0; role < ROLE_COUNT; role++)
            for (int task = -1; task < TASK_COLOURS; task++) {
                struct paint paint = paint_of('A', (enum role)role, task, -1);

                ck_assert_int_eq(paint.rune, 'A');
                ck_assert_int_ge(paint.fg, PALETTE_DEFAULT);
                ck_assert_int_lt(paint.fg, colours[_i] ? colours[_i] : 1);
                ck_assert_int_lt(paint.bg, colours[_i] ? colours[_i] : 1);
            }
    }
}
END_TEST

START_TEST(a_letter_on_a_bar_vanishes_in_colour_only)
{
    struct paint paint;

    palette_init(&palette, THEME_DARK, 256);
    paint = paint_of('A', ROLE_TASK_BAR, 2, -1);
    ck_assert_int_eq(paint.fg, paint.bg);
    palette_init(&palette, THEME_MONO, 256);
    paint = paint_of('A', ROLE_TASK_BAR, 2, -1);
    ck_assert_int_eq(paint.attributes, PAINT_REVERSE);
}
END_TEST

START_TEST(edges_are_fine_only_where_two_colours_fit)
{
    palette_init(&palette, THEME_DARK, 256);
    ck_assert_int_eq(paint_of(0x258E, ROLE_TASK_BAR, 1, 2).rune, 0x258E);
    palette_init(&palette, THEME_DARK, 8);
    ck_assert_int_eq(paint_of(0x258E, ROLE_TASK_BAR, 1, 2).rune, 0x2588);
    ck_assert_int_eq(paint_of(0x258E, ROLE_TASK_BAR, 1, -1).rune, 0x258E);
    palette_init(&palette, THEME_MONO, 0);
    ck_assert_int_eq(paint_of(0x258E, ROLE_TASK_BAR, 1, -1).rune, ' ');
    ck_assert_int_eq(paint_of(0x258A, ROLE_TASK_BAR, 1, -1).rune, 0x2588);
}
END_TEST

/* Bars of A and E would run into each other in a machine's row. */
START_TEST(no_two_tasks_look_alike)
{
    for (int theme = THEME_DARK; theme <= THEME_LIGHT; theme++)
        for (int a = 1; a < TASK_COLOURS; a++)
            for (int b = 0; b < a; b++) {
                struct paint one, other;

                palette_init(&palette, (enum theme)theme, colours[_i]);
                one = paint_of(0x2588, ROLE_TASK_BAR, a, -1);
                other = paint_of(0x2588, ROLE_TASK_BAR, b, -1);
                ck_assert(one.fg != other.fg ||
                          one.attributes != other.attributes);
            }
}
END_TEST

START_TEST(only_text_in_default_colours_is_plain)
{
    palette_init(&palette, THEME_LIGHT, 256);
    ck_assert_int_eq(paint_of('a', ROLE_TEXT, -1, -1).fg, PALETTE_DEFAULT);
    ck_assert_int_eq(paint_of('a', ROLE_TITLE, -1, -1).attributes,
                     PAINT_REVERSE);
}
END_TEST

START_TEST(svg_is_closed_and_escaped)
{
    struct cells cells;
    struct strbuf out;

    cells_init(&cells, 12, 2);
    strbuf_init(&out);
    cells_text(&cells, 0, 0, -1, "a<b&한>█┏", ROLE_TEXT);
    backend_svg(&out, &cells, THEME_LIGHT);
    ck_assert_ptr_nonnull(strstr(out.text, "a&lt;b&amp;"));
    ck_assert_ptr_nonnull(strstr(out.text, ">한</text>"));
    ck_assert_ptr_null(strstr(out.text, "█"));
    ck_assert_str_eq(out.text + out.length - 7, "</svg>\n");
    strbuf_fini(&out);
    cells_fini(&cells);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/palette");
    TCase *tests = tcase_create("palette");

    tcase_add_loop_test(tests, every_role_can_be_painted_at_every_depth, 0,
                        DEPTHS);
    tcase_add_test(tests, a_letter_on_a_bar_vanishes_in_colour_only);
    tcase_add_test(tests, edges_are_fine_only_where_two_colours_fit);
    tcase_add_loop_test(tests, no_two_tasks_look_alike, 1, DEPTHS);
    tcase_add_test(tests, only_text_in_default_colours_is_plain);
    tcase_add_test(tests, svg_is_closed_and_escaped);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
