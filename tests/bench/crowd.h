/*
 * crowd.h -- a long run of many, made without running it.
 */
#ifndef CONCVIZ_TESTS_BENCH_CROWD_H
#define CONCVIZ_TESTS_BENCH_CROWD_H

#include "sched/workload/workload.h"

struct history;
struct trace;

struct crowd {
    struct workload workload;
    struct trace *trace;
    struct history *history; /* NULL at first; freed with the rest */
};

/* Everybody in lines before `machines` machines: a microsecond or so each,
 * then away for a while or back into the line. */
void crowd_init(struct crowd *crowd, int tasks, int machines, size_t events);

/* The same of fewer who do more: a turn has steps, and ends with a yield, a sleep
 * or a lock; who slept or waited is woken some time later. */
void crowd_init_mixed(struct crowd *crowd, int tasks, int machines,
                      size_t events);
void crowd_fini(struct crowd *crowd);

#endif
