/*
 * explore_judge.h -- was this run a bad one? For explore.c only.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_JUDGE_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_JUDGE_H

#include <stddef.h>
#include <stdint.h>

#include "sched/explore/explore.h"

struct trace;

enum {
    VERDICTS_MAX = 8 /* of one run */
};

/* What is bad: the fields are those of struct finding. */
struct verdict {
    enum finding_kind kind;
    uint64_t what;
    int shared;
    int64_t events;
    int task, other;
};

struct judge {
    const struct workload *workload; /* borrowed */
    /* Numbers of writes, over all runs, so that nothing needs clearing: */
    uint64_t clock;
    uint64_t *version; /* of a shared variable: its last write */
    uint64_t *seen;    /* by task and variable: the version it has read */
    int *writer;       /* of that version */
    int64_t *value;    /* of each shared variable, at the end of the run */
};

void judge_init(struct judge *judge, const struct workload *workload);
void judge_fini(struct judge *judge);

/* Look at a whole run. Fills verdict[] (room for VERDICTS_MAX) and
 * judge->value[]; returns how many there are. */
int judge_run(struct judge *judge, const struct trace *trace,
              struct verdict *verdict);

#endif
