#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

#include "lessons/check.h"
#include "lessons/diags.h"
#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "tests/lessons_runner.h"

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
    /* 159 expect, 50 truth and 43 checks, these twice, in two languages */
    ck_assert_uint_eq(claims, 2 * (159 + 50 + 2 * 43));
    diags_fini(&diags);
    while (count > 0)
        lesson_free(lesson[--count]);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_check");
    TCase *tcase = tcase_create("check");

    tcase_add_test(tcase, every_claim_of_every_shipped_lesson_holds);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
