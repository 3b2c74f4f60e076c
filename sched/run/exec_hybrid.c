/*
 * exec_hybrid.c -- many coroutines on a few threads: M:N.
 *
 * Each machine has an OS thread, and each thread runs coroutines as in
 * exec_coroutine.c. New tasks are taken by whichever thread is free; one that
 * has begun stays where it is, because its stack may hold addresses that are
 * right on that thread only. Cheap switches, and several cores; but a task that
 * keeps its machine still keeps those behind it in line.
 */
#include "sched/run/executor_table.h"
#include "sched/run/host_user.h"

static int run(const struct workload *workload,
               const struct run_options *options, struct trace *trace,
               struct diag *diag)
{
    struct run_options own = *options;

    own.slice_ns = 0;
    own.switch_cost_ns = 0;
    return host_user_run(workload, mode_table[MODE_HYBRID].traits, &own, trace,
                         diag);
}

const struct executor executor_hybrid = {
    .mode = &mode_table[MODE_HYBRID],
    .run = run,
};
