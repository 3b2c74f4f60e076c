/*
 * Many people: what is folded is exact, complete, and can be unfolded.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/cells/cells.h"
#include "render/draw/screen.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

enum {
    PEOPLE = 131 /* groups of three, and the last of two */
};

static struct picture picture;

/* Everybody computes and waits for times of their own. */
static void open_crowd(const char *mode, int machines)
{
    struct strbuf text;

    strbuf_init(&text);
    for (int i = 0; i < PEOPLE; i++)
        strbuf_addf(&text,
                    "task t%d: repeat %d (cpu %d by 1, lock m, sleep %d, "
                    "unlock m)\n",
                    i, 3 + i % 4, 2 + i % 7, i * 37 % 11);
    picture_open(&picture, text.text, mode, machines);
    strbuf_fini(&text);
}

/* What a slow look at every task of a group says. */
static int64_t slow_time(int group, enum task_state state, int64_t a, int64_t b)
{
    int size = history_group_size(picture.history);
    int64_t sum = 0;

    for (int i = group * size; i < (group + 1) * size && i < PEOPLE; i++)
        sum += history_time_in(picture.history, i, state, a, b);
    return sum;
}

static void check_between(struct group_walk *walk, int64_t a, int64_t b)
{
    struct group_times before[HISTORY_GROUPS], after[HISTORY_GROUPS];

    history_group_walk_to(walk, a, before);
    history_group_walk_to(walk, b, after);
    for (int g = 0; g < history_groups(picture.history); g++)
        for (int i = 0; i < STATE_COUNT; i++)
            ck_assert_int_eq((int64_t)(after[g].ns[i] - before[g].ns[i]),
                             slow_time(g, (enum task_state)i, a, b));
}

START_TEST(the_time_of_a_group_is_that_of_its_tasks)
{
    struct group_walk *walk;
    int64_t end;

    open_crowd("hybrid", 3);
    ck_assert_uint_gt(trace_count(picture.trace), 4096);
    ck_assert_int_le(history_groups(picture.history), HISTORY_GROUPS);
    end = history_end(picture.history);
    walk = history_group_walk_new(picture.history);
    for (int i = 0; i < 40; i++) { /* forward, and back again */
        int64_t at = end * (i * 17 % 40) / 40;

        check_between(walk, at, at + end / (i + 1));
    }
    check_between(walk, -5, end + 5);
    history_group_walk_free(walk);
    picture_close(&picture);
}
END_TEST

START_TEST(groups_follow_a_run_that_grows)
{
    struct trace *grown;
    struct history *history, *whole;
    size_t count;

    open_crowd("coroutine", 1);
    whole = picture.history;
    count = trace_count(picture.trace);
    grown = trace_new(picture.workload, trace_info(picture.trace));
    history = picture.history = history_new(grown);
    for (size_t i = 0; i < count; i++) {
        trace_add(grown, *trace_at(picture.trace, i));
        if (i % 1024 && i + 1 < count)
            continue; /* read in pieces, some as large as a stored block */
        history_update(history);
        struct group_walk *walk = history_group_walk_new(history);

        check_between(walk, history_end(history) / 3, history_end(history));
        history_group_walk_free(walk);
    }
    history_free(history);
    trace_free(grown);
    picture.history = whole;
    picture_close(&picture);
}
END_TEST

/* The count at the end of each label: how many rows, and how many people. */
static int people_shown(const char *text, int *rows)
{
    int people = 0;

    for (const char *row = text; row; row = strchr(row, '\n')) {
        char first[32], last[32];
        int count;

        row += *row == '\n';
        if (sscanf(row, " t%31[0-9]..t%31[0-9] %d", first, last, &count) == 3) {
            ck_assert_int_eq(atoi(last) - atoi(first) + 1, count);
            ck_assert_int_eq(atoi(first), people);
            people += count;
            ++*rows;
        }
    }
    return people;
}

START_TEST(folded_rows_hold_everybody_once)
{
    open_crowd("hybrid", 3);
    for (int width = 60; width <= 200; width += 35)
        for (int height = 20; height <= 60; height += 5) {
            char *text = picture_text(&picture, width, height, 500, 0);
            int rows = 0;

            ck_assert_msg(people_shown(text, &rows) == PEOPLE, "%dx%d:\n%s",
                          width, height, text);
            ck_assert_int_ge(rows, 2);
            free(text);
        }
    picture_close(&picture);
}
END_TEST

START_TEST(unfolded_rows_are_people)
{
    char *text;
    int rows = 0;

    open_crowd("hybrid", 3);
    picture.view.unfolded = true;
    picture.view.selected = 77;
    text = picture_text(&picture, 80, 30, 500, 0);
    ck_assert_int_eq(people_shown(text, &rows), 0);
    ck_assert_ptr_nonnull(strstr(text, "[t77]"));
    free(text);
    picture_close(&picture);
}
END_TEST

/* One machine: in any column the heights of all rows fill one cell at most. */
START_TEST(heights_of_one_machine_fill_one_machine)
{
    struct cells cells;
    int cells_compared = 0;

    open_crowd("coroutine", 1);
    cells_init(&cells, 160, 60);
    picture.view.t_ns = history_end(picture.history);
    screen_draw(&cells, picture.history, &picture.view);
    for (int x = 20; x < 159; x++) {
        int eighths = 0, rows = 0;

        for (int y = 20; y < 55; y++) {
            uint32_t rune = cells_at(&cells, x, y)->rune;

            if (rune > 0x2580 && rune <= 0x2588 &&
                cells_at(&cells, 1, y)->rune == 't') {
                eighths += (int)rune - 0x2580;
                rows++;
            }
        }
        ck_assert_int_le(eighths, 8 + rows);
        cells_compared += rows;
    }
    ck_assert_int_gt(cells_compared, 100);
    cells_fini(&cells);
    picture_close(&picture);
}
END_TEST

static void ck_rows(const char *workload, int height, const char *const *row)
{
    char *text;

    picture_open(&picture, workload, "coroutine", 0);
    text = picture_text(&picture, 80, height, 100, 0);
    for (; *row; row++)
        ck_assert_msg(strstr(text, *row) != NULL, "no row %s in\n%s", *row,
                      text);
    free(text);
    picture_close(&picture);
}

/* S does alone what nobody can help with: no group hides that. */
START_TEST(people_of_one_name_keep_together)
{
    static const char *const row[] = {
        "\n S              1 ", "\n A1..A8         8 ", "\n B1..B4         4 ",
        "\n B5..B9         5 ", "\n C10..C17       8 ", NULL
    };

    ck_rows("task S: cpu 20\n"
            "task A1 A2 A3 A4 A5 A6 A7 A8: cpu 10\n"
            "task B1 B2 B3 B4 B5 B6 B7 B8 B9: cpu 10\n"
            "task C10 C11 C12 C13 C14 C15 C16 C17: cpu 10\n",
            18, row);
}
END_TEST

START_TEST(with_fewer_rows_than_names_they_do_too)
{
    static const char *const row[] = { "\n S              1 ",
                                       "\n A1..A3         3 ",
                                       "\n B1..C3         6 ",
                                       "\n D1..D3         3 ",
                                       "\n E1..E3         3 ",
                                       "\n F1..G3         6 ",
                                       NULL };

    ck_rows("task S: cpu 20\n"
            "task A1 A2 A3 B1 B2 B3 C1 C2 C3 D1 D2 D3: cpu 10\n"
            "task E1 E2 E3 F1 F2 F3 G1 G2 G3: cpu 10\n",
            16, row);
}
END_TEST

START_TEST(many_machines_take_few_rows)
{
    char *text;

    open_crowd("parallel", 40);
    text = picture_text(&picture, 200, 60, 100, 0);
    ck_assert_ptr_nonnull(strstr(text, " M1-5 "));
    ck_assert_ptr_nonnull(strstr(text, " M36-40 "));
    free(text);
    picture_close(&picture);
}
END_TEST

START_TEST(shares_are_digits_in_ascii)
{
    char *text;

    open_crowd("hybrid", 3);
    picture.view.glyphs = GLYPHS_ASCII;
    text = picture_text(&picture, 100, 30, 500, 0);
    for (const char *p = text; *p; p++)
        ck_assert_int_lt((unsigned char)*p, 0x7F);
    free(text);
    picture_close(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/fold");
    TCase *tests = tcase_create("fold");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_time_of_a_group_is_that_of_its_tasks);
    tcase_add_test(tests, groups_follow_a_run_that_grows);
    tcase_add_test(tests, folded_rows_hold_everybody_once);
    tcase_add_test(tests, unfolded_rows_are_people);
    tcase_add_test(tests, heights_of_one_machine_fill_one_machine);
    tcase_add_test(tests, people_of_one_name_keep_together);
    tcase_add_test(tests, with_fewer_rows_than_names_they_do_too);
    tcase_add_test(tests, many_machines_take_few_rows);
    tcase_add_test(tests, shares_are_digits_in_ascii);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
