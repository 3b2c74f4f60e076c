/*
 * quiz_source.h -- exercises with their keys: a quiz, run in the model.
 */
#ifndef CONCVIZ_CLI_LESSON_QUIZ_SOURCE_H
#define CONCVIZ_CLI_LESSON_QUIZ_SOURCE_H

#include <stdint.h>

struct diag;
struct quiz;

/* A number nobody has chosen, short enough to be typed again. */
uint64_t quiz_source_seed(void);

/* Make an exercise with its key, to be freed with quiz_free. mode NULL: any;
 * difficulty from 1 to QUIZ_DIFFICULTY_MAX, 0: any. NULL with diag filled. */
struct quiz *quiz_source_open(uint64_t seed, const char *mode, int difficulty,
                              struct diag *diag);

#endif
