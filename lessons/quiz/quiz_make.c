/*
 * quiz_make.c -- a workload out of a number.
 *
 * Each task is of one of a few kinds, harder ones at a higher level. All
 * durations are whole cells, so that in every cell a task is in one place
 * only; and their sum is bounded, so that every mode fits on the sheet.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/quiz/quiz.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

struct quiz_maker {
    uint64_t state; /* of the random numbers */
    int difficulty;
    struct strbuf text; /* of the workload */
};

/* A number from least to most, both included. */
static int between(struct quiz_maker *maker, int least, int most)
{
    return least +
           (int)random_below(&maker->state, (uint64_t)(most - least + 1));
}

static void add_step(struct quiz_maker *maker, const char *before,
                     const char *word, int least, int most)
{
    strbuf_addf(&maker->text, "%s%s %d", before, word,
                between(maker, least, most) * QUIZ_CELL_MS);
}

/* Between two pieces of computing. */
static void add_pause(struct quiz_maker *maker)
{
    if (maker->difficulty == 1 || between(maker, 0, 2) == 0)
        strbuf_adds(&maker->text, ", yield");
    else if (maker->difficulty == 3 && between(maker, 0, 3) == 0)
        add_step(maker, ", ", "block", 1, 2);
    else
        add_step(maker, ", ", "sleep", 1, 3);
}

/* Two pieces of computing, the second perhaps under a lock. */
static void add_pieces(struct quiz_maker *maker)
{
    bool locks = maker->difficulty == 3 && between(maker, 0, 1) == 1;

    add_step(maker, "", "cpu", 1, maker->difficulty == 3 ? 2 : 3);
    add_pause(maker);
    if (locks)
        strbuf_adds(&maker->text, ", lock m");
    add_step(maker, ", ", "cpu", 1, 2);
    if (locks)
        strbuf_adds(&maker->text, ", unlock m");
}

/* Computing in turns. */
static void add_turns(struct quiz_maker *maker)
{
    add_step(maker, "", "cpu", 2, 4);
    strbuf_addf(&maker->text, " by %d", QUIZ_CELL_MS);
}

/* The same twice. */
static void add_repeat(struct quiz_maker *maker)
{
    strbuf_adds(&maker->text, "repeat 2 (cpu 100");
    if (maker->difficulty == 1)
        strbuf_adds(&maker->text, ", yield");
    else
        add_step(maker, ", ", "sleep", 1, 2);
    strbuf_addc(&maker->text, ')');
}

/* One piece; from the second level on after a wait. */
static void add_piece(struct quiz_maker *maker)
{
    if (maker->difficulty > 1) {
        add_step(maker, "", "sleep", 1, 2);
        strbuf_adds(&maker->text, ", ");
    }
    add_step(maker, "", "cpu", 1, 3);
}

static void add_task(struct quiz_maker *maker, int index)
{
    strbuf_addf(&maker->text, "task %c", 'A' + index);
    if (maker->difficulty == 3 && index > 0 && between(maker, 0, 2) == 0)
        add_step(maker, " ", "at", 1, 3);
    strbuf_adds(&maker->text, ": ");
    switch (between(maker, 0, 4)) {
    case 0:
        add_turns(maker);
        break;
    case 1:
        add_repeat(maker);
        break;
    case 2:
        add_piece(maker);
        break;
    default:
        add_pieces(maker);
        break;
    }
    strbuf_addc(&maker->text, '\n');
}

static void choose_settings(struct quiz_maker *maker, const char *mode,
                            struct lesson_settings *settings)
{
    const char *drawn = mode_table[between(maker, 0, MODE_COUNT - 1)].name;

    lesson_settings_init(settings);
    settings->mode = mode ? mode : drawn;
    settings->machines = mode_traits(settings->mode) & PARALLEL ? 2 : 1;
    settings->slice_ns = QUIZ_CELL_MS * NS_PER_MS * between(maker, 1, 2);
    lesson_settings_complete(settings);
}

struct quiz *quiz_new(uint64_t seed, const char *mode, int difficulty)
{
    struct quiz *quiz = xcalloc(1, sizeof *quiz);
    struct quiz_maker maker = { .state = seed };
    struct diag diag;
    int tasks;

    /* Drawn in any case: a level that is said gives what it would give
     * drawn. */
    maker.difficulty = between(&maker, 1, QUIZ_DIFFICULTY_MAX);
    if (difficulty >= 1 && difficulty <= QUIZ_DIFFICULTY_MAX)
        maker.difficulty = difficulty;
    strbuf_init(&maker.text);
    choose_settings(&maker, mode, &quiz->settings);
    tasks = maker.difficulty + between(&maker, 1, 2);
    if (tasks > QUIZ_TASKS_MAX)
        tasks = QUIZ_TASKS_MAX;
    for (int i = 0; i < tasks; i++)
        add_task(&maker, i);
    quiz->seed = seed;
    quiz->difficulty = maker.difficulty;
    quiz->program = maker.text.text;
    quiz->workload = workload_parse("quiz", "quiz", quiz->program,
                                    maker.text.length, &diag);
    assert(quiz->workload); /* we wrote it */
    quiz->rows = quiz->workload->task_count;
    return quiz;
}

void quiz_free(struct quiz *quiz)
{
    if (!quiz)
        return;
    workload_free(quiz->workload);
    free(quiz->program);
    free(quiz);
}
