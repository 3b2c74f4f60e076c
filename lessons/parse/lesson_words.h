/*
 * lesson_words.h -- the headings of a lesson in the languages that have them.
 */
#ifndef CONCVIZ_LESSONS_PARSE_LESSON_WORDS_H
#define CONCVIZ_LESSONS_PARSE_LESSON_WORDS_H

#include <stdbool.h>

#include "lessons/lesson.h"

/*
 * Read "## Run 2: title": gives the kind and what stands behind its word.
 * Returns false if it is no heading of a screen.
 */
bool heading_parse(const char *text, enum lesson_kind *kind, const char **rest);

/* The word of a heading in a language ("en" for those we do not know). */
const char *heading_word(enum lesson_kind kind, const char *language);

#endif
