/*
 * quiz_internal.h -- what the parts of the quiz share.
 */
#ifndef CONCVIZ_LESSONS_QUIZ_QUIZ_INTERNAL_H
#define CONCVIZ_LESSONS_QUIZ_QUIZ_INTERNAL_H

#include "lessons/quiz/quiz.h"
#include "sched/base/strbuf.h"

struct quiz {
    uint64_t seed;
    int difficulty;
    struct lesson_settings settings;
    struct strbuf text; /* of the workload */
    struct workload *workload;
    size_t columns;
    enum quiz_cell key[QUIZ_TASKS_MAX][QUIZ_COLUMNS_MAX];
};

/* Write the workload for settings->mode into text. */
void quiz_generate(struct quiz *quiz, const char *mode);

#endif
