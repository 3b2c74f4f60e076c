/*
 * quiz_make.c -- a workload out of a number.
 *
 * All durations are whole cells, so that in every cell a task is in one place
 * only; and their sum is bounded, so that every mode fits on the sheet.
 */
#include "lessons/quiz/quiz_internal.h"
#include "sched/base/clock.h"
#include "sched/trace/mode.h"

/* SplitMix64 (Steele, Lea, Flood 2014): one addition and a mix. */
static uint64_t draw(uint64_t *state)
{
    uint64_t mix = *state += 0x9E3779B97F4A7C15u;

    mix = (mix ^ (mix >> 30)) * 0xBF58476D1CE4E5B9u;
    mix = (mix ^ (mix >> 27)) * 0x94D049BB133111EBu;
    return mix ^ (mix >> 31);
}

/* A number from least to most, both included. */
static int between(uint64_t *state, int least, int most)
{
    return least + (int)(draw(state) % (uint64_t)(most - least + 1));
}

static void add_step(struct quiz *quiz, const char *word, int cells)
{
    strbuf_addf(&quiz->text, "%s%s %d",
                quiz->text.text[quiz->text.length - 1] == ':' ? " " : ", ",
                word, cells * QUIZ_CELL_MS);
}

/* Between two pieces of computing. */
static void add_pause(struct quiz *quiz, uint64_t *state)
{
    if (quiz->difficulty == 1 || between(state, 0, 2) == 0)
        strbuf_adds(&quiz->text, ", yield");
    else if (quiz->difficulty == 3 && between(state, 0, 3) == 0)
        add_step(quiz, "block", between(state, 1, 2));
    else
        add_step(quiz, "sleep", between(state, 1, 3));
}

static void add_task(struct quiz *quiz, int index, uint64_t *state)
{
    bool hard = quiz->difficulty == 3;
    bool locks = hard && between(state, 0, 1) == 1;

    strbuf_addf(&quiz->text, "task %c", 'A' + index);
    if (hard && index > 0 && between(state, 0, 2) == 0)
        strbuf_addf(&quiz->text, " at %d", between(state, 1, 3) * QUIZ_CELL_MS);
    strbuf_addc(&quiz->text, ':');
    add_step(quiz, "cpu", between(state, 1, hard ? 2 : 3));
    add_pause(quiz, state);
    if (locks)
        strbuf_adds(&quiz->text, ", lock m");
    add_step(quiz, "cpu", between(state, 1, 2));
    if (locks)
        strbuf_adds(&quiz->text, ", unlock m");
    strbuf_addc(&quiz->text, '\n');
}

void quiz_generate(struct quiz *quiz, const char *mode)
{
    uint64_t state = quiz->seed;
    struct lesson_settings *settings = &quiz->settings;
    const char *drawn = mode_table[between(&state, 0, MODE_COUNT - 1)].name;

    lesson_settings_init(settings);
    settings->mode = mode ? mode : drawn;
    settings->machines = mode_traits(settings->mode) & PARALLEL ? 2 : 1;
    settings->slice_ns = QUIZ_CELL_MS * NS_PER_MS * between(&state, 1, 2);
    lesson_settings_complete(settings);
    for (int i = 0; i < quiz->difficulty + 1; i++)
        add_task(quiz, i, &state);
}
