#include "tests/suite.h"

#include <string.h>

#include "lessons/edit/edit.h"
#include "lessons/lesson.h"

static const char *const names_a[] = { "A" };
static const char *const names_ab[] = { "A", "B" };
static const char *const modes[] = { "threads", "parallel" };

static struct lesson_settings settings;

static void setup(void)
{
    lesson_settings_init(&settings);
    settings.mode = modes[0];
    lesson_settings_complete(&settings);
}

/* Put the cursor on the first spot of a kind, in any row. */
static void find(struct edit *edit, enum edit_spot_kind kind)
{
    size_t row;

    for (;;) {
        if (edit_cursor(edit, &row)->kind == kind)
            return;
        if (!edit_go_spot(edit, 1)) {
            ck_assert(edit_go_row(edit, 1));
            while (edit_go_spot(edit, -1))
                continue;
        }
    }
}

START_TEST(only_what_is_unlocked_has_a_spot)
{
    static const char text[] = "shared n = 0\n"
                               "task A: cpu 100, sleep 300\n"
                               "task B: cpu 200\n";
    struct lesson_change change = { .unlocked = UNLOCK_NUMBERS,
                                    .numbers = { names_a, 1 } };
    struct edit *edit = edit_new(&change, &settings, text);
    size_t row;

    ck_assert_uint_eq(edit_rows(edit), 3);
    ck_assert_uint_eq(edit_row(edit, 0)->spot_count, 0);
    ck_assert_uint_eq(edit_row(edit, 1)->spot_count, 2);
    ck_assert_uint_eq(edit_row(edit, 2)->spot_count, 0);
    ck_assert_int_eq(edit_cursor(edit, &row)->kind, SPOT_NUMBER);
    ck_assert_uint_eq(row, 1);
    ck_assert(!edit_go_row(edit, 1));
    ck_assert(!edit_delete(edit));
    ck_assert(!edit_insert(edit, "yield"));
    ck_assert(!edit_shift_step(edit, 1));
    ck_assert(!edit_shift_line(edit, 1));
    edit_free(edit);
}
END_TEST

START_TEST(numbers_change_by_round_steps_and_by_digits)
{
    struct lesson_change change = { .unlocked = UNLOCK_NUMBERS,
                                    .numbers = { names_a, 1 } };
    struct edit *edit = edit_new(&change, &settings, "task A: cpu 200\n");

    ck_assert(edit_add(edit, -1));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 190\n");
    ck_assert(edit_add(edit, 1));
    ck_assert(edit_digit(edit, 2));
    ck_assert(edit_digit(edit, 5));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 25\n");
    ck_assert(edit_add(edit, -1));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 20\n");
    ck_assert(edit_add(edit, -1));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 19\n");
    ck_assert(!edit_digit(edit, 0));
    edit_free(edit);
}
END_TEST

START_TEST(a_number_never_falls_below_one)
{
    struct lesson_change change = { .unlocked = UNLOCK_NUMBERS,
                                    .numbers = { names_a, 1 } };
    struct edit *edit = edit_new(&change, &settings, "task A: cpu 1\n");

    ck_assert(!edit_add(edit, -1));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 1\n");
    edit_free(edit);
}
END_TEST

START_TEST(what_was_done_can_be_undone)
{
    struct lesson_change change = { .unlocked = UNLOCK_ALL };
    static const char text[] = "task A: cpu 100, yield\ntask B: cpu 5\n";
    struct edit *edit = edit_new(&change, &settings, text);

    find(edit, SPOT_STEP);
    ck_assert(edit_insert(edit, "sleep 100"));
    ck_assert(edit_shift_step(edit, 1));
    ck_assert(edit_delete(edit));
    ck_assert(edit_shift_line(edit, 1));
    ck_assert_str_eq(edit_text(edit),
                     "task B: cpu 5\ntask A: cpu 100, yield\n");
    for (int i = 0; i < 4; i++)
        ck_assert(edit_undo(edit));
    ck_assert_str_eq(edit_text(edit), text);
    ck_assert(!edit_undo(edit));
    edit_free(edit);
}
END_TEST

START_TEST(steps_move_but_brackets_stay_in_pairs)
{
    struct lesson_change change = { .unlocked = UNLOCK_STEP_ORDER,
                                    .step_order = { names_ab, 2 } };
    struct edit *edit = edit_new(&change, &settings,
                                 "task A B: repeat 2 (cpu 1), yield\n");
    size_t row;

    ck_assert(!edit_shift_step(edit, 1)); /* "(" past the only step */
    ck_assert(edit_go_spot(edit, 1));
    ck_assert(!edit_shift_step(edit, 1)); /* nothing would be repeated */
    ck_assert(edit_go_spot(edit, 1));
    ck_assert(edit_go_spot(edit, 1));
    ck_assert_int_eq(edit_cursor(edit, &row)->kind, SPOT_STEP);
    ck_assert(edit_shift_step(edit, -1));
    ck_assert_str_eq(edit_text(edit), "task A B: repeat 2 (cpu 1, yield)\n");
    edit_free(edit);
}
END_TEST

START_TEST(nothing_is_offered_where_nothing_can_be_inserted)
{
    struct lesson_change numbers = { .unlocked = UNLOCK_NUMBERS,
                                     .numbers = { names_a, 1 } };
    struct lesson_change moves = { .unlocked = UNLOCK_STEP_ORDER,
                                   .step_order = { names_a, 1 } };
    struct lesson_change all = { .unlocked = UNLOCK_ALL };
    static const char text[] = "task A: cpu 100, yield\n";
    struct edit *edit = edit_new(&numbers, &settings, text);
    const char *const *offer;
    size_t count;

    ck_assert_uint_eq(edit_offers(edit, &offer), 0);
    edit_free(edit);
    edit = edit_new(&moves, &settings, text);
    ck_assert_uint_eq(edit_offers(edit, &offer), 0);
    edit_free(edit);
    edit = edit_new(&all, &settings, text);
    find(edit, SPOT_LINE);
    count = edit_offers(edit, &offer);
    ck_assert_uint_gt(count, 0);
    for (size_t i = 0; i < count; i++) { /* what is offered can be had */
        ck_assert_uint_eq(edit_offers(edit, &offer), count);
        ck_assert(edit_insert(edit, offer[i]));
        ck_assert(edit_undo(edit));
    }
    edit_free(edit);
}
END_TEST

START_TEST(a_long_step_can_be_cut_into_turns)
{
    struct lesson_change change = { .unlocked = UNLOCK_STEPS,
                                    .steps = { names_a, 1 } };
    struct edit *edit = edit_new(&change, &settings, "task A: cpu 900\n");
    const char *const *offer;

    ck_assert_uint_gt(edit_offers(edit, &offer), 3);
    ck_assert_str_eq(offer[0], "by 100");
    ck_assert(edit_insert(edit, offer[0]));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 900 by 100\n");
    edit_free(edit);
}
END_TEST

START_TEST(a_repeat_is_put_around_a_step_and_taken_away_whole)
{
    struct lesson_change change = { .unlocked = UNLOCK_STEPS,
                                    .steps = { names_a, 1 } };
    struct edit *edit = edit_new(&change, &settings, "task A: cpu 9\n");

    ck_assert(edit_insert(edit, "repeat 2"));
    ck_assert_str_eq(edit_text(edit), "task A: repeat 2 (cpu 9)\n");
    ck_assert(edit_delete(edit));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 9\n");
    ck_assert(!edit_delete(edit)); /* a task keeps one step */
    edit_free(edit);
}
END_TEST

START_TEST(settings_stay_within_their_limits)
{
    struct lesson_change change = { .unlocked = UNLOCK_MACHINES | UNLOCK_SLICE |
                                                UNLOCK_GIL | UNLOCK_MODE,
                                    .machines = { 1, 2 },
                                    .slice = { 9, 11 },
                                    .gil = { 5, 10 },
                                    .gil_off = true,
                                    .modes = { modes, 2 } };
    struct edit *edit = edit_new(&change, &settings, "task A: cpu 9\n");

    ck_assert(edit_add(edit, 1));
    ck_assert_str_eq(edit_settings(edit)->mode, "parallel");
    ck_assert(edit_go_row(edit, 1));
    ck_assert(edit_add(edit, 1));
    ck_assert(!edit_add(edit, 1));
    ck_assert_int_eq(edit_settings(edit)->machines, 2);
    ck_assert(edit_go_row(edit, 1));
    ck_assert(edit_add(edit, 1));
    ck_assert(!edit_add(edit, 1));
    ck_assert_str_eq(edit_row(edit, 2)->text, "slice: 11");
    ck_assert(edit_go_row(edit, 1));
    ck_assert_str_eq(edit_row(edit, 3)->text, "gil: off");
    ck_assert(edit_add(edit, 1));
    ck_assert_str_eq(edit_row(edit, 3)->text, "gil: 5");
    ck_assert(edit_add(edit, -1));
    ck_assert_str_eq(edit_row(edit, 3)->text, "gil: off");
    ck_assert(!edit_add(edit, -1));
    edit_free(edit);
}
END_TEST

START_TEST(settings_are_typed_and_say_what_they_may_be)
{
    struct lesson_change change = { .unlocked = UNLOCK_MACHINES | UNLOCK_SLICE |
                                                UNLOCK_GIL | UNLOCK_MODE,
                                    .machines = { 1, 6 },
                                    .slice = { 1, 200 },
                                    .gil = { 5, 100 },
                                    .gil_off = true,
                                    .modes = { modes, 2 } };
    struct edit *edit = edit_new(&change, &settings, "task A: cpu 9\n");

    ck_assert_str_eq(edit_row(edit, 0)->choices, "threads parallel");
    ck_assert(!edit_digit(edit, 1));
    ck_assert(edit_go_row(edit, 1));
    ck_assert_str_eq(edit_row(edit, 1)->choices, "1-6");
    ck_assert(!edit_digit(edit, 0));
    ck_assert(edit_digit(edit, 3));
    ck_assert(edit_digit(edit, 5)); /* there are no 35 */
    ck_assert_int_eq(edit_settings(edit)->machines, 5);
    ck_assert(edit_go_row(edit, 1));
    ck_assert(edit_digit(edit, 5));
    ck_assert(edit_digit(edit, 0));
    ck_assert_str_eq(edit_row(edit, 2)->text, "slice: 50");
    ck_assert(edit_go_row(edit, 1));
    ck_assert_str_eq(edit_row(edit, 3)->choices, "off 5-100");
    ck_assert(edit_digit(edit, 1)); /* too small so far */
    ck_assert_str_eq(edit_row(edit, 3)->text, "gil: 5");
    ck_assert(edit_digit(edit, 2));
    ck_assert_str_eq(edit_row(edit, 3)->text, "gil: 12");
    ck_assert(edit_go_row(edit, -1));
    ck_assert(edit_go_row(edit, 1));
    ck_assert(edit_digit(edit, 0));
    ck_assert_str_eq(edit_row(edit, 3)->text, "gil: off");
    ck_assert_ptr_null(edit_row(edit, 4)->choices);
    edit_free(edit);
}
END_TEST

START_TEST(on_a_step_its_number_is_changed)
{
    struct lesson_change change = { .unlocked = UNLOCK_STEPS,
                                    .steps = { names_a, 1 } };
    struct edit *edit = edit_new(&change, &settings,
                                 "task A: cpu 100, yield\n");
    size_t row;

    find(edit, SPOT_STEP);
    ck_assert(edit_add(edit, 1));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 110, yield\n");
    ck_assert_int_eq(edit_cursor(edit, &row)->kind, SPOT_NUMBER);
    ck_assert(edit_go_spot(edit, -1));
    ck_assert(edit_digit(edit, 2));
    ck_assert(edit_digit(edit, 5));
    ck_assert_str_eq(edit_text(edit), "task A: cpu 25, yield\n");
    ck_assert(edit_go_spot(edit, 1));
    ck_assert_int_eq(edit_cursor(edit, &row)->kind, SPOT_STEP);
    ck_assert(!edit_can_add(edit)); /* yield has none */
    ck_assert(!edit_digit(edit, 2));
    ck_assert(!edit_add(edit, 1));
    edit_free(edit);
}
END_TEST

START_TEST(names_and_quoted_texts_hold_no_numbers)
{
    struct lesson_change change = { .unlocked = UNLOCK_ALL };
    struct edit *edit = edit_new(
        &change, &settings, "task A1: say \"5 a, 6)\", sum 0..99, write n+1\n");
    size_t numbers = 0;

    for (size_t i = 0; i < edit_row(edit, 0)->spot_count; i++)
        numbers += edit_row(edit, 0)->spot[i].kind == SPOT_NUMBER;
    ck_assert_uint_eq(numbers, 3);
    edit_free(edit);
}
END_TEST

/* A statement, and how many steps of it the cursor can be on. */
static const struct {
    const char *text, *written;
    size_t steps;
} cuts[] = {
    { "task A: x = (1 + 2) * 3, cpu 10*(2-me)\n", NULL, 2 },
    { "task A: while w[1-me] == 1 and (t == me) (), cpu 5\n", NULL, 3 },
    { "task A: if not (x < 3) (cpu 5) else (stop), yield\n", NULL, 7 },
    { "task A: try lock f[(me + 1) mod 5] for 10*(x+1) (cpu 1, unlock f[0])\n",
      NULL, 4 },
    { "task A: repeat (for x from c (say \"(\")), yield\n", NULL, 6 },
    { "task A: atomic (x = n, n = 1), cpu 1\n", NULL, 5 },
    { "task A: select (recv a x: cpu (1), yield; after 9: ), cpu 1\n", NULL,
      2 },
    { "task A:   # what it does\n  repeat 2 (cpu 1,\n    yield),\n  cpu 2\n",
      "task A: repeat 2 (cpu 1, yield), cpu 2\n", 5 },
};

START_TEST(steps_are_cut_where_blocks_begin_and_calculations_do_not)
{
    struct lesson_change change = { .unlocked = UNLOCK_STEP_ORDER,
                                    .step_order = { names_a, 1 } };
    struct edit *edit = edit_new(&change, &settings, cuts[_i].text);
    const char *written = cuts[_i].written ? cuts[_i].written : cuts[_i].text;

    ck_assert_uint_eq(edit_rows(edit), 1);
    ck_assert_uint_eq(strlen(edit_row(edit, 0)->text), strlen(written) - 1);
    ck_assert_mem_eq(edit_row(edit, 0)->text, written, strlen(written) - 1);
    ck_assert_uint_eq(edit_row(edit, 0)->spot_count, cuts[_i].steps);
    edit_free(edit);
}
END_TEST

START_TEST(an_else_stays_behind_its_if)
{
    struct lesson_change change = { .unlocked = UNLOCK_STEP_ORDER,
                                    .step_order = { names_a, 1 } };
    struct edit *edit = edit_new(
        &change, &settings, "task A daemon: if x (yield) else (stop), cpu 1\n");

    ck_assert(edit_go_spot(edit, 1) && edit_go_spot(edit, 1) &&
              edit_go_spot(edit, 1));
    ck_assert(!edit_shift_step(edit, 1));
    ck_assert(!edit_shift_step(edit, -1));
    edit_free(edit);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_edit");
    TCase *tcase = tcase_create("edit");

    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, only_what_is_unlocked_has_a_spot);
    tcase_add_test(tcase, numbers_change_by_round_steps_and_by_digits);
    tcase_add_test(tcase, a_number_never_falls_below_one);
    tcase_add_test(tcase, what_was_done_can_be_undone);
    tcase_add_test(tcase, steps_move_but_brackets_stay_in_pairs);
    tcase_add_test(tcase, nothing_is_offered_where_nothing_can_be_inserted);
    tcase_add_test(tcase, a_long_step_can_be_cut_into_turns);
    tcase_add_test(tcase, a_repeat_is_put_around_a_step_and_taken_away_whole);
    tcase_add_test(tcase, settings_stay_within_their_limits);
    tcase_add_test(tcase, settings_are_typed_and_say_what_they_may_be);
    tcase_add_test(tcase, on_a_step_its_number_is_changed);
    tcase_add_test(tcase, names_and_quoted_texts_hold_no_numbers);
    tcase_add_loop_test(
        tcase, steps_are_cut_where_blocks_begin_and_calculations_do_not, 0,
        sizeof cuts / sizeof *cuts);
    tcase_add_test(tcase, an_else_stays_behind_its_if);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
