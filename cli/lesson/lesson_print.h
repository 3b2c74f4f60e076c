/*
 * lesson_print.h -- a lesson as text, to be read or printed.
 */
#ifndef CONCVIZ_CLI_LESSON_LESSON_PRINT_H
#define CONCVIZ_CLI_LESSON_LESSON_PRINT_H

#include <stdbool.h>

struct lesson;

/* Print all screens of a lesson on standard output: questions without
 * answers, and blanks where the numbers of the runs belong. */
void lesson_print(const struct lesson *lesson, bool lecturer);

#endif
