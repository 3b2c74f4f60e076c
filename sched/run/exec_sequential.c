/*
 * exec_sequential.c -- one task after another: the subroutine.
 *
 * No stacks are switched here, and no thread is started: the machine takes the
 * first task, does all its steps, and takes the next one. A task that waits
 * does so at the machine, and everybody after it waits as well. All other modes
 * are ways to use that time.
 */
#include "sched/run/exec_sequential.h"

#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/program/program.h"
#include "sched/program/task_input.h"
#include "sched/run/user_runtime.h"
#include "sched/workload/workload.h"

enum {
    THE_MACHINE = 0
};

/* Do the next step of whoever is at the machine. */
static void step(struct user_runtime *runtime, struct task_input *input,
                 int task)
{
    struct scheduler *scheduler = runtime->scheduler;
    struct worker *worker = &runtime->worker[THE_MACHINE];
    struct request request;
    enum performed what;

    if (scheduler_quits(scheduler, task) || !task_input_next(input, &request)) {
        if (scheduler_has_job(scheduler, task) && task_input_again(input)) {
            scheduler_job_over(scheduler, task, user_runtime_now(runtime));
            return;
        }
        user_runtime_done(runtime, worker, task, user_runtime_now(runtime));
        return;
    }
    if (request.kind == STEP_SUM &&
        !user_runtime_sum(runtime, worker, task, &request))
        return;
    what = scheduler_perform(scheduler, task, &request,
                             user_runtime_now(runtime));
    if (what == PERFORMED_WORK) {
        user_runtime_work(runtime, worker, input, task);
    } else if (what == PERFORMED_HELD) {
        user_runtime_watch(runtime, worker, task);
        user_runtime_hold(runtime, worker, task);
    }
}

/* Serve until the run is over. A generator takes its caller's place for a
 * while: then the scheduler says that it is the one at the machine. */
static void serve(struct user_runtime *runtime, struct task_input *input)
{
    struct scheduler *scheduler = runtime->scheduler;
    int task;

    while (!user_runtime_over(runtime, user_runtime_now(runtime))) {
        user_runtime_tick(runtime, user_runtime_now(runtime));
        task = scheduler_runner(scheduler, THE_MACHINE);
        if (task < 0)
            task = scheduler_dispatch(scheduler, THE_MACHINE,
                                      user_runtime_now(runtime));
        if (task >= 0)
            step(runtime, &input[task], task);
        else if (!user_runtime_over(runtime, user_runtime_now(runtime)))
            user_runtime_wait(runtime, &runtime->worker[THE_MACHINE]);
    }
}

/* Nobody is ever left in the middle, so no task needs a stack of its own; only
 * programs in C bring theirs. */
int exec_sequential_run(const struct workload *workload, unsigned traits,
                        const struct run_options *options, struct trace *trace,
                        struct diag *diag)
{
    struct task_input *input = xcalloc(workload->task_count + 1, sizeof *input);
    struct user_runtime runtime;
    int error;

    user_runtime_init(&runtime, workload, traits, options, trace, diag);
    for (size_t i = 0; i < workload->task_count; i++)
        task_input_init(&input[i], workload, runtime.scheduler,
                        runtime.programs, (int)i,
                        runtime.options.iterations_per_ms);
    error = programs_enter(runtime.programs);
    if (error)
        user_runtime_fail(&runtime, error);
    user_runtime_enter(&runtime.worker[THE_MACHINE]);
    user_runtime_begin(&runtime);
    serve(&runtime, input);
    user_runtime_finish(&runtime);
    user_runtime_leave(&runtime);
    programs_leave(runtime.programs);
    for (size_t i = 0; i < workload->task_count; i++)
        task_input_fini(&input[i]);
    free(input);
    user_runtime_fini(&runtime);
    return runtime.error;
}
