/*
 * workload_print.h -- a workload as canonical text.
 *
 * Parsing what was printed gives an equal workload, and printing that gives
 * the same bytes.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_WORKLOAD_PRINT_H
#define CONCVIZ_SCHED_WORKLOAD_WORKLOAD_PRINT_H

#include <stdint.h>

struct step;
struct strbuf;
struct workload;

/* Append the whole workload, one statement a line. */
void workload_print(struct strbuf *out, const struct workload *workload);

/* Append one step as it is written, e.g. "cpu 30" or "yield to B". */
void step_print(struct strbuf *out, const struct workload *workload,
                const struct step *step);

/* Append a duration as it is written: "30", "500us", "0.5us" never: ns are
 * printed as whole us or ms, whichever is exact. */
void duration_print(struct strbuf *out, int64_t ns);

#endif
