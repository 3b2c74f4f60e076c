/*
 * exec_coroutine.c -- many tasks in progress, one machine, nobody is ever
 * interrupted.
 *
 * Every task is a coroutine: a function with a stack of its own, which goes on
 * where it stopped. They all live on one OS thread, pinned to one core, so
 * at any instant at most one of them computes. A task keeps the machine until
 * it gives it up itself: it yields, sleeps, waits for something, or is done.
 * One that only computes keeps everybody else in line, and one that blocks
 * (waits without giving way) stops them all.
 */
#include "sched/run/executor_table.h"
#include "sched/run/host_user.h"

static int run(const struct workload *workload,
               const struct run_options *options, struct trace *trace,
               struct diag *diag)
{
    struct run_options own = *options;

    own.machines = 1;
    own.slice_ns = 0;
    own.switch_cost_ns = 0; /* what a switch costs here is not chosen */
    return host_user_run(workload, mode_table[MODE_COROUTINE].traits, &own,
                         trace, diag);
}

const struct executor executor_coroutine = {
    .mode = &mode_table[MODE_COROUTINE],
    .run = run,
};
