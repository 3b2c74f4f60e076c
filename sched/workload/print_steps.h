/*
 * print_steps.h -- the steps of a task as canonical text. Any thread.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_PRINT_STEPS_H
#define CONCVIZ_SCHED_WORKLOAD_PRINT_STEPS_H

struct steps;
struct strbuf;
struct workload;

/* Append the steps, on one line unless it would get too long to be read in. */
void print_steps(struct strbuf *out, const struct workload *workload,
                 const struct steps *steps);

#endif
