/*
 * trace_check.h -- is this a trace that can have happened?
 *
 * What all modes promise, real or modelled: a task is in one place and goes
 * from one to the next as in event.h; a machine serves one task; a sleeper
 * does not wake early; every step of the workload is done once, in order, and
 * all its work is done; a lock has one owner; a channel gives out what was put
 * in, in that order; what is read is what was last written.
 *
 * The trace may come from anywhere: no number in it is believed.
 */
#ifndef CONCVIZ_TESTS_CHECK_TRACE_CHECK_H
#define CONCVIZ_TESTS_CHECK_TRACE_CHECK_H

#include <stdbool.h>

struct diag;
struct trace;

/* Returns whether the ended trace keeps all promises; if not, diag says which
 * event breaks which one. Any thread, once the writer has ended. */
bool trace_check(const struct trace *trace, struct diag *diag);

#endif
