/*
 * says.h -- what a `say` says, by where it stands in the file.
 *
 * SAY events hold the line and column of their step; this finds its text.
 * Borrows the workload. Any thread may read.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_SAYS_H
#define CONCVIZ_SCHED_WORKLOAD_SAYS_H

#include <stdbool.h>

struct says;
struct workload;

/* Collect the `say` steps of workload; free the result with says_free. */
struct says *says_new(const struct workload *workload);
void says_free(struct says *says);

/* The text of the step at line, column; "" if no step says anything there. */
const char *says_find(const struct says *says, int line, int column);

/* Is there any? */
bool says_any(const struct says *says);

#endif
