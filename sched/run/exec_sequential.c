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

/* A task, or a generator: how far it has come. */
struct sequence {
    struct task_input input;
    bool begun;
};

static void begin(struct sequence *sequence, const struct user_runtime *runtime,
                  int task)
{
    if (!sequence->begun)
        task_input_init(&sequence->input, runtime->workload, runtime->programs,
                        task, runtime->iterations_per_ms);
    sequence->begun = true;
}

/* Do the next step of whoever is at the machine. */
static void step(struct user_runtime *runtime, struct sequence *sequence,
                 int task)
{
    struct scheduler *scheduler = runtime->scheduler;
    struct worker *worker = &runtime->worker[THE_MACHINE];
    struct request request;
    enum performed what;

    begin(sequence, runtime, task);
    if (!task_input_next(&sequence->input, &request)) {
        user_runtime_facts(runtime, worker, task);
        scheduler_done(scheduler, task, user_runtime_now(runtime));
        return;
    }
    if (request.kind == STEP_SUM &&
        !user_runtime_sum(runtime, worker, task, &request))
        return;
    what = scheduler_perform(scheduler, task, &request,
                             user_runtime_now(runtime));
    if (what == PERFORMED_WORK) {
        user_runtime_work(runtime, worker, &sequence->input, task);
    } else if (what == PERFORMED_HELD) {
        user_runtime_watch(runtime, worker, task);
        user_runtime_hold(runtime, worker, task);
    }
}

/* Serve until the run is over. A generator takes its caller's place for a
 * while: then the scheduler says that it is the one at the machine. */
static void serve(struct user_runtime *runtime, struct sequence *sequence)
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
            step(runtime, &sequence[task], task);
        else if (!user_runtime_over(runtime, user_runtime_now(runtime)))
            user_runtime_wait(runtime, &runtime->worker[THE_MACHINE]);
    }
}

int exec_sequential_run(const struct workload *workload, unsigned traits,
                        const struct run_options *options, struct trace *trace,
                        struct diag *diag)
{
    struct sequence *sequence = xcalloc(workload->task_count + 1,
                                        sizeof *sequence);
    struct user_runtime runtime;
    int error;

    user_runtime_init(&runtime, workload, traits, options, trace, diag);
    error = programs_enter(runtime.programs);
    if (error)
        user_runtime_fail(&runtime, error);
    user_runtime_enter(&runtime.worker[THE_MACHINE]);
    user_runtime_begin(&runtime);
    serve(&runtime, sequence);
    user_runtime_finish(&runtime);
    user_runtime_leave();
    programs_leave(runtime.programs);
    for (size_t i = 0; i < workload->task_count; i++)
        if (sequence[i].begun)
            task_input_fini(&sequence[i].input);
    free(sequence);
    user_runtime_fini(&runtime);
    return runtime.error;
}
