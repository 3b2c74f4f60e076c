/*
 * diagnose.h -- what is wrong with a run, with the numbers that show it.
 *
 * Nothing here looks at anything but the trace, so the same run gives the same
 * problems, live or later. Each kind has a threshold that a healthy run does
 * not reach; they are named below, and in the manual, section DIAGNOSIS.
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_DIAGNOSE_H
#define CONCVIZ_SCHED_ANALYSIS_DIAGNOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/base/clock.h"

struct diagnose;
struct history;

/* From which on it is worth a sentence. */
#define DIAGNOSE_HOG_NS           (500 * NS_PER_MS) /* one waits so long, … */
#define DIAGNOSE_HOG_TIMES        10 /* … and so many times what it needs */
#define DIAGNOSE_STARVE_NS        (500 * NS_PER_MS) /* in line, … */
#define DIAGNOSE_STARVE_TIMES     10 /* … overtaken, per task ahead of it */
#define DIAGNOSE_BLOCK_NS         (100 * NS_PER_MS) /* held, somebody in line */
#define DIAGNOSE_CONVOY_NS        (200 * NS_PER_MS) /* a lock not free, … */
#define DIAGNOSE_CONVOY_HANDS     20 /* … handed on so often, … */
#define DIAGNOSE_CONVOY_TASKS     3  /* … among so many */
#define DIAGNOSE_OVERHEAD_PERCENT 10
#define DIAGNOSE_TURNS            1000 /* real: so many turns, … */
#define DIAGNOSE_TURN_NS          (50 * NS_PER_US)  /* … of less work each */
#define DIAGNOSE_ORPHAN_NS        (100 * NS_PER_MS) /* after its parent */
#define DIAGNOSE_STOLEN_NS        (20 * NS_PER_MS) /* others had the core, … */
#define DIAGNOSE_STOLEN_PERCENT   5 /* … so much of the time it was wanted */

enum problem_kind {
    PROBLEM_DEADLOCK,    /* tasks wait for each other: cycle */
    PROBLEM_STARVATION,  /* task; ns in line; count: how often overtaken */
    PROBLEM_HOG,         /* task; ns at the machine; other waited other_ns, and
                           computed need_ns then (-1: it never ran) */
    PROBLEM_BLOCKING,    /* task; line; ns held while somebody was in line;
                           count: how often */
    PROBLEM_CONVOY,      /* object: lock; ns; count: how often handed on;
                           other_ns: blocked there, all tasks together */
    PROBLEM_SMALL_TURNS, /* count: switches; ns: work of a turn on average;
                            percent: overhead, or -1 */
    PROBLEM_STOLEN,      /* others had the cores for ns while tasks were at
                            machines, which computed for other_ns; percent */
    PROBLEM_ORPHAN,      /* task; other: who spawned it; ns: how long it was
                           still going after that one was done */
    PROBLEM_KINDS
};

/* Whom somebody in a cycle waits for, and what of theirs. */
struct cycle_link {
    int task;
    int lock;         /* -1: it joins the next one */
    int line;         /* where it asks for it, 0: unknown */
    int64_t since_ns; /* the next one has it since then */
};

struct problem {
    enum problem_kind kind;
    int64_t t_ns;                  /* when it was clear */
    int task, other, object, line; /* -1, line 0: does not apply */
    int64_t count, ns, other_ns, need_ns;
    int percent;
    struct cycle_link *cycle; /* each waits for the next, the last for
                                      the first */
    int cycle_count;
};

/* Begin to look at a history's trace, which is borrowed. */
struct diagnose *diagnose_new(const struct history *history);
void diagnose_free(struct diagnose *diagnose);

/* Look at what is new in the trace. Returns whether something new was found;
 * problems that say more of the same replace themselves. */
bool diagnose_update(struct diagnose *diagnose);

size_t diagnose_count(const struct diagnose *diagnose);
const struct problem *diagnose_problem(const struct diagnose *diagnose,
                                       size_t index);

/* "hog", …: stable, for reports. */
const char *diagnose_word(enum problem_kind kind);

#endif
