/*
 * predicate.h -- what a lesson claims about a run, as a sentence to check.
 *
 *     makespan <= 50% of run 1
 *     run 2 order == A B A B
 *
 * An equality is compared with as many decimals as the right side is written
 * with; every other comparison is exact.
 */
#ifndef CONCVIZ_LESSONS_CLAIM_PREDICATE_H
#define CONCVIZ_LESSONS_CLAIM_PREDICATE_H

#include <stdbool.h>

#include "lessons/claim/metric.h"

struct diag;

enum predicate_op {
    OP_EQ,
    OP_NE,
    OP_LE,
    OP_GE,
    OP_LT,
    OP_GT,
    OP_COUNT
};

enum predicate_right {
    RIGHT_NUMBER,
    RIGHT_YES_NO,
    RIGHT_NEVER,
    RIGHT_ORDER,
    RIGHT_LOG,
    RIGHT_RUN, /* percent of other in run other_run */
};

struct predicate {
    const char *text; /* as written, cleaned */
    int line, column;
    int run; /* the run it is about; 0: that of its screen */
    struct metric metric;
    enum predicate_op op;
    enum predicate_right right;
    double number; /* RIGHT_NUMBER; 0 or 1 of RIGHT_YES_NO */
    int decimals;
    const char *words; /* RIGHT_ORDER, RIGHT_LOG: single spaces */
    double percent;
    int other_run;
    struct metric other;
};

/* Gives the measured run of a number, or NULL if it cannot be had. */
typedef const struct metric_run *metric_run_get(void *context, int run);

/*
 * Parse text, which is clean and begins at line and column of file. All
 * copies live in arena. Returns false with diag filled.
 */
bool predicate_parse(struct arena *arena, const char *file, int line,
                     int column, const char *text, struct predicate *predicate,
                     struct diag *diag);

/* Whether predicate is true of measured; runs gives the runs it compares
 * with. */
bool predicate_holds(const struct predicate *predicate,
                     const struct metric_run *measured, metric_run_get *runs,
                     void *context);

/* How a comparison is written. */
extern const char *const predicate_sign[OP_COUNT];

/* Append the claim for people, in their language: "finish C <= 600 ms". */
void predicate_print(struct strbuf *out, const struct predicate *predicate);

/* Append the measured left side: "makespan == 1210". */
void predicate_measured(struct strbuf *out, const struct predicate *predicate,
                        const struct metric_run *measured);

#endif
