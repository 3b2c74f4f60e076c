/*
 * host_kernel.h -- tasks as threads of the system.
 *
 * Every task is a pthread. It may compute only while it has a machine, which is
 * bound to one core. So the kernel does the switching, but queues, slices and
 * priorities are ours to see and to draw. A thread without a machine sleeps in
 * the kernel.
 *
 * A generator has no thread: its steps run on the thread of whoever calls it,
 * in that task's turn.
 */
#ifndef CONCVIZ_SCHED_RUN_HOST_KERNEL_H
#define CONCVIZ_SCHED_RUN_HOST_KERNEL_H

struct diag;
struct run_options;
struct trace;
struct workload;

/* Run with one pthread a task; the contract is that of executor.run. traits
 * are the executor's. */
int host_kernel_run(const struct workload *workload, unsigned traits,
                    const struct run_options *options, struct trace *trace,
                    struct diag *diag);

#endif
