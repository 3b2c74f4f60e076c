/*
 * calculate.h -- what one term of a calculation does to the numbers on a stack.
 *
 * Numbers have 64 bits, and nothing wraps around. Any thread.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_CALCULATE_H
#define CONCVIZ_SCHED_WORKLOAD_CALCULATE_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/workload/step_cursor.h"

/* How many numbers a term of this kind takes from the stack; each leaves one,
 * but for the jumps. */
int calculate_takes(enum term_kind kind);

/*
 * Put a operation b, or operation b alone, into *result; chance is the state of
 * the task's luck. Returns false when there is no such number, with *failure.
 */
bool calculate_apply(enum term_kind kind, int64_t a, int64_t b,
                     uint64_t *chance, int64_t *result, enum failure *failure);

#endif
