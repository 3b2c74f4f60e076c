/*
 * explore_checker.h -- was this run a bad one? For explore.c only.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_CHECKER_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_CHECKER_H

#include <stddef.h>
#include <stdint.h>

#include "sched/explore/explore.h"

struct trace;

enum {
    VERDICTS_MAX = 8 /* of one run */
};

/* What is bad: the fields are those of struct finding. */
struct explore_verdict {
    enum finding_kind kind;
    uint64_t what;
    int shared;
    int64_t events;
    int task, other;
};

struct explore_checker {
    const struct workload *workload; /* borrowed */
    /* Numbers of writes, over all runs, so that nothing needs clearing: */
    uint64_t clock;
    uint64_t *version; /* of a shared variable: its last write */
    uint64_t *seen;    /* by task and variable: the version it has read */
    int *writer;       /* of that version */
    int64_t *value;    /* of each shared variable, at the end of the run */
};

void explore_checker_init(struct explore_checker *checker,
                          const struct workload *workload);
void explore_checker_fini(struct explore_checker *checker);

/* Look at a whole run. Fills verdict[] (room for VERDICTS_MAX) and
 * checker->value[]; returns how many there are. */
int explore_checker_run(struct explore_checker *checker,
                        const struct trace *trace,
                        struct explore_verdict *verdict);

#endif
