/*
 * host_user.h -- run a workload with every task a coroutine.
 *
 * One OS thread a machine. A task gets a stack when it is first dispatched and
 * gives it back when it is done; it stays on the thread on which it began.
 */
#ifndef CONCVIZ_SCHED_RUN_HOST_USER_H
#define CONCVIZ_SCHED_RUN_HOST_USER_H

struct diag;
struct run_options;
struct trace;
struct workload;

/*
 * Run; the contract is that of executor.run. With one machine everything
 * happens on the calling thread, which is pinned meanwhile.
 */
int host_user_run(const struct workload *workload, unsigned traits,
                  const struct run_options *options, struct trace *trace,
                  struct diag *diag);

#endif
