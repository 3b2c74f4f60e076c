/*
 * quiz_source.h -- exercises: fill in the timeline of a run.
 */
#ifndef CONCVIZ_CLI_LESSON_QUIZ_SOURCE_H
#define CONCVIZ_CLI_LESSON_QUIZ_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

struct diag;
struct options;
struct quiz;
struct page_view;

/* concviz lesson quiz [MODE] [1|2|3]. Returns the exit status. */
int quiz_run(const struct options *options);

/* Make an exercise with its key; NULL with diag filled. */
struct quiz *quiz_open(uint64_t seed, const char *mode, int difficulty,
                       struct diag *diag);

/* A number nobody has chosen, short enough to be typed again. */
uint64_t quiz_any_seed(void);

/* Let the person paint timelines, one after the other, on the screen. mode
 * NULL: any. Returns false if the person wants to quit, true to go back. */
bool quiz_paint(struct page_view *stage, const char *mode, int difficulty);

#endif
