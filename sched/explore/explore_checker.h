/*
 * explore_checker.h -- was this run a bad one? For the search only.
 *
 * Lost updates are seen while the run goes on, deadlocks at its end.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_CHECKER_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_CHECKER_H

#include <stddef.h>
#include <stdint.h>

#include "sched/explore/explore.h"
#include "sched/explore/explore_copies.h"

struct diag;
struct trace;

enum {
    LOST_UPDATES_MAX = 8,
    VERDICTS_MAX = LOST_UPDATES_MAX + 4 /* of one run */
};

/* What is bad: the fields are those of struct finding. */
struct explore_verdict {
    enum finding_kind kind;
    uint64_t what;
    int shared, claim;
    int64_t events;
    int task, other;
};

struct explore_checker {
    const struct workload *workload;              /* borrowed */
    size_t followed;                              /* events of this run */
    struct explore_verdict verdict[VERDICTS_MAX]; /* so far */
    int verdicts;
    /* Numbers of writes, over all runs, so that nothing needs clearing: */
    uint64_t clock;
    uint64_t *version; /* of a shared variable: its last write */
    uint64_t *seen;    /* by task and variable: the version it has read */
    int *writer;       /* of that version; -1: nobody in this run */
    int64_t *value;    /* of each shared variable, so far */
    struct explore_copies copies;
};

void explore_checker_init(struct explore_checker *checker,
                          const struct workload *workload);
void explore_checker_fini(struct explore_checker *checker);

/* A new run begins. */
void explore_checker_begin(struct explore_checker *checker);

/* Look at what has happened in the run since the last look. */
void explore_checker_follow(struct explore_checker *checker,
                            const struct trace *trace);

/* A number for what the past of the run still has to say: whose copy of which
 * variable is out of date. */
uint64_t explore_checker_state(const struct explore_checker *checker);

/* The tasks that `who` is a number for go round from here on. */
struct explore_verdict explore_checker_livelock(const struct trace *trace,
                                                uint64_t who);

/* The run has failed, as its diag says. */
struct explore_verdict explore_checker_failure(
    const struct explore_checker *checker, const struct trace *trace,
    const struct diag *diag);

/* Look at the rest of a run that has ended. Fills verdict[] (room for
 * VERDICTS_MAX) and returns how many there are. */
int explore_checker_end(struct explore_checker *checker,
                        const struct trace *trace,
                        struct explore_verdict *verdict);

#endif
