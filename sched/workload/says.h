/*
 * says.h -- what a `say` says, by where it stands in the file.
 *
 * SAY events hold the line and column of their step; this finds its text.
 * Borrows the workload. Any thread may read.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_SAYS_H
#define CONCVIZ_SCHED_WORKLOAD_SAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct says;
struct step;
struct workload;

/* Collect the `say` steps of workload; free the result with says_free. */
struct says *says_new(const struct workload *workload);
void says_free(struct says *says);

enum {
    SAYS_FILLED_BYTES = 2048 /* a text with its numbers, and a NUL */
};

/* Write the text of a step into out, with the numbers of its variables. */
void says_fill(char *out, size_t size, const struct step *step,
               const int64_t *number);

/* The text of the step at line, column; "" if no step says anything there. */
const char *says_find(const struct says *says, int line, int column);

/* Is there any? */
bool says_any(const struct says *says);

#endif
