#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

#include "lessons/quiz/quiz.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"
#include "tests/lessons/runner.h"

static struct trace *trace;
static struct history *history;

static struct quiz *solved(uint64_t seed, const char *mode, int difficulty)
{
    struct quiz *quiz = quiz_new(seed, mode, difficulty);
    struct diag diag;

    trace = model_trace(quiz->workload, &quiz->settings, &diag);
    ck_assert_ptr_nonnull(trace);
    history = history_new(trace);
    history_update(history);
    quiz_solve(quiz, history);
    return quiz;
}

static void forget(struct quiz *quiz)
{
    history_free(history);
    trace_free(trace);
    quiz_free(quiz); /* last: they look at its workload */
}

static const char *const modes[] = { "sequential", "coroutine", "threads",
                                     "parallel",   "hybrid",    NULL };

/* In a cell a task is in one place: its start and its end agree. */
static void assert_whole_cells(const struct quiz *quiz)
{
    const int64_t cell_ns = QUIZ_CELL_MS * NS_PER_MS;

    ck_assert_int_eq(history_outcome(history), OUTCOME_FINISHED);
    ck_assert_int_eq(history_end(history), (int64_t)quiz->columns * cell_ns);
    for (size_t row = 0; row < quiz->rows; row++)
        for (size_t column = 0; column < quiz->columns; column++)
            ck_assert_int_eq(
                history_at(history, (int)row, (int64_t)column * cell_ns).state,
                history_at(history, (int)row,
                           (int64_t)(column + 1) * cell_ns - 1)
                    .state);
}

START_TEST(every_exercise_fits_on_its_sheet)
{
    for (uint64_t seed = 1; seed <= 60; seed++)
        for (int difficulty = 0; difficulty <= 3; difficulty++)
            for (size_t mode = 0; mode < 6; mode++) {
                struct quiz *quiz = solved(seed, modes[mode], difficulty);

                assert_whole_cells(quiz);
                forget(quiz);
            }
}
END_TEST

/* The program without its numbers. */
static void shape(const struct quiz *quiz, char *out)
{
    for (const char *c = quiz->program; *c; c++)
        if (*c < '0' || *c > '9')
            *out++ = *c;
    *out = '\0';
}

/* How many of the first seeds make a program of another shape than all before;
 * levels: which levels they are of. */
static int count_shapes(int difficulty, bool levels[QUIZ_DIFFICULTY_MAX + 1])
{
    enum {
        SEEDS = 200
    };
    static char seen[SEEDS][512];
    int count = 0;

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct quiz *quiz = quiz_new(seed, NULL, difficulty);
        int i = 0;

        shape(quiz, seen[count]);
        while (strcmp(seen[i], seen[count]) != 0)
            i++;
        count += i == count;
        levels[quiz->difficulty] = true;
        quiz_free(quiz);
    }
    return count;
}

START_TEST(seeds_make_exercises_of_all_kinds)
{
    bool levels[QUIZ_DIFFICULTY_MAX + 1] = { false };

    ck_assert_int_gt(count_shapes(0, levels), 100);
    for (int level = 1; level <= QUIZ_DIFFICULTY_MAX; level++) {
        bool only[QUIZ_DIFFICULTY_MAX + 1] = { false };

        ck_assert(levels[level]);
        ck_assert_int_gt(count_shapes(level, only), 20);
        for (int other = 1; other <= QUIZ_DIFFICULTY_MAX; other++)
            ck_assert(only[other] == (other == level));
    }
}
END_TEST

START_TEST(a_level_that_is_said_changes_nothing_else)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct quiz *drawn = quiz_new(seed, NULL, 0);
        struct quiz *said = quiz_new(seed, NULL, drawn->difficulty);

        ck_assert_str_eq(drawn->program, said->program);
        ck_assert_str_eq(drawn->settings.mode, said->settings.mode);
        quiz_free(drawn);
        quiz_free(said);
    }
}
END_TEST

START_TEST(a_seed_always_makes_the_same_sheet)
{
    struct strbuf first, second;

    strbuf_init(&first);
    strbuf_init(&second);
    for (int i = 0; i < 2; i++) {
        struct quiz *quiz = solved(42, "coroutine", 2);

        quiz_text(quiz, true, i ? &second : &first);
        forget(quiz);
    }
    ck_assert_str_eq(first.text, second.text);
    strbuf_fini(&first);
    strbuf_fini(&second);
}
END_TEST

START_TEST(a_blank_sheet_gives_nothing_away)
{
    struct quiz *quiz = solved(42, "parallel", 3);
    struct strbuf blank, key;

    strbuf_init(&blank);
    strbuf_init(&key);
    quiz_text(quiz, false, &blank);
    quiz_text(quiz, true, &key);
    ck_assert_ptr_null(strstr(blank.text, "|R|"));
    ck_assert_ptr_nonnull(strstr(key.text, "|R|"));
    ck_assert_uint_eq(blank.length, key.length);
    strbuf_clear(&blank);
    quiz_svg(quiz, false, &blank);
    ck_assert_ptr_null(strstr(blank.text, ">R</text>"));
    strbuf_fini(&blank);
    strbuf_fini(&key);
    forget(quiz);
}
END_TEST

START_TEST(answers_are_marked_cell_by_cell)
{
    struct quiz *quiz = solved(7, "coroutine", 2);
    size_t count = quiz->rows * quiz->columns;
    enum quiz_cell answer[QUIZ_TASKS_MAX * QUIZ_COLUMNS_MAX];
    bool wrong[QUIZ_TASKS_MAX * QUIZ_COLUMNS_MAX];

    for (size_t i = 0; i < count; i++)
        answer[i] = quiz->key[i / quiz->columns][i % quiz->columns];
    ck_assert_uint_eq(quiz_mark(quiz, answer, NULL), count);
    answer[3] = answer[3] == QUIZ_LINE ? QUIZ_AWAY : QUIZ_LINE;
    ck_assert_uint_eq(quiz_mark(quiz, answer, wrong), count - 1);
    ck_assert(wrong[3]);
    ck_assert(!wrong[2]);
    forget(quiz);
}
END_TEST

START_TEST(the_key_of_a_small_exercise_is_what_paper_says)
{
    struct quiz *quiz = solved(1, "sequential", 1);
    struct strbuf key;

    strbuf_init(&key);
    quiz_text(quiz, true, &key);
    ck_assert_int_eq(quiz->key[0][0], QUIZ_RUNNING);
    ck_assert_int_eq(quiz->key[1][0], QUIZ_LINE);
    ck_assert_int_eq(quiz->key[0][quiz->columns - 1], QUIZ_NOTHING);
    ck_assert_int_eq(quiz->key[quiz->rows - 1][quiz->columns - 1],
                     QUIZ_RUNNING);
    strbuf_fini(&key);
    forget(quiz);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("lessons_quiz");
    TCase *tcase = tcase_create("quiz");

    tcase_add_test(tcase, every_exercise_fits_on_its_sheet);
    tcase_add_test(tcase, seeds_make_exercises_of_all_kinds);
    tcase_add_test(tcase, a_level_that_is_said_changes_nothing_else);
    tcase_add_test(tcase, a_seed_always_makes_the_same_sheet);
    tcase_add_test(tcase, a_blank_sheet_gives_nothing_away);
    tcase_add_test(tcase, answers_are_marked_cell_by_cell);
    tcase_add_test(tcase, the_key_of_a_small_exercise_is_what_paper_says);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_main(suite());
}
