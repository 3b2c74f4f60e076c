/*
 * exec_sequential.c -- one task after another: the subroutine.
 *
 * No stacks are switched here, and no thread is started: the machine takes the
 * first task, does all its steps, and takes the next one. A task that waits
 * stands at the machine and waits there; so does everybody behind it. All other
 * modes are ways to use that time.
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/cpu/burner.h"
#include "sched/program/program.h"
#include "sched/run/executor_table.h"
#include "sched/run/user_runtime.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

enum {
    THE_MACHINE = 0
};

/* A task, or a generator: how far it has come. */
struct sequence {
    struct step_cursor cursor;
    struct burner burner;
    bool begun;
};

static void begin(struct sequence *sequence, const struct user_runtime *real,
                  int task)
{
    if (sequence->begun)
        return;
    sequence->begun = true;
    step_cursor_init_task(&sequence->cursor, real->workload,
                          scheduler_programs(real->scheduler), task);
    burner_init(&sequence->burner, real->iterations_per_ms, (uint64_t)task);
}

/* Do the next step of whoever is at the machine. */
static void step(struct user_runtime *real, struct sequence *sequence, int task)
{
    struct scheduler *scheduler = real->scheduler;
    struct server *server = &real->server[THE_MACHINE];
    struct request request;
    enum performed what;

    begin(sequence, real, task);
    if (!step_cursor_next(&sequence->cursor, &request)) {
        user_runtime_facts(real, server, task);
        scheduler_done(scheduler, task, user_runtime_now(real));
        return;
    }
    if (request.kind == STEP_SUM &&
        !user_runtime_sum(real, server, task, &request))
        return;
    what = scheduler_perform(scheduler, task, &request, user_runtime_now(real));
    if (what == PERFORMED_WORK) {
        user_runtime_work(real, server, &sequence->burner,
                          sequence->cursor.calls, task);
    } else if (what == PERFORMED_HELD) {
        user_runtime_watch(real, server, task);
        user_runtime_hold(real, server, task);
    }
}

/* Serve until the run is over. A generator takes its caller's place for a
 * while: then the scheduler says that it is the one at the machine. */
static void serve(struct user_runtime *real, struct sequence *sequence)
{
    struct scheduler *scheduler = real->scheduler;
    int task;

    while (!user_runtime_over(real, user_runtime_now(real))) {
        user_runtime_tick(real, user_runtime_now(real));
        task = scheduler_runner(scheduler, THE_MACHINE);
        if (task < 0)
            task = scheduler_dispatch(scheduler, THE_MACHINE,
                                      user_runtime_now(real));
        if (task >= 0)
            step(real, &sequence[task], task);
        else if (!user_runtime_over(real, user_runtime_now(real)))
            user_runtime_wait(real, &real->server[THE_MACHINE]);
    }
}

static int run(const struct workload *workload,
               const struct run_options *options, struct trace *trace,
               struct diag *diag)
{
    struct run_options own = *options;
    struct sequence *sequence = xcalloc(workload->task_count + 1,
                                        sizeof *sequence);
    struct user_runtime real;
    int error;

    own.machines = 1;
    own.slice_ns = 0;
    own.switch_cost_ns = 0;
    user_runtime_init(&real, workload, mode_table[MODE_SEQUENTIAL].traits, &own,
                      trace, diag);
    error = programs_enter(scheduler_programs(real.scheduler));
    if (error)
        user_runtime_fail(&real, error);
    user_runtime_enter(&real.server[THE_MACHINE]);
    user_runtime_begin(&real);
    serve(&real, sequence);
    user_runtime_finish(&real);
    user_runtime_leave();
    programs_leave(scheduler_programs(real.scheduler));
    for (size_t i = 0; i < workload->task_count; i++) {
        if (sequence[i].begun)
            step_cursor_fini(&sequence[i].cursor);
    }
    free(sequence);
    user_runtime_fini(&real);
    return real.error;
}

const struct executor executor_sequential = {
    .mode = &mode_table[MODE_SEQUENTIAL],
    .run = run,
};
