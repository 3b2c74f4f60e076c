/*
 * quiz_paint.h -- exercises on the screen: paint the timeline of a run.
 */
#ifndef CONCVIZ_CLI_LESSON_QUIZ_PAINT_H
#define CONCVIZ_CLI_LESSON_QUIZ_PAINT_H

#include <stdbool.h>

struct page_view;

/* Ask the student to paint timelines, one after the other. mode NULL: any;
 * difficulty 0: any, until the student chooses one.
 * Returns false if the student wants to quit, true to go back. Main thread. */
bool quiz_paint(struct page_view *pages, const char *mode, int difficulty);

#endif
