/*
 * exec_threads.c -- threads of the system, on one core or on several.
 *
 * The two modes differ in one number. With one machine the threads take turns,
 * stopped when their slice is over: concurrency. With several machines as many
 * of them as there are machines compute at the same instant: parallelism. The
 * program that runs is the same (host_kernel.c).
 */
#include "sched/run/executor_table.h"
#include "sched/run/host_kernel.h"

static int run_threads(const struct workload *workload,
                       const struct run_options *options, struct trace *trace,
                       struct diag *diag)
{
    return host_kernel_run(workload, mode_table[MODE_THREADS].traits, options,
                           trace, diag);
}

static int run_parallel(const struct workload *workload,
                        const struct run_options *options, struct trace *trace,
                        struct diag *diag)
{
    return host_kernel_run(workload, mode_table[MODE_PARALLEL].traits, options,
                           trace, diag);
}

const struct executor executor_threads = {
    .mode = &mode_table[MODE_THREADS],
    .run = run_threads,
};

const struct executor executor_parallel = {
    .mode = &mode_table[MODE_PARALLEL],
    .run = run_parallel,
};
