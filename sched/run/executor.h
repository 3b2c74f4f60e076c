/*
 * executor.h -- run a workload in a mode, or have the model compute the run.
 */
#ifndef CONCVIZ_SCHED_RUN_EXECUTOR_H
#define CONCVIZ_SCHED_RUN_EXECUTOR_H

#include <stdbool.h>

#include "sched/run/executor_table.h"
#include "sched/scheduler/run_options.h"
#include "sched/trace/trace.h"

/* Who runs the mode called name, or NULL. */
const struct executor *executor_find(const char *name);

/*
 * The defaults of a mode for a workload: machines (1, or for PARALLEL modes
 * the workload's `machines`, else all usable cores), the workload's `slice`,
 * else 100 ms, and the workload's lines.
 */
void executor_defaults(struct run_options *options,
                       const struct executor *executor,
                       const struct workload *workload);

/* Can a run with these options replay a schedule? Coroutines can for real, the
 * model in all modes but sequential, which has only one. */
bool executor_can_follow(const struct executor *executor,
                         const struct run_options *options);

/* Does a mode allow a policy? Where nobody is ever stopped some cannot be: then
 * diag (NULL: nobody asks why) is filled. */
bool executor_allows(const struct executor *executor, enum policy policy,
                     struct diag *diag);

/* Do the jobs of all tasks come to an end, if not by themselves then by the
 * limit (0: none)? Else diag is filled. */
bool executor_ends(const struct workload *workload, int64_t limit_ns,
                   struct diag *diag);

/* Make the trace a run with these options writes. */
struct trace *executor_trace(const struct executor *executor,
                             const struct workload *workload,
                             const struct run_options *options);

/*
 * Run: really with executor->run, or with the model when options->model; the
 * contract is that of executor.run. Returns -EINVAL, -EAGAIN or -ENOTSUP when
 * the options cannot be fulfilled.
 */
int executor_run(const struct executor *executor,
                 const struct workload *workload,
                 const struct run_options *options, struct trace *trace,
                 struct diag *diag);

#endif
