/*
 * Two runs on one screen: golden frames (make golden), properties of every
 * size, and whether the sentence names the right reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/cells/cells.h"
#include "render/draw/screen_compare.h"
#include "render/output/backend.h"
#include "render/words/narrate_compare.h"
#include "sched/analysis/comparison.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "tests/render/golden.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static const char locks[] = "machines 2\n"
                            "task A: lock m, cpu 400, unlock m\n"
                            "task B: lock m, cpu 400, unlock m\n"
                            "task C: lock m, cpu 400, unlock m\n";

static const char circle[] =
    "machines 2\n"
    "task A: lock x, cpu 10, yield, lock y, unlock y, unlock x\n"
    "task B: lock y, cpu 10, yield, lock x, unlock x, unlock y\n";

struct two {
    struct picture picture[2];
    struct compare compare;
    struct comparison verdict;
    struct view view;
};

static void open_two(struct two *two, const char *workload, const char *first,
                     const char *second)
{
    const char *const mode[2] = { first, second };
    int64_t end = 0;

    for (int i = 0; i < 2; i++) {
        struct history *history;

        picture_open(&two->picture[i], workload, mode[i], 0);
        history = two->picture[i].history;
        two->compare.side[i] = (struct compare_side){ history, mode[i],
                                                      history_machines(history),
                                                      false };
        end = history_end(history) > end ? history_end(history) : end;
    }
    two->verdict = comparison_make(two->picture[0].history,
                                   two->picture[1].history);
    two->compare.verdict = &two->verdict;
    two->view = two->picture[0].view;
    two->view.total_ns = two->view.t_ns = end;
}

static void close_two(struct two *two)
{
    picture_close(&two->picture[0]);
    picture_close(&two->picture[1]);
}

/* People who compute and wait for times of their own. */
static void open_crowd(struct two *two, int people)
{
    struct strbuf text;

    strbuf_init(&text);
    strbuf_addf(&text, "machines 4\n");
    for (int i = 0; i < people; i++)
        strbuf_addf(&text, "task t%d: cpu %d, sleep %d, cpu %d\n", i, 2 + i % 7,
                    i * 37 % 50, 1 + i % 3);
    open_two(two, text.text, "coroutine", "parallel");
    strbuf_fini(&text);
}

/* --- golden frames -------------------------------------------------------- */

enum dress {
    UNICODE,
    ASCII,
    KOREAN,
    ROLES,
    WHY,
    NUMBERS,
    FIRST, /* its turn */
    SECOND,
    COUNT,
    MANY, /* people */
    MANY_ASCII,
    MANY_KOREAN,
    MANY_FIRST,
    STUCK, /* in a deadlock */
    STUCK_KOREAN
};

static const struct golden {
    const char *first, *second;
    int width, height, t_ms; /* -1: the end */
    enum dress dress;
} golden[] = {
    { "coroutine", "parallel", 80, 24, 2900, UNICODE },
    { "coroutine", "parallel", 80, 24, 2900, ASCII },
    { "coroutine", "parallel", 80, 24, 5000, KOREAN },
    { "coroutine", "parallel", 80, 24, 2900, ROLES },
    { "coroutine", "parallel", 80, 24, -1, UNICODE },
    { "coroutine", "parallel", 80, 24, 2900, COUNT },
    { "coroutine", "parallel", 80, 24, -1, KOREAN },
    { "coroutine", "parallel", 80, 24, 1000, FIRST },
    { "coroutine", "parallel", 80, 24, 1000, SECOND },
    { "coroutine", "parallel", 80, 24, 2900, WHY },
    { "coroutine", "parallel", 80, 24, 2900, NUMBERS },
    { "coroutine", "parallel", 120, 36, 2900, UNICODE },
    { "coroutine", "parallel", 120, 36, 2900, ASCII },
    { "coroutine", "parallel", 120, 36, 5200, KOREAN },
    { "coroutine", "parallel", 120, 36, 1000, FIRST },
    { "coroutine", "parallel", 200, 60, 2900, UNICODE },
    { "coroutine", "parallel", 60, 16, 2900, UNICODE },
    { "sequential", "coroutine", 80, 24, -1, UNICODE },
    { "threads", "hybrid", 100, 30, 2900, UNICODE },
    { "coroutine", "parallel", 80, 24, 3000, MANY },
    { "coroutine", "parallel", 80, 24, 3000, MANY_ASCII },
    { "coroutine", "parallel", 80, 24, -1, MANY_KOREAN },
    { "coroutine", "parallel", 80, 24, 1000, MANY_FIRST },
    { "coroutine", "parallel", 120, 36, 3000, MANY },
    { "coroutine", "parallel", 120, 36, -1, MANY_KOREAN },
    { "threads", "parallel", 80, 24, -1, STUCK },
    { "threads", "parallel", 120, 36, -1, STUCK_KOREAN },
    { "coroutine", "parallel", 120, 36, -1, STUCK },
    { "coroutine", "parallel", 80, 24, -1, STUCK_KOREAN },
};

enum {
    GOLDEN_COUNT = sizeof golden / sizeof golden[0]
};

static const char *const dress_name[] = {
    "unicode",    "ascii",   "ko",         "roles", "why",
    "numbers",    "first",   "second",     "count", "many",
    "many-ascii", "many-ko", "many-first", "stuck", "stuck-ko"
};

static void put_on(struct two *two, const struct golden *g)
{
    if (g->t_ms >= 0)
        two->view.t_ns = g->t_ms * NS_PER_MS;
    two->view.glyphs = g->dress == ASCII || g->dress == MANY_ASCII
                           ? GLYPHS_ASCII
                           : GLYPHS_UNICODE;
    if (g->dress == COUNT)
        two->view.cursor_ns = 2000 * NS_PER_MS;
    if (g->dress == WHY)
        two->view.panel = PANEL_WHY, two->view.selected = 1;
    if (g->dress == NUMBERS)
        two->view.panel = PANEL_NUMBERS;
    if (g->dress == FIRST || g->dress == MANY_FIRST || g->dress == SECOND)
        two->compare.verdict = NULL;
    if (g->dress == FIRST || g->dress == MANY_FIRST)
        two->compare.side[1].history = NULL;
    if (g->dress == SECOND)
        two->compare.side[0].whole = true;
}

static char *draw(const struct golden *g)
{
    struct two two;
    struct cells cells;
    struct strbuf text;

    if (g->dress >= STUCK)
        open_two(&two, "crossed", g->first, g->second);
    else if (g->dress >= MANY)
        open_crowd(&two, 1000);
    else
        open_two(&two, "cafeteria", g->first, g->second);
    put_on(&two, g);
    cells_init(&cells, g->width, g->height);
    strbuf_init(&text);
    screen_compare(&cells, &two.compare, &two.view);
    if (g->dress == ROLES)
        picture_roles(&text, &cells);
    else
        backend_text(&text, &cells);
    cells_fini(&cells);
    close_two(&two);
    return text.text;
}

START_TEST(the_frame_is_as_it_should_be)
{
    const struct golden *g = &golden[_i];

    if (strstr(dress_name[g->dress], "ko") && !golden_in_korean())
        suite_skip("Korean needs catalogues and a UTF-8 locale");
    golden_expect(draw(g), "compare-%s-%s-%dx%d-%d-%s.txt", g->first, g->second,
                  g->width, g->height, g->t_ms, dress_name[g->dress]);
}
END_TEST

/* --- properties ----------------------------------------------------------- */

/* An assertion costs far more than a cell: only what is wrong is reported. */
static void check_whole(const struct cells *cells)
{
    for (int y = 0; y < cells->height; y++) {
        int x = 0;

        while (x < cells->width) {
            const struct cell *cell = cells_at(cells, x, y);

            if (cell->width < 1)
                ck_abort_msg("%dx%d: cut in column %d, row %d", cells->width,
                             cells->height, x, y);
            x += cell->width;
        }
        if (x != cells->width)
            ck_abort_msg("%dx%d: row %d", cells->width, cells->height, y);
    }
}

START_TEST(every_row_is_whole_at_every_size)
{
    struct two two;
    struct cells cells;

    open_two(&two, "cafeteria", "coroutine", "parallel");
    cells_init(&cells, 1, 1);
    for (int width = 1; width <= 300; width++)
        for (int height = 1 + width % 25; height <= 100; height += 25) {
            cells_resize(&cells, width, height);
            two.view.t_ns = (int64_t)(width * 37 + height) * NS_PER_MS;
            two.view.by_machine = height % 3 == 0;
            two.view.panel = (enum panel)(width % 4);
            screen_compare(&cells, &two.compare, &two.view);
            check_whole(&cells);
        }
    cells_fini(&cells);
    close_two(&two);
}
END_TEST

/* The column of a character in row y, or -1. */
static int find(const struct cells *cells, int y, uint32_t rune)
{
    for (int x = 0; x < cells->width; x++)
        if (cells_at(cells, x, y)->rune == rune)
            return x;
    return -1;
}

START_TEST(one_column_is_one_instant_in_both)
{
    struct two two;
    struct cells cells;
    int now[2] = { -1, -1 }, found = 0;

    open_two(&two, "task A: cpu 1000\ntask B: sleep 5000\n", "coroutine",
             "threads");
    two.view.t_ns = 3000 * NS_PER_MS;
    cells_init(&cells, 80, 24);
    screen_compare(&cells, &two.compare, &two.view);
    for (int y = 2; y < 20; y++) {
        int x = find(&cells, y, 0x2713);

        if (x >= 0 && y > 2 && found < 2)
            now[found++] = x;
    }
    ck_assert_int_eq(found, 2);
    ck_assert_int_eq(now[0], now[1]);
    cells_fini(&cells);
    close_two(&two);
}
END_TEST

/* People in the labels of the timelines, each half from the first on. */
static int people_shown(const char *text, int people, int *halves)
{
    int shown = 0, rows = 0;

    for (const char *row = text; row; row = strchr(row, '\n')) {
        char first[32], last[32];
        int count;

        row += *row == '\n';
        if (sscanf(row, " t%31[0-9]..t%31[0-9] %d", first, last, &count) != 3)
            continue;
        ck_assert_int_eq(atoi(first), shown % people);
        ck_assert_int_eq(atoi(last) - atoi(first) + 1, count);
        shown += count;
        *halves += shown % people == 0;
        rows++;
    }
    return rows;
}

START_TEST(folded_rows_hold_everybody_once_in_both)
{
    static const int crowd[] = { 150, 1000 };
    struct two two;
    struct cells cells;

    open_crowd(&two, crowd[_i / 2]);
    two.compare.side[1].history = _i % 2 ? NULL : two.compare.side[1].history;
    two.compare.verdict = _i % 2 ? NULL : two.compare.verdict;
    cells_init(&cells, 1, 1);
    for (int width = 60; width <= 200; width += 35)
        for (int height = 20; height <= 60; height += 5) {
            struct strbuf text;
            int halves = 0;

            strbuf_init(&text);
            cells_resize(&cells, width, height);
            screen_compare(&cells, &two.compare, &two.view);
            check_whole(&cells);
            backend_text(&text, &cells);
            ck_assert_int_ge(people_shown(text.text, crowd[_i / 2], &halves),
                             4);
            ck_assert_msg(halves == 2, "%dx%d:\n%s", width, height, text.text);
            strbuf_fini(&text);
        }
    cells_fini(&cells);
    close_two(&two);
}
END_TEST

START_TEST(unfolded_rows_are_people_in_both)
{
    struct two two;
    struct cells cells;
    struct strbuf text;
    int halves = 0;

    open_crowd(&two, 150);
    two.view.unfolded = true;
    two.view.selected = 77;
    cells_init(&cells, 80, 24);
    strbuf_init(&text);
    screen_compare(&cells, &two.compare, &two.view);
    backend_text(&text, &cells);
    ck_assert_int_eq(people_shown(text.text, 150, &halves), 0);
    ck_assert_ptr_nonnull(strstr(strstr(text.text, "[t77]") + 1, "[t77]"));
    strbuf_fini(&text);
    cells_fini(&cells);
    close_two(&two);
}
END_TEST

enum {
    AXIS = 18 /* its row at 80x24 */
};

/* A click in either half is where the vertical line then stands. */
START_TEST(a_click_is_an_instant_in_both)
{
    struct two two;
    struct cells cells;
    int rows = 0;

    open_two(&two, "cafeteria", "coroutine", "parallel");
    two.view.t_ns = 0; /* its own mark is out of the way */
    cells_init(&cells, 80, 24);
    for (int y = 0; y < 24; y++) {
        int64_t t_ns = -1;

        if (!screen_compare_time_at(&two.compare, &two.view, 80, 24, 40, y,
                                    &t_ns)) {
            ck_assert_int_eq(t_ns, -1);
            continue;
        }
        rows++;
        two.view.cursor_ns = t_ns;
        screen_compare(&cells, &two.compare, &two.view);
        ck_assert_int_eq(find(&cells, AXIS, 0x25B3), 40);
        ck_assert(y > 2 && y < 21); /* below the title, above the words */
    }
    ck_assert_int_ge(rows, 2 * 5 + 3 + 2); /* people, machines, the axis */
    ck_assert(!screen_compare_time_at(&two.compare, &two.view, 80, 24, 2, 5,
                                      &(int64_t){ 0 }));
    cells_fini(&cells);
    close_two(&two);
}
END_TEST

static void check_counts(const struct history *history, int64_t t_ns)
{
    const struct workload *workload = trace_workload(history_trace(history));
    int begun = 0, working = 0;

    for (size_t i = 0; i < workload->task_count; i++)
        begun += history_is_in_progress(history, (int)i, t_ns);
    for (int m = 0; m < history_machines(history); m++)
        working += history_service_at(history, m, t_ns).kind == SERVICE_BUSY;
    ck_assert_int_eq(begun, history_in_progress(history, t_ns));
    ck_assert_int_eq(working, history_working(history, t_ns));
}

START_TEST(the_counts_of_the_rows_add_up_to_the_meters)
{
    static const char *const mode[] = { "sequential", "coroutine", "threads",
                                        "parallel", "hybrid" };
    static const char *const work[] = { "cafeteria", "async-sum", "mixed" };
    struct picture picture;

    picture_open(&picture, work[_i / 5], mode[_i % 5], 0);
    for (int64_t t = 0; t <= history_end(picture.history);
         t += 13 * NS_PER_MS + 1)
        check_counts(picture.history, t);
    picture_close(&picture);
}
END_TEST

/* --- the reason ----------------------------------------------------------- */

static const struct reason {
    const char *workload, *first, *second;
    enum comparison_cause cause;
    int faster;
} reason[] = {
    { "juice", "coroutine", "parallel", COMPARISON_SHARED, 1 },
    { "juice", "parallel", "coroutine", COMPARISON_SHARED, 0 },
    { "machines 2\ntask A B: repeat 4 (cpu 10, sleep 200)\n", "coroutine",
      "parallel", COMPARISON_WAITING, -1 },
    { "noodles", "sequential", "coroutine", COMPARISON_HELD, 1 },
    { "noodles", "sequential", "parallel", COMPARISON_HELD, 1 },
    { "juice", "coroutine", "threads", COMPARISON_TURNS, -1 },
    { locks, "coroutine", "parallel", COMPARISON_BLOCKED, -1 },
    { circle, "coroutine", "sequential", COMPARISON_UNFINISHED, -1 },
};

START_TEST(the_reason_follows_from_the_numbers)
{
    const struct reason *r = &reason[_i];
    const char *const mode[2] = { r->first, r->second };
    char text[512];
    struct two two;

    open_two(&two, r->workload, r->first, r->second);
    ck_assert_int_eq(two.verdict.cause, r->cause);
    ck_assert_int_eq(two.verdict.faster, r->faster);
    narrate_compare_verdict(text, sizeof text, &two.verdict, mode);
    ck_assert_ptr_nonnull(strchr(text, ':'));
    narrate_compare_why(text, sizeof text, &two.verdict, mode);
    ck_assert_ptr_null(strchr(text, '{'));
    ck_assert_uint_gt(strlen(text), 20);
    close_two(&two);
}
END_TEST

/* A sum like "100 x 7800 ms / (2 x 4300 ms)" or "(3 + 5) / 2", counted out by
 * somebody who only knows these four shapes. */
static double count_out(const char *sum)
{
    double a, b, c;
    int n;

    if (sscanf(sum, "100 x %lf ms / (%lf x %lf ms)", &a, &b, &c) == 3)
        return 100 * a / (b * c);
    if (sscanf(sum, "%lf x %lf ms - %lf ms", &a, &b, &c) == 3)
        return a * b - c;
    ck_assert_int_eq(sum[0], '(');
    for (a = 0, sum++; sscanf(sum, "%lf%n", &b, &n) == 1; sum += n) {
        a += b;
        n += strncmp(sum + n, " + ", 3) == 0 ? 3 : 0;
    }
    ck_assert_int_eq(sscanf(sum, ") / %lf", &c), 1);
    return a / c;
}

START_TEST(the_sums_give_the_numbers)
{
    struct picture picture;
    struct metrics *metrics;
    int sums = 0;

    picture_open(&picture, "cafeteria", _i ? "parallel" : "coroutine", 0);
    metrics = metrics_new(picture.history);
    for (int i = 0; i < metrics_table_rows(metrics); i++) {
        const struct metrics_row *n = &metrics_table[i];
        struct strbuf value, sum;

        if (!n->explain)
            continue;
        strbuf_init(&value);
        strbuf_init(&sum);
        n->write(&value, metrics);
        n->explain(&sum, metrics);
        ck_assert_double_eq_tol(count_out(sum.text), atof(value.text), 0.06);
        sums++;
        strbuf_fini(&value);
        strbuf_fini(&sum);
    }
    ck_assert_int_eq(sums, 7);
    metrics_free(metrics);
    picture_close(&picture);
}
END_TEST

START_TEST(without_a_finish_there_is_no_average_and_no_sum)
{
    struct picture picture;
    struct metrics *metrics;

    picture_open(&picture,
                 "channel c\ntask A: recv c\n"
                 "task B: recv c\n",
                 "coroutine", 0);
    metrics = metrics_new(picture.history);
    for (const struct metrics_row *n = metrics_table; n->name; n++) {
        struct strbuf sum;

        strbuf_init(&sum);
        if (n->explain)
            n->explain(&sum, metrics);
        ck_assert_ptr_null(strstr(sum.text, "() / 0"));
        strbuf_fini(&sum);
    }
    metrics_free(metrics);
    picture_close(&picture);
}
END_TEST

START_TEST(the_ratio_is_that_of_the_two_ends)
{
    struct two two;
    double first, second;

    open_two(&two, "cafeteria", "coroutine", "parallel");
    first = (double)history_end(two.picture[0].history);
    second = (double)history_end(two.picture[1].history);
    ck_assert_double_eq_tol(two.verdict.ratio, first / second, 1e-9);
    close_two(&two);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/compare");
    TCase *tests = tcase_create("compare");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, the_frame_is_as_it_should_be, 0, GOLDEN_COUNT);
    tcase_add_test(tests, every_row_is_whole_at_every_size);
    tcase_add_loop_test(tests, folded_rows_hold_everybody_once_in_both, 0, 4);
    tcase_add_test(tests, unfolded_rows_are_people_in_both);
    tcase_add_test(tests, one_column_is_one_instant_in_both);
    tcase_add_test(tests, a_click_is_an_instant_in_both);
    tcase_add_loop_test(tests, the_counts_of_the_rows_add_up_to_the_meters, 0,
                        15);
    tcase_add_loop_test(tests, the_reason_follows_from_the_numbers, 0,
                        sizeof reason / sizeof *reason);
    tcase_add_loop_test(tests, the_sums_give_the_numbers, 0, 2);
    tcase_add_test(tests, without_a_finish_there_is_no_average_and_no_sum);
    tcase_add_test(tests, the_ratio_is_that_of_the_two_ends);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
