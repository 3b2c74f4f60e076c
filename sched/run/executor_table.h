/*
 * executor_table.h -- who runs a workload in each mode.
 */
#ifndef CONCVIZ_SCHED_RUN_EXECUTOR_TABLE_H
#define CONCVIZ_SCHED_RUN_EXECUTOR_TABLE_H

#include "sched/trace/mode.h"

struct diag;
struct run_options;
struct trace;
struct workload;

struct executor {
    const struct mode *mode; /* what it is called, and what it can do */
    /*
     * Run workload to its end and write what happened; blocks. traits are the
     * mode's. Returns 0, or a negative errno value when the system refused
     * something, with diag filled and the trace ended by OUTCOME_FAILED.
     * Deadlock and limit are outcomes, not errors. trace may be NULL.
     */
    int (*run)(const struct workload *workload, unsigned traits,
               const struct run_options *options, struct trace *trace,
               struct diag *diag);
};

/* Indexed by enum mode_id; ends with NULL. */
extern const struct executor *const executor_table[MODE_COUNT + 1];

#endif
