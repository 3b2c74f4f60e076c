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
 * Check lessons that belong together: every claim is computed again and
 * reported with the value it has if it does not hold; solutions must be
 * reachable, screens must fit, and a lesson with the id of an earlier one must
 * agree with it. Returns how many claims there were; a modify screen's check
 * counts twice, once for the start and once for the solution.
 */
size_t check_lessons(const struct lesson *const *lesson, size_t count,
                     const struct lesson_runner *runner, struct diags *diags);

/* Report command lines and right answers in which translation differs from
 * original. */
void check_translation(const struct lesson *original,
                       const struct lesson *translation, struct diags *diags);

#endif
