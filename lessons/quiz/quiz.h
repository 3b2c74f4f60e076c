/*
 * quiz.h -- "fill in this timeline": exercises without end, and their keys.
 *
 * A seed makes a small workload; the model runs it; every task has a row and
 * every 100 ms a column. On paper or on the screen somebody writes into each
 * cell where the task is then. The same seed, mode and difficulty give the
 * same exercise everywhere; what is not given, the seed chooses.
 */
#ifndef CONCVIZ_LESSONS_QUIZ_QUIZ_H
#define CONCVIZ_LESSONS_QUIZ_QUIZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lessons/lesson.h"

struct history;
struct strbuf;
struct workload;

enum {
    QUIZ_CELL_MS = 100,
    QUIZ_TASKS_MAX = 4,
    QUIZ_COLUMNS_MAX = 34,
    QUIZ_DIFFICULTY_MAX = 3,
    QUIZ_LABEL_COLUMNS = 5 /* a time is above every fifth column */
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

/* An exercise: read it, and change it only with the functions below. */
struct quiz {
    uint64_t seed;
    int difficulty;
    struct lesson_settings settings; /* complete */
    char *program;                   /* the text of the workload */
    struct workload *workload;
    size_t rows; /* its tasks */
    /* After quiz_solve: */
    size_t columns;
    enum quiz_cell key[QUIZ_TASKS_MAX][QUIZ_COLUMNS_MAX];
};

/*
 * Make the exercise. mode NULL: the seed chooses one. difficulty 1: only
 * computing, 2: also waiting, 3: also locks and late arrivals; 0: the seed
 * chooses. Free with quiz_free (NULL is fine).
 */
struct quiz *quiz_new(uint64_t seed, const char *mode, int difficulty);
void quiz_free(struct quiz *quiz);

/* Fill in the key from the history of quiz->workload under quiz->settings,
 * which the caller has run in the model. */
void quiz_solve(struct quiz *quiz, const struct history *history);

/* The letter of a cell ('R', 'L', …), and what it means, translated. */
char quiz_letter(enum quiz_cell cell);
const char *quiz_meaning(enum quiz_cell cell);

/* Append a line that says which exercise this is and how it is run. */
void quiz_describe(const struct quiz *quiz, struct strbuf *out);

/*
 * Compare answers (row by row, quiz->columns each) with the key. wrong, if not
 * NULL, tells which cells are wrong. Returns how many are right.
 */
size_t quiz_mark(const struct quiz *quiz, const enum quiz_cell *answer,
                 bool *wrong);

/* The exercise, blank or with its answers, as text or as an SVG page. */
void quiz_text(const struct quiz *quiz, bool answers, struct strbuf *out);
void quiz_svg(const struct quiz *quiz, bool answers, struct strbuf *out);

#endif
