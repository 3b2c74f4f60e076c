/*
 * quiz.c -- the key of an exercise, and answers compared with it.
 *
 * The key is read off the history at the start of every cell: quiz_make.c
 * sees to it that nothing changes within one.
 */
#include "lessons/quiz/quiz.h"

#include "sched/base/clock.h"
#include "sched/history/history.h"

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
    for (size_t row = 0; row < quiz->rows; row++)
        for (size_t column = 0; column < quiz->columns; column++)
            quiz->key[row][column] = cell_of(
                history_at(history, (int)row, (int64_t)column * cell_ns).state);
}

size_t quiz_mark(const struct quiz *quiz, const enum quiz_cell *answer,
                 bool *wrong)
{
    size_t right = 0;

    for (size_t row = 0; row < quiz->rows; row++)
        for (size_t column = 0; column < quiz->columns; column++) {
            size_t index = row * quiz->columns + column;
            bool same = answer[index] == quiz->key[row][column];

            right += same;
            if (wrong)
                wrong[index] = !same;
        }
    return right;
}
