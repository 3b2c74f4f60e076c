/*
 * exec_sequential.h -- run a workload with one task after the other.
 */
#ifndef CONCVIZ_SCHED_RUN_EXEC_SEQUENTIAL_H
#define CONCVIZ_SCHED_RUN_EXEC_SEQUENTIAL_H

struct diag;
struct run_options;
struct trace;
struct workload;

/* Run on the calling thread, which is pinned meanwhile; the contract is that of
 * executor.run. */
int exec_sequential_run(const struct workload *workload, unsigned traits,
                        const struct run_options *options, struct trace *trace,
                        struct diag *diag);

#endif
