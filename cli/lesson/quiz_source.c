/*
 * quiz_source.c -- where exercises come from.
 *
 * lessons/quiz makes a workload out of a seed, but runs nothing: the key is
 * read from a run of the model.
 */
#include "cli/lesson/quiz_source.h"

#include "cli/lesson/lesson_plan.h"
#include "cli/run/runner.h"
#include "lessons/quiz/quiz.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"

enum {
    SEEDS = 10000
};

uint64_t quiz_source_seed(void)
{
    return (uint64_t)(clock_now_ns() / NS_PER_US) % SEEDS;
}

struct quiz *quiz_source_open(uint64_t seed, const char *mode, int difficulty,
                              struct diag *diag)
{
    struct quiz *quiz = quiz_new(seed, mode, difficulty);
    struct runner *runner = lesson_plan_model(quiz->workload, &quiz->settings,
                                              diag);
    struct history *history;

    if (!runner) {
        quiz_free(quiz);
        return NULL;
    }
    history = runner_history(runner);
    quiz_solve(quiz, history);
    history_free(history);
    runner_free(runner);
    return quiz;
}
