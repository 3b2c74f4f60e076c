/*
 * check_internal.h -- what the checks of one lesson share.
 */
#ifndef CONCVIZ_LESSONS_CHECK_CHECK_INTERNAL_H
#define CONCVIZ_LESSONS_CHECK_CHECK_INTERNAL_H

#include <stddef.h>

struct diags;
struct ideal;
struct lesson;

struct lesson_check {
    const struct lesson *lesson;
    struct ideal *ideal; /* what the model says about its runs */
    struct diags *diags;
    size_t claims; /* computed so far */
};

/* Report solutions that change what the exercise does not unlock: a student
 * could not reach them. */
void check_change(struct lesson_check *check);

/* Report screens that do not fit 80x24. */
void check_screen(struct lesson_check *check);

/* Report Korean that is not in the voice of a lesson. */
void check_language_korean(struct lesson_check *check);

#endif
