/*
 * check.h -- is a lesson right? What `concviz lesson check` demands.
 *
 * Parsing has found what is wrong in the text. Here every claim is computed
 * again in the model, the start of every modify screen must fail and its
 * solution pass, every screen must fit, and languages must agree.
 */
#ifndef CONCVIZ_LESSONS_CHECK_CHECK_H
#define CONCVIZ_LESSONS_CHECK_CHECK_H

#include <stddef.h>

struct diags;
struct lesson;
struct lesson_runner;

enum {
    CHECK_COLUMNS = 80,
    CHECK_ROWS = 24,
    CHECK_TEXT_CELLS = 76, /* a lesson's text leaves a margin */
    CHECK_TEXT_ROWS = 20,  /* without the title and the footer */
};

/*
 * Compute every expect, truth and check; report what does not hold with the
 * value it has. Returns how many claims there were; a modify screen's check
 * counts twice, once for the start and once for the solution.
 */
size_t check_claims(const struct lesson *lesson,
                    const struct lesson_runner *runner, struct diags *diags);

/* Report solutions that change what the exercise does not unlock: a student
 * could not reach them. */
void check_changes(const struct lesson *lesson, struct diags *diags);

/* Report screens that do not fit 80x24. */
void check_screens(const struct lesson *lesson,
                   const struct lesson_runner *runner, struct diags *diags);

/* Report command lines and right answers in which translation differs from
 * original, and Korean that is not in the voice of a lesson. */
void check_translation(const struct lesson *original,
                       const struct lesson *translation, struct diags *diags);
void check_korean(const struct lesson *lesson, struct diags *diags);

/*
 * All of the above for lessons that belong together: those with the same id
 * are compared with the first of them. Returns how many claims there were.
 */
size_t check_lessons(const struct lesson *const *lesson, size_t count,
                     const struct lesson_runner *runner, struct diags *diags);

#endif
