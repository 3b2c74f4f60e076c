/*
 * comparison.h -- two runs of one workload: how much faster one was, and why.
 *
 * The reason is not guessed: it follows from what machines and tasks did with
 * their time. Plain data; any thread.
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_COMPARISON_H
#define CONCVIZ_SCHED_ANALYSIS_COMPARISON_H

#include <stdbool.h>
#include <stdint.h>

struct history;

enum comparison_cause {
    COMPARISON_UNFINISHED, /* one of them never finished: nothing to compare */
    COMPARISON_MIXED,      /* one was measured, the other computed */
    COMPARISON_SHARED,     /* more machines shared the computing */
    COMPARISON_HELD,       /* the slower one held machines without computing */
    COMPARISON_WAITING,    /* more machines, but most of the time was waiting */
    COMPARISON_BLOCKED,    /* more machines, but tasks blocked each other */
    COMPARISON_TURNS, /* as many machines: turns do not shorten computing */
    COMPARISON_OTHER  /* none of these: only the numbers */
};

/* One run. Shares are parts of 1. */
struct comparison_side {
    int64_t end_ns;
    int machines;
    bool real;
    double computing;  /* of the machines' time: they computed … */
    double held;       /* … or were held without computing */
    double switching;  /* … or changed over */
    double run, await; /* of the tasks' time from arrival to done … */
    double block, line;
};

struct comparison {
    enum comparison_cause cause;
    double ratio; /* end of the first run / end of the second; 0: there is no
                     end, or these times say nothing of each other */
    int faster;   /* 0 or 1; -1: as fast as each other, within 5 % */
    double times; /* how many times as fast it was, at least 1 */
    struct comparison_side side[2];
};

/* Compare two runs that have ended. O(length of both). */
struct comparison comparison_make(const struct history *first,
                                  const struct history *second);

#endif
