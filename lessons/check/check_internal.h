/*
 * check_internal.h -- what the checks of one lesson share.
 */
#ifndef CONCVIZ_LESSONS_CHECK_CHECK_INTERNAL_H
#define CONCVIZ_LESSONS_CHECK_CHECK_INTERNAL_H

#include <stddef.h>

struct diags;
struct ideal;
struct lesson;

struct check {
    const struct lesson *lesson;
    struct ideal *ideal; /* what the model says about its runs */
    struct diags *diags;
    size_t claims; /* computed so far */
};

/* Report a problem of the lesson. */
void check_problem(struct check *check, int line, int column,
                   const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Report solutions that change what the exercise does not unlock: a student
 * could not reach them. */
void check_change(struct check *check);

/* Report screens that do not fit 80x24. */
void check_screen(struct check *check);

/* Report Korean that is not in the voice of a lesson. */
void check_language_korean(struct check *check);

#endif
