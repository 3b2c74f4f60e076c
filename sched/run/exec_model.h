/*
 * exec_model.h -- the ideal machine: a run computed instead of executed.
 */
#ifndef CONCVIZ_SCHED_RUN_EXEC_MODEL_H
#define CONCVIZ_SCHED_RUN_EXEC_MODEL_H

struct diag;
struct run_options;
struct trace;
struct workload;

/*
 * Compute what a mode with these traits would do with workload on ideal
 * machines (ARCHITECTURE.md, The rules) and write it into trace.
 * Time is whole nanoseconds, exact; the same arguments give the same trace,
 * byte by byte. Returns as executor.run does; -E2BIG for a run with too many
 * events to keep, -EINVAL for work without end and without a limit.
 */
int exec_model_run(const struct workload *workload, unsigned traits,
                   const struct run_options *options, struct trace *trace,
                   struct diag *diag);

#endif
