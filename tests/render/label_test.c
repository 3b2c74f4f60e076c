/*
 * What stands beside the bars: meters, labels, and the word where nothing is.
 */
#include <stdlib.h>
#include <string.h>

#include "sched/base/strbuf.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static struct picture picture;
static char *text;

static void draw(const char *workload, const char *mode, int machines,
                 int width, int height)
{
    picture_open(&picture, workload, mode, machines);
    text = picture_text(&picture, width, height, 15, 0);
}

static void clean_up(void)
{
    free(text);
    picture_close(&picture);
}

/* Three digits are wider than the meter when they are big. */
START_TEST(a_number_too_wide_to_be_big_is_small_and_whole)
{
    struct strbuf workload;

    strbuf_init(&workload);
    strbuf_adds(&workload, "task");
    for (int i = 0; i < 235; i++)
        strbuf_addf(&workload, " t%d", i);
    strbuf_adds(&workload, ": sleep 1000\n");
    draw(workload.text, "coroutine", 1, 120, 36);
    ck_assert_ptr_nonnull(strstr(text, "  235\n"));
    clean_up();
    strbuf_fini(&workload);
}
END_TEST

/* The same numbers as in "starts on machine 2"; counts do not touch them. */
START_TEST(machines_have_one_number_everywhere)
{
    picture_open(&picture, "task A B: cpu 20\n", "parallel", 2);
    picture.view.cursor_ns = 10000000;
    text = picture_text(&picture, 80, 24, 15, 0);
    ck_assert_ptr_nonnull(strstr(text, "MACHINE 1"));
    ck_assert_ptr_nonnull(strstr(text, "\n M1  1"));
    ck_assert_ptr_nonnull(strstr(text, "\n M2  2"));
    ck_assert_ptr_null(strstr(text, "cpu"));
    clean_up();
}
END_TEST

START_TEST(where_nobody_computes_the_empty_row_says_why)
{
    draw("task A: sleep 20\n", "coroutine", 1, 80, 24);
    ck_assert_ptr_nonnull(strstr(text, " CPU   no task has a cpu step"));
    clean_up();
    draw("task A: sleep 20, cpu 1\n", "coroutine", 1, 80, 24);
    ck_assert_ptr_null(strstr(text, "no task has a cpu step"));
    clean_up();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("label");
    TCase *tcase = tcase_create("label");

    tcase_add_test(tcase, a_number_too_wide_to_be_big_is_small_and_whole);
    tcase_add_test(tcase, machines_have_one_number_everywhere);
    tcase_add_test(tcase, where_nobody_computes_the_empty_row_says_why);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
