#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

#include "lessons/claim/predicate.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/workload/workload.h"

/* The smallest useful lesson; the line numbers stand at the right. */
static const char *const sound[] = {
    "# Does a second machine help?",                   /* 1 */
    "id: my-first",                                    /* 2 */
    "language: en",                                    /* 3 */
    "",                                                /* 4 */
    "## Workload",                                     /* 5 */
    "    task A B: cpu 300",                           /* 6 */
    "## Predict",                                      /* 7 */
    "about: run 1",                                    /* 8 */
    "Two tasks of 300 ms on two machines: how long?",  /* 9 */
    "- [x] 300 ms",                                    /* 10 */
    "  > Each has its own machine.",                   /* 11 */
    "- [ ] 600 ms",                                    /* 12 */
    "  > That is one machine.",                        /* 13 */
    "truth: run 1 makespan == 300",                    /* 14 */
    "## Run 1: two machines",                          /* 15 */
    "mode: parallel",                                  /* 16 */
    "machines: 2",                                     /* 17 */
    "expect: order == A B",                            /* 18 */
    "## Reflect",                                      /* 19 */
    "It took {run 1 makespan} ms.",                    /* 20 */
    "## Modify",                                       /* 21 */
    "goal: Faster.",                                   /* 22 */
    "start: run 1",                                    /* 23 */
    "change: numbers A B, machines 1-6, mode threads", /* 24 */
    "check: makespan <= 50% of run 1",                 /* 25 */
    "hint: Less.",                                     /* 26 */
    "solution:",                                       /* 27 */
    "    machines: 2",                                 /* 28 */
    "    task A B: cpu 100",                           /* 29 */
    "## Summary",                                      /* 30 */
    "Yes.",                                            /* 31 */
};

enum {
    SOUND_LINES = sizeof sound / sizeof *sound
};

/* The sound lesson with one line (0: none) written differently. */
static void write_lesson(struct strbuf *out, int line, const char *instead,
                         const char *end)
{
    strbuf_init(out);
    for (int i = 0; i < SOUND_LINES; i++) {
        strbuf_adds(out, i + 1 == line ? instead : sound[i]);
        strbuf_adds(out, end);
    }
}

static struct lesson *parse(const char *text, size_t length,
                            struct diags *diags)
{
    diags_init(diags);
    return lesson_parse("my.en.md", text, length, diags);
}

/* clang-format off */
static const struct {
    int line;            /* of the sound lesson, replaced by */
    const char *instead;
    int at, column;      /* where the problem must be found */
    const char *says;    /* a piece of its message */
} malformed[] = {
    {1, "Does a second machine help?", 1, 1, "first line"},
    {2, "", 1, 1, "id"},
    {2, "id: My First", 1, 1, "lowercase letters"},
    {1, "# ", 1, 1, "first line"},
    {2, "id:", 2, 4, "missing"},
    {2, "id: abcdefghij-abcdefghij-abcdefghij-abcdefghij", 1, 1, "lowercase"},
    {3, "", 1, 1, "language"},
    {3, "language: english", 1, 1, "two or three letters"},
    {4, "id: again", 4, 1, "duplicate"},
    {4, "colour: red", 4, 1, "before the first heading"},
    {4, "minutes: many", 4, 10, "1 to 600"},
    {5, "## Work", 5, 1, "unknown"},
    {5, "### Workload", 5, 1, "unknown"},
    {6, "task A B: cpu 300", 6, 1, "indent task lines"},
    {6, "    task A B: dance 300", 6, 15, ""},
    {6, "    task A B: cpu 1, send c", 6, 22, ""},
    {6, "", 5, 1, "task lines"},
    {6, "    task A B: repeat 1000000 (say \"x\")", 15, 1, "more than"},
    {6, "    task A B: cpu forever", 15, 1, "limit"},
    {7, "## Predict now", 7, 12, "after the heading"},
    {8, "", 7, 1, "about"},
    {8, "about: run 7", 7, 1, "no run 7"},
    {8, "about: the run", 8, 8, "number"},
    {8, "about: run 1\nabout: run 1", 9, 1, "duplicate"},
    {9, "", 7, 1, "a question"},
    {10, "- [ ] 300 ms", 7, 1, "[x]"},
    {10, "- [y] 300 ms", 10, 1, "write a choice"},
    {10, "- [x] ", 10, 1, "write a choice"},
    {11, "", 10, 1, "needs an explanation"},
    {12, "- [x] 600 ms", 12, 1, "two choices"},
    {13, "  > 1\n- [ ] 3\n  > 3\n- [ ] 4\n  > 4\n- [ ] 5\n  > 5\n- [ ] 6\n  > 6",
     20, 1, "at most 5"},
    {13, "That is one machine.", 13, 1, "not allowed"},
    {14, "", 7, 1, "truth"},
    {14, "truth: run 1 makespn == 300", 14, 14, "no such number"},
    {14, "truth: run 1 makespan = 300", 14, 23, "=="},
    {14, "truth: run 1 makespan == soon", 14, 26, "number"},
    {14, "truth: run 1 finish C == 300", 14, 8, "\"C\""},
    {14, "truth: run 9 makespan == 300", 14, 8, "no run 9"},
    {14, "truth: run 1 makespan == 300 ms", 14, 30, "text at the end"},
    {15, "## Run: two machines", 15, 7, "## Run 1"},
    {15, "## Run 2: two machines", 7, 1, "no run 1"},
    {15, "## Run 1 two machines", 15, 8, "## Run 1: title"},
    {16, "mode: pararell", 16, 7, "modes are"},
    {16, "", 15, 1, "mode"},
    {16, "mode: threads", 15, 1, "one machine"},
    {17, "", 15, 1, "machines"},
    {17, "machines: 2000", 17, 11, "1 to 64"},
    {17, "machine: 2", 17, 1, "\"machine:\""},
    {18, "expect: order == A C", 18, 9, "not every name"},
    {18, "expect: order < A B", 18, 17, "!="},
    {18, "expect: run 1 makespan == 3", 18, 9, "leave"},
    {18, "workload: two", 15, 1, "\"two\""},
    {18, "policy: none", 18, 9, "none"},
    {18, "policy: pick", 18, 9, "somebody picks"},
    {18, "show: program\nshow: values", 19, 1, "duplicate"},
    {18, "an-unknown-key-that-is-very-long-indeed-and-longer: x", 18, 1,
     "\"an-unknown-key-that-is-very-long-indeed-:\""},
    {18, "check: makespan == 3", 18, 1, "\"check:\""},
    {18, "show: program picture", 18, 15, "\"output\""},
    {18, "show: values values", 18, 14, "\"output\""},
    {18, "show:", 18, 6, "\"output\""},
    {20, "It took {run 1 makespam} ms.", 20, 9, "write a number"},
    {20, "It took {run 2 makespan} ms.", 20, 9, "no run 2"},
    {20, "It took {run 1 makespan:99} ms.", 20, 9, "write a number"},
    {20, "", 19, 1, "some text"},
    {22, "", 21, 1, "goal"},
    {22, "goal:", 21, 1, "goal"},
    {23, "start: run 4", 21, 1, "no run 4"},
    {24, "change: numbers A Z", 21, 1, "\"Z\""},
    {24, "change: numbers A, machines 6", 24, 20, "machines 1-6"},
    {24, "change: machines", 24, 9, "machines 1-6"},
    {24, "change: slice 1-5 6", 24, 9, ""},
    {24, "change: gil off", 24, 9, ""},
    {24, "change: gil 1-5 6", 24, 9, ""},
    {24, "", 21, 1, "change"},
    {25, "check: makespan <= 50% of run 5", 25, 8, "no run 5"},
    {25, "check: makespan <= 50% run 1", 25, 24, "of run"},
    {25, "", 21, 1, "check"},
    {27, "", 28, 5, "not allowed"},
    {29, "    task A B: cup 100", 29, 15, ""},
    {30, "## Run 1: again", 30, 1, "two runs"},
    {31, "", 30, 1, "some text"},
};
/* clang-format on */

START_TEST(the_smallest_useful_lesson_is_read)
{
    struct strbuf text;
    struct diags diags;
    struct lesson *lesson;

    write_lesson(&text, 0, NULL, "\n");
    lesson = parse(text.text, text.length, &diags);
    for (size_t i = 0; i < diags.count; i++)
        fprintf(stderr, "# %d:%d %s\n", diags.diag[i].line,
                diags.diag[i].column, diags.diag[i].message);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_str_eq(lesson->id, "my-first");
    ck_assert_uint_eq(lesson->screen_count, 6);
    ck_assert_uint_eq(lesson->screen[1].choice_count, 2);
    ck_assert_str_eq(lesson->screen[1].choice[0].why,
                     "Each has its own machine.");
    ck_assert_int_eq(lesson->screen[4].change.machines.max, 6);
    ck_assert_str_eq(lesson->screen[4].solution, "task A B: cpu 100");
    ck_assert_int_eq(lesson->screen[4].settings.machines, 2);
    ck_assert_int_eq(lesson->workload[0].workload->line_count, 1);
    lesson_free(lesson);
    strbuf_fini(&text);
    diags_fini(&diags);
}
END_TEST

START_TEST(a_run_says_what_it_shows)
{
    struct strbuf text;
    struct diags diags;
    struct lesson *lesson;

    write_lesson(&text, 18, "show: output program", "\n");
    lesson = parse(text.text, text.length, &diags);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_uint_eq(lesson->screen[2].show,
                      LESSON_SHOW_PROGRAM | LESSON_SHOW_OUTPUT);
    lesson_free(lesson);
    strbuf_fini(&text);
    diags_fini(&diags);
}
END_TEST

static void print_found(const char *instead, const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        fprintf(stderr, "# %s -> %d:%d %s\n", instead, diags->diag[i].line,
                diags->diag[i].column, diags->diag[i].message);
}

START_TEST(a_malformed_lesson_is_refused_at_the_right_place)
{
    struct strbuf text;
    struct diags diags;
    bool found = false;

    write_lesson(&text, malformed[_i].line, malformed[_i].instead, "\n");
    ck_assert_ptr_null(parse(text.text, text.length, &diags));
    for (size_t i = 0; i < diags.count; i++)
        found |= diags.diag[i].line == malformed[_i].at &&
                 diags.diag[i].column == malformed[_i].column &&
                 strstr(diags.diag[i].message, malformed[_i].says);
    if (!found)
        print_found(malformed[_i].instead, &diags);
    ck_assert_msg(found, "%s is not reported at %d:%d", malformed[_i].instead,
                  malformed[_i].at, malformed[_i].column);
    strbuf_fini(&text);
    diags_fini(&diags);
}
END_TEST

START_TEST(keys_in_the_middle_of_a_question_are_no_part_of_it)
{
    struct strbuf text;
    struct diags diags;
    struct lesson *lesson;

    write_lesson(&text, 8, "Look.\nabout: run 1", "\n");
    lesson = parse(text.text, text.length, &diags);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_str_eq(lesson->screen[1].text,
                     "Look.\n\nTwo tasks of 300 ms on two machines: how long?");
    ck_assert_int_eq(lesson->screen[1].text_line, 8);
    lesson_free(lesson);
    strbuf_fini(&text);
    diags_fini(&diags);
}
END_TEST

/* A mark at the beginning, tabs, an answer and an explanation of two lines, and
 * no end of the last line. */
START_TEST(what_editors_do_is_accepted)
{
    struct strbuf text;
    struct diags diags;
    struct lesson *lesson;

    write_lesson(&text, 11,
                 "  of work\n\t\n  >\n  > Each has its\n\town machine.", "\n");
    strbuf_adds(&text, "No end");
    lesson = parse(text.text, text.length, &diags);
    print_found("", &diags);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_str_eq(lesson->screen[1].choice[0].text, "300 ms of work");
    ck_assert_str_eq(lesson->screen[1].choice[0].why,
                     "Each has its own machine.");
    lesson_free(lesson);
    strbuf_fini(&text);
    diags_fini(&diags);
}
END_TEST

START_TEST(a_mark_of_utf_8_and_tabs_are_no_part_of_a_lesson)
{
    struct strbuf marked, text;
    struct diags diags;
    struct lesson *lesson;

    strbuf_init(&marked);
    write_lesson(&text, 6, "\ttask A B:\tcpu 300", "\n");
    strbuf_addf(&marked, "\xEF\xBB\xBF%s", text.text);
    lesson = parse(marked.text, marked.length, &diags);
    print_found("", &diags);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_str_eq(lesson->title, "Does a second machine help?");
    lesson_free(lesson);
    strbuf_fini(&text);
    strbuf_fini(&marked);
    diags_fini(&diags);
}
END_TEST

START_TEST(all_problems_of_a_file_are_reported)
{
    static const char text[] = "# T\nid: t\nlanguage: en\n"
                               "## Explain\n## Summary\n## Modify\n";
    struct diags diags;

    ck_assert_ptr_null(parse(text, sizeof text - 1, &diags));
    ck_assert_uint_eq(diags.count, 7);
    diags_fini(&diags);
}
END_TEST

START_TEST(line_ends_of_other_systems_are_accepted)
{
    struct strbuf text;
    struct diags diags;
    struct lesson *lesson;

    write_lesson(&text, 0, NULL, "\r\n");
    lesson = parse(text.text, text.length, &diags);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_str_eq(lesson->title, "Does a second machine help?");
    lesson_free(lesson);
    strbuf_fini(&text);
    diags_fini(&diags);
}
END_TEST

START_TEST(what_a_lesson_says_cannot_move_the_cursor)
{
    struct strbuf text;
    struct diags diags;
    struct lesson *lesson;

    write_lesson(&text, 31, "Y\033[2Jes \xC3\x28 \xE2\x80\xAE.", "\n");
    lesson = parse(text.text, text.length, &diags);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_ptr_null(strchr(lesson->screen[5].text, '\033'));
    lesson_free(lesson);
    strbuf_fini(&text);
    diags_fini(&diags);
}
END_TEST

START_TEST(what_is_too_large_is_refused)
{
    static char text[LESSON_FILE_BYTES_MAX + 1];
    struct diags diags;

    memset(text, 'x', sizeof text);
    ck_assert_ptr_null(parse(text, sizeof text, &diags));
    ck_assert_uint_eq(diags.count, 1);
    diags_fini(&diags);
    memcpy(text, "# T\nid: t\nlanguage: en\n## Summary\n", 34);
    ck_assert_ptr_null(parse(text, LESSON_LINE_BYTES_MAX + 100, &diags));
    ck_assert_int_eq(diags.diag[0].line, 5);
    diags_fini(&diags);
}
END_TEST

/* A head, and then piece again and again. */
static void assert_refused_soon(const char *piece, int times, const char *says)
{
    struct strbuf text;
    struct diags diags;
    bool found = false;

    strbuf_init(&text);
    strbuf_adds(&text, "# T\nid: t\nlanguage: en\n## Predict\n- [x] a\n");
    while (times-- > 0)
        strbuf_adds(&text, piece);
    ck_assert_ptr_null(parse(text.text, text.length, &diags));
    for (size_t i = 0; i < diags.count; i++)
        found |= strstr(diags.diag[i].message, says) != NULL;
    ck_assert_msg(found, "%s", says);
    diags_fini(&diags);
    strbuf_fini(&text);
}

START_TEST(what_is_too_much_is_refused_soon)
{
    assert_refused_soon("## Workload\n    task A: cpu 1\n", 30000, "screens");
    assert_refused_soon("  > x\n", 150000, "answer");
    assert_refused_soon("truth: run 1 order == A\n", 40000, "such lines");
    assert_refused_soon(" *a", 300000, "a line may have");
}
END_TEST

START_TEST(bytes_that_are_no_text_are_refused)
{
    struct diags diags;

    ck_assert_ptr_null(parse("# T\n\0", 5, &diags));
    ck_assert_uint_eq(diags.count, 1);
    diags_fini(&diags);
    ck_assert_ptr_null(parse("", 0, &diags));
    ck_assert_uint_eq(diags.count, 1);
    diags_fini(&diags);
}
END_TEST

START_TEST(every_shipped_lesson_is_read)
{
    struct diags diags;
    size_t count = 0;

    for (; embedded_lessons[count].name; count++) {
        const struct embedded *file = &embedded_lessons[count];
        struct lesson *lesson;

        diags_init(&diags);
        lesson = lesson_parse(file->name, file->text, file->length, &diags);
        print_found(file->name, &diags);
        ck_assert_msg(lesson != NULL, "%s has problems", file->name);
        lesson_free(lesson);
        diags_fini(&diags);
    }
    ck_assert_uint_eq(count, 50);
}
END_TEST

START_TEST(every_beginning_of_a_lesson_is_read_or_refused)
{
    for (size_t i = 0; embedded_lessons[i].name; i++)
        for (size_t end = 0; end < embedded_lessons[i].length; end += 97) {
            const struct embedded *file = &embedded_lessons[i];
            struct diags diags;
            struct lesson *lesson;

            diags_init(&diags);
            lesson = lesson_parse(file->name, file->text, end, &diags);
            ck_assert((lesson == NULL) == (diags.found > 0));
            lesson_free(lesson);
            diags_fini(&diags);
        }
}
END_TEST

START_TEST(korean_headings_are_equal)
{
    static const char text[] = "# 제목\nid: t\nlanguage: ko\n"
                               "## 작업 one\n    task A: cpu 1\n"
                               "## 실행 1: 하나\nmode: sequential\n"
                               "## 바꿔 보기\ngoal: 목표\nstart: run 1\n"
                               "change: all\ncheck: makespan == 1\nsolution:\n"
                               "## 강의 노트\n말.\n";
    struct diags diags;
    struct lesson *lesson = parse(text, sizeof text - 1, &diags);

    print_found("ko", &diags);
    ck_assert_ptr_nonnull(lesson);
    ck_assert_int_eq(lesson->screen[2].kind, LESSON_MODIFY);
    ck_assert_int_eq(lesson->screen[3].kind, LESSON_LECTURER);
    ck_assert_str_eq(lesson->screen[1].title, "하나");
    lesson_free(lesson);
    diags_fini(&diags);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_parse");
    TCase *tcase = tcase_create("parse");

    tcase_add_test(tcase, the_smallest_useful_lesson_is_read);
    tcase_add_test(tcase, a_run_says_what_it_shows);
    tcase_add_loop_test(tcase, a_malformed_lesson_is_refused_at_the_right_place,
                        0, sizeof malformed / sizeof *malformed);
    tcase_add_test(tcase, keys_in_the_middle_of_a_question_are_no_part_of_it);
    tcase_add_test(tcase, what_editors_do_is_accepted);
    tcase_add_test(tcase, a_mark_of_utf_8_and_tabs_are_no_part_of_a_lesson);
    tcase_add_test(tcase, all_problems_of_a_file_are_reported);
    tcase_add_test(tcase, line_ends_of_other_systems_are_accepted);
    tcase_add_test(tcase, what_a_lesson_says_cannot_move_the_cursor);
    tcase_add_test(tcase, what_is_too_large_is_refused);
    tcase_add_test(tcase, what_is_too_much_is_refused_soon);
    tcase_add_test(tcase, bytes_that_are_no_text_are_refused);
    tcase_add_test(tcase, every_shipped_lesson_is_read);
    tcase_add_test(tcase, every_beginning_of_a_lesson_is_read_or_refused);
    tcase_add_test(tcase, korean_headings_are_equal);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
