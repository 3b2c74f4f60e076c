/*
 * quiz.h -- "fill in this timeline": exercises without end, and their keys.
 *
 * A seed makes a small workload; the model runs it; every task has a row and
 * every 100 ms a column. On paper or on the screen somebody writes into each
 * cell where the task is then. The same seed, mode and difficulty give the
 * same exercise everywhere.
 */
#ifndef CONCVIZ_LESSONS_QUIZ_QUIZ_H
#define CONCVIZ_LESSONS_QUIZ_QUIZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lessons/lesson.h"

struct diag;
struct history;
struct quiz;
struct strbuf;

enum {
    QUIZ_CELL_MS = 100,
    QUIZ_TASKS_MAX = 4,
    QUIZ_COLUMNS_MAX = 34,
    QUIZ_DIFFICULTY_MAX = 3
};

enum quiz_cell {
    QUIZ_NOTHING, /* not there yet, or done */
    QUIZ_RUNNING,
    QUIZ_LINE,
    QUIZ_AWAY,    /* asleep */
    QUIZ_BLOCKED, /* waits for a lock */
    QUIZ_HELD,    /* at the machine without computing */
    QUIZ_CELLS
};

/*
 * Make the exercise. mode NULL: the seed chooses one. difficulty 1: only
 * computing, 2: also waiting, 3: also locks and late arrivals.
 */
struct quiz *quiz_new(uint64_t seed, const char *mode, int difficulty);
void quiz_free(struct quiz *quiz);

/* What the caller has to run in the model, and then to hand over. */
const struct workload *quiz_workload(const struct quiz *quiz);
const struct lesson_settings *quiz_settings(const struct quiz *quiz);
const char *quiz_program(const struct quiz *quiz); /* its text */
void quiz_solve(struct quiz *quiz, const struct history *history);

/* --- after quiz_solve ----------------------------------------------------- */

size_t quiz_rows(const struct quiz *quiz);
size_t quiz_columns(const struct quiz *quiz);
enum quiz_cell quiz_key(const struct quiz *quiz, size_t row, size_t column);

/* The letter of a cell ('R', 'L', …), and what it means, translated. */
char quiz_letter(enum quiz_cell cell);
const char *quiz_meaning(enum quiz_cell cell);

/*
 * Compare answers (row by row, quiz_columns each) with the key. wrong, if not
 * NULL, tells which cells are wrong. Returns how many are right.
 */
size_t quiz_mark(const struct quiz *quiz, const enum quiz_cell *answer,
                 bool *wrong);

/* The exercise, blank or with its answers, as text or as an SVG page. */
void quiz_text(const struct quiz *quiz, bool answers, struct strbuf *out);
void quiz_svg(const struct quiz *quiz, bool answers, struct strbuf *out);

#endif
