/*
 * workload_print.h -- a workload as canonical text.
 *
 * Parsing what was printed gives an equal workload, and printing that gives
 * the same bytes.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_WORKLOAD_PRINT_H
#define CONCVIZ_SCHED_WORKLOAD_WORKLOAD_PRINT_H

struct strbuf;
struct workload;

/* Append the whole workload, one statement a line. */
void workload_print(struct strbuf *out, const struct workload *workload);

#endif
