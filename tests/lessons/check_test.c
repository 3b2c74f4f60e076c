#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

#include "lessons/check/check.h"
#include "lessons/parse/diags.h"
#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "tests/lessons/runner.h"

enum {
    LESSONS_MAX = 64
};

static struct lesson *parse(const char *file, const char *text, size_t length)
{
    struct diags diags;
    struct lesson *lesson;

    diags_init(&diags);
    lesson = lesson_parse(file, text, length, &diags);
    for (size_t i = 0; i < diags.count; i++)
        fprintf(stderr, "# %s:%d:%d %s\n", file, diags.diag[i].line,
                diags.diag[i].column, diags.diag[i].message);
    ck_assert_ptr_nonnull(lesson);
    diags_fini(&diags);
    return lesson;
}

static size_t shipped(struct lesson **lesson)
{
    size_t count = 0;

    for (; embedded_lessons[count].name; count++)
        lesson[count] = parse(embedded_lessons[count].name,
                              embedded_lessons[count].text,
                              embedded_lessons[count].length);
    return count;
}

START_TEST(every_claim_of_every_shipped_lesson_holds)
{
    struct lesson *lesson[LESSONS_MAX];
    size_t count = shipped(lesson), claims;
    struct diags diags;

    diags_init(&diags);
    claims = check_lessons((const struct lesson *const *)lesson, count,
                           &model_runner, &diags);
    for (size_t i = 0; i < diags.count; i++)
        fprintf(stderr, "# %s:%d:%d %s\n", diags.diag[i].file,
                diags.diag[i].line, diags.diag[i].column,
                diags.diag[i].message);
    ck_assert_uint_eq(diags.found, 0);
    /* 216 expect, 81 truth and 59 checks, these twice, in two languages */
    ck_assert_uint_eq(claims, 2 * (216 + 81 + 2 * 59));
    diags_fini(&diags);
    while (count > 0)
        lesson_free(lesson[--count]);
}
END_TEST

/* --- what must be found --------------------------------------------------- */

static const char head[] = "# T\nid: t\nlanguage: en\n";
static const char body[] = "## Workload\n    task A B: cpu 100\n"
                           "## Run 1: r\nmode: threads\n";

static void add_problems(const char *middle, const char *language,
                         struct diags *diags)
{
    struct lesson *lesson;
    char text[8192];

    snprintf(text, sizeof text, "# T\nid: t\nlanguage: %s\n%s%s", language,
             body, middle);
    lesson = parse("t.md", text, strlen(text));
    check_lessons((const struct lesson *const[]){ lesson }, 1, &model_runner,
                  diags);
    lesson_free(lesson);
}

static void assert_found(const struct diags *diags, int line, const char *says)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->diag[i].line == line && strstr(diags->diag[i].message, says))
            return;
    ck_abort_msg("line %d: %s is not found", line, says);
}

static void assert_problem(const char *middle, int line, const char *says)
{
    struct diags diags;

    diags_init(&diags);
    add_problems(middle, "en", &diags);
    assert_found(&diags, line, says);
    diags_fini(&diags);
}

START_TEST(a_claim_that_is_not_true_is_reported_with_the_value)
{
    assert_problem("expect: makespan == 300\n", 8,
                   "\"makespan == 300\" does not hold: makespan == 200");
    assert_problem("expect: average finish == 10.5\n", 8, "== 195.0");
    assert_problem("expect: order == B A\n", 8, "order == A B A B");
}
END_TEST

#define MODIFY "## Modify\ngoal: g.\nstart: run 1\nchange: numbers A B\n"

START_TEST(a_start_that_passes_is_reported)
{
    assert_problem(MODIFY "check: makespan == 200\nsolution:\n    slice: 9\n",
                   8, "already passes");
}
END_TEST

START_TEST(a_solution_that_fails_is_reported)
{
    assert_problem(MODIFY "check: makespan == 90\nsolution:\n"
                          "    task A B: cpu 40\n",
                   12, "makespan == 80");
}
END_TEST

#define CHANGE(what, solution)                                                 \
    "## Modify\ngoal: g.\nstart: run 1\nchange: " what                         \
    "\ncheck: makespan != 200\nsolution:\n    " solution "\n"

START_TEST(a_solution_nobody_can_reach_is_reported)
{
    static const char *const unreachable[] = {
        CHANGE("machines 1-2", "task A B: cpu 90"),
        CHANGE("numbers A B", "task A B: cpu 90, yield"),
        CHANGE("step-order A B", "task A B: cpu 90"),
        CHANGE("order", "task B A: cpu 100"),
        CHANGE("steps A B", "task A: cpu 100"),
    };

    for (size_t i = 0; i < sizeof unreachable / sizeof *unreachable; i++)
        assert_problem(unreachable[i], 14, "does not unlock");
    assert_problem(CHANGE("slice 1-5", "slice: 6"), 8, "not unlock");
    assert_problem(CHANGE("slice 1-5", "mode: coroutine"), 8, "not unlock");
    assert_problem(CHANGE("machines 1-2", "slice: 0"), 8, "not unlock");
}
END_TEST

START_TEST(a_gil_that_stays_locked_cannot_be_taken_away)
{
    struct diags diags;
    struct lesson *lesson;
    static const char text[] =
        "# T\nid: t\nlanguage: en\n## Workload\n    task A B: cpu 100\n"
        "## Run 1: r\nmode: parallel\nmachines: 2\ngil: 50\n"
        "## Modify\ngoal: g.\nstart: run 1\nchange: machines 1-2\n"
        "check: makespan < 200\nsolution:\n    gil: off\n";

    diags_init(&diags);
    lesson = parse("t.md", text, strlen(text));
    check_lessons((const struct lesson *const[]){ lesson }, 1, &model_runner,
                  &diags);
    assert_found(&diags, 10, "does not unlock");
    lesson_free(lesson);
    diags_fini(&diags);
}
END_TEST

START_TEST(a_screen_that_does_not_fit_is_reported)
{
    assert_problem("## Explain\n1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n7\n\n8\n\n9\n\n10"
                   "\n\n11\n",
                   8, "21 rows");
    assert_problem(
        "## Explain\nok\n    1234567890123456789012345678901234567890"
        "12345678901234567890123456789012345\n",
        10, "79 cells");
}
END_TEST

START_TEST(korean_in_the_wrong_voice_is_reported)
{
    struct diags diags;

    diags_init(&diags);
    add_problems("## 설명\n좋아요.\n좋습니다.\n## 강의 노트\n좋습니다.\n", "ko",
                 &diags);
    assert_found(&diags, 10, "니다.");
    ck_assert_uint_eq(diags.count, 1);
    diags_fini(&diags);
}
END_TEST

/* One line of a translation differs from the original's. */
static void assert_differs(const char *from, const char *to)
{
    static const char rest[] =
        "expect: makespan == 200\n"
        "## Observe\nabout: run 1\nq?\n- [x] a\n  > x\n- [ ] b\n  > y\n"
        "truth: run 1 makespan == 200\n" MODIFY
        "check: makespan < 200\nhint: h\nsolution:\n    task A B: cpu 40\n";
    struct lesson *lesson[2];
    char original[2048], translation[2048], *place;
    struct diags diags;

    diags_init(&diags);
    snprintf(original, sizeof original, "%s%s%s", head, body, rest);
    place = strstr(original, from);
    ck_assert_ptr_nonnull(place);
    snprintf(translation, sizeof translation,
             "# T\nid: t\nlanguage: tl\n%.*s%s%s",
             (int)(place - original) - (int)strlen(head),
             original + strlen(head), to, place + strlen(from));
    lesson[0] = parse("t.en.md", original, strlen(original));
    lesson[1] = parse("t.tl.md", translation, strlen(translation));
    check_translation(lesson[0], lesson[1], &diags);
    ck_assert_msg((diags.count == 0) == (strcmp(from, to) == 0), "%s", from);
    lesson_free(lesson[0]);
    lesson_free(lesson[1]);
    diags_fini(&diags);
}

START_TEST(a_translation_gives_the_same_commands)
{
    assert_differs("q?", "q?");
    assert_differs("expect: makespan == 200", "expect: makespan == 201");
    assert_differs("- [x] a\n  > x\n- [ ] b", "- [ ] a\n  > x\n- [x] b");
    assert_differs("cpu 100", "cpu 99");
    assert_differs("mode: threads", "mode: coroutine");
    assert_differs("change: numbers A B", "change: numbers A");
    assert_differs("hint: h\n", "");
    assert_differs("cpu 40", "cpu 41");
    assert_differs("## Observe", "## Explain\nmore\n## Observe");
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_check");
    TCase *tcase = tcase_create("check");

    tcase_add_test(tcase, every_claim_of_every_shipped_lesson_holds);
    tcase_add_test(tcase, a_claim_that_is_not_true_is_reported_with_the_value);
    tcase_add_test(tcase, a_start_that_passes_is_reported);
    tcase_add_test(tcase, a_solution_that_fails_is_reported);
    tcase_add_test(tcase, a_solution_nobody_can_reach_is_reported);
    tcase_add_test(tcase, a_gil_that_stays_locked_cannot_be_taken_away);
    tcase_add_test(tcase, a_screen_that_does_not_fit_is_reported);
    tcase_add_test(tcase, korean_in_the_wrong_voice_is_reported);
    tcase_add_test(tcase, a_translation_gives_the_same_commands);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
