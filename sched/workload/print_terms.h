/*
 * print_terms.h -- calculations as text again.
 *
 * With as few parentheses as mean the same. Any thread.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_PRINT_TERMS_H
#define CONCVIZ_SCHED_WORKLOAD_PRINT_TERMS_H

#include "sched/base/strbuf.h"

struct step;
struct steps;
struct workload;

enum {
    PRINT_TERMS_MAX = 4 /* calculations of one step */
};

/* Write the calculations of a step (which is one of steps) into text, each into
 * one of its own, in their order. All of them are to be freed. */
void print_terms(struct strbuf text[PRINT_TERMS_MAX],
                 const struct workload *workload, const struct steps *steps,
                 const struct step *step);

#endif
