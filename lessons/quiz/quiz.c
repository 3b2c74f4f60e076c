#include "lessons/quiz/quiz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/quiz/quiz_internal.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

struct quiz *quiz_new(uint64_t seed, const char *mode, int difficulty)
{
    struct quiz *quiz = xcalloc(1, sizeof *quiz);
    struct diag diag;

    quiz->seed = seed;
    quiz->difficulty = difficulty < 1                     ? 1
                       : difficulty > QUIZ_DIFFICULTY_MAX ? QUIZ_DIFFICULTY_MAX
                                                          : difficulty;
    strbuf_init(&quiz->text);
    quiz_generate(quiz, mode);
    quiz->workload = workload_parse("quiz", "quiz", quiz->text.text,
                                    quiz->text.length, &diag);
    assert(quiz->workload); /* we wrote it */
    return quiz;
}

void quiz_free(struct quiz *quiz)
{
    if (!quiz)
        return;
    workload_free(quiz->workload);
    strbuf_fini(&quiz->text);
    free(quiz);
}

const struct workload *quiz_workload(const struct quiz *quiz)
{
    return quiz->workload;
}

const char *quiz_program(const struct quiz *quiz)
{
    return quiz->text.text;
}

const struct lesson_settings *quiz_settings(const struct quiz *quiz)
{
    return &quiz->settings;
}

static enum quiz_cell cell_of(enum task_state state)
{
    switch (state) {
    case STATE_RUNNING:
        return QUIZ_RUNNING;
    case STATE_IN_LINE:
        return QUIZ_LINE;
    case STATE_AWAITING:
        return QUIZ_AWAY;
    case STATE_BLOCKED:
        return QUIZ_BLOCKED;
    case STATE_HELD:
        return QUIZ_HELD;
    default:
        return QUIZ_NOTHING;
    }
}

void quiz_solve(struct quiz *quiz, const struct history *history)
{
    const int64_t cell_ns = QUIZ_CELL_MS * NS_PER_MS;
    int64_t columns = (history_end(history) + cell_ns - 1) / cell_ns;

    quiz->columns = columns > QUIZ_COLUMNS_MAX ? QUIZ_COLUMNS_MAX
                                               : (size_t)columns;
    for (size_t row = 0; row < quiz_rows(quiz); row++)
        for (size_t column = 0; column < quiz->columns; column++)
            quiz->key[row][column] = cell_of(
                history_at(history, (int)row, (int64_t)column * cell_ns).state);
}

size_t quiz_rows(const struct quiz *quiz)
{
    return quiz->workload->task_count;
}

size_t quiz_columns(const struct quiz *quiz)
{
    return quiz->columns;
}

enum quiz_cell quiz_key(const struct quiz *quiz, size_t row, size_t column)
{
    return quiz->key[row][column];
}

size_t quiz_mark(const struct quiz *quiz, const enum quiz_cell *answer,
                 bool *wrong)
{
    size_t right = 0;

    for (size_t row = 0; row < quiz_rows(quiz); row++)
        for (size_t column = 0; column < quiz->columns; column++) {
            size_t index = row * quiz->columns + column;
            bool same = answer[index] == quiz->key[row][column];

            right += same;
            if (wrong)
                wrong[index] = !same;
        }
    return right;
}
