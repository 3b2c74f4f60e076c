/*
 * program.c -- a C function that is asked for one request after the other.
 *
 * All hosts, and the model, pull: they ask a task for its next request and
 * perform it. A program in C pushes: it calls. Between the two stands a
 * coroutine a task, which is what turns one into the other:
 *
 *      host                                program
 *      program_next ──resume──────────────> … computes …
 *        (with the request)  <──pause────── task_lock(calls, m)
 *      scheduler_perform: the lock
 *      is taken, or waited for
 *      program_next ──resume──────────────> … has the lock …
 *
 * The host's side of it is here, the program's side in task.c.
 *
 * So no host knows more about programs than task_input.h says, and a program
 * knows nothing about hosts. A switch costs some nanoseconds; on a
 * thread of its own a task pays two of them for each call that costs a mutex.
 *
 * Work is announced before it is done: then the scheduler has written that it
 * begins, the lock is free, and what is computed up to the next call is what
 * the processor's time was used for. In the model the announced time passes,
 * and the computing itself costs nothing.
 */
#include "sched/program/program.h"

#include <errno.h>
#include <stdlib.h>

#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/coroutine/stack.h"
#include "sched/coroutine/stack_overflow.h"
#include "sched/program/program_internal.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* --- all of a run --------------------------------------------------------- */

static size_t count_programs(const struct workload *workload)
{
    size_t count = 0;

    for (size_t i = 0; i < workload->task_count; i++)
        count += workload->task[i].program != NULL;
    return count;
}

/* Stacks and data are made even if something fails: then the run ends at once,
 * and they are freed as ever. */
struct programs *programs_new(const struct workload *workload,
                              struct scheduler *scheduler, struct trace *trace,
                              bool foretells)
{
    size_t count = count_programs(workload);
    size_t bytes = workload->data.stack_bytes;
    struct programs *programs;

    if (count == 0)
        return NULL;
    programs = xcalloc(1, sizeof *programs);
    programs->workload = workload;
    programs->scheduler = scheduler;
    programs->trace = trace;
    programs->foretells = foretells;
    programs->failed = stack_pool_new(&programs->stacks, count,
                                      bytes ? bytes : STACK_SLOT_BYTES,
                                      &programs->failure) != 0;
    if (workload->data.open)
        programs->data = workload->data.open(workload->data.size, foretells);
    return programs;
}

void programs_free(struct programs *programs)
{
    if (!programs)
        return;
    coroutine_acquire(programs);
    if (programs->workload->data.close)
        programs->workload->data.close(programs->data);
    stack_pool_free(programs->stacks);
    free(programs);
}

/* The first failure counts; what follows from it is not worth reading. */
int programs_error(const struct programs *programs, struct diag *diag)
{
    if (!programs || !programs->failed)
        return 0;
    if (diag)
        *diag = programs->failure;
    return -EPROTO;
}

/* Whose stack it is, for the handler of overflows. */
static struct stack_overflow_place who(const void *context, uint32_t owner)
{
    const struct programs *programs = context;
    const struct workload *workload = programs->workload;

    return (struct stack_overflow_place){
        .task = workload->task[owner].name,
        .file = workload->file,
        .line = workload->task[owner].source_line,
    };
}

/* Without programs there are no stacks that could overflow. */
int programs_enter(const struct programs *programs)
{
    int error = programs ? stack_overflow_enter() : 0;

    if (error == 0)
        programs_watch(programs);
    return error;
}

/* Separate from programs_enter for threads that guard stacks of their own as
 * well and have entered already. */
void programs_watch(const struct programs *programs)
{
    if (programs)
        stack_overflow_watch_programs(programs->stacks, who, programs);
}

/* The counterpart of programs_enter: nothing was entered without programs. */
void programs_leave(const struct programs *programs)
{
    if (programs)
        stack_overflow_leave();
}

/* --- one task, from outside ----------------------------------------------- */

/* The life of a program: what its coroutine runs. The releases and acquires
 * tell the thread sanitizer what the scheduler's lock orders. */
static void run_program(void *argument)
{
    struct task_calls *calls = argument;
    const struct workload *workload = calls->programs->workload;

    coroutine_acquire(calls);
    coroutine_acquire(calls->programs);
    workload->task[calls->task].program(calls, calls->task);
    calls->over = true;
    coroutine_release(calls->programs);
    coroutine_release(calls);
}

/* A task without a stack is over before it begins, so nobody asks it
 * anything. */
struct task_calls *program_begin(struct programs *programs, int task)
{
    struct task_calls *calls = xcalloc(1, sizeof *calls);
    struct stack stack;

    calls->programs = programs;
    calls->task = task;
    calls->over = programs->failed ||
                  stack_take(programs->stacks, (uint32_t)task, &stack,
                             &programs->failure) != 0;
    if (calls->over)
        programs->failed = true;
    else
        coroutine_init(&calls->coroutine, &stack, run_program, calls);
    return calls;
}

/* A program that was stopped in the middle is forgotten, never resumed: what
 * it holds is in the data of the run. */
void program_end(struct task_calls *calls)
{
    if (!calls)
        return;
    coroutine_acquire(calls);
    coroutine_release(calls->programs);
    if (calls->coroutine.body) {
        coroutine_fini(&calls->coroutine);
        stack_give(calls->programs->stacks, &calls->coroutine.stack);
    }
    free(calls);
}

/* Run the program to its next call or checkpoint, or to its end. */
static void go_on(struct task_calls *calls)
{
    coroutine_release(calls);
    coroutine_resume(&calls->coroutine);
    coroutine_acquire(calls);
}

/* What the task told while it had no lock. */
static void note(struct task_calls *calls)
{
    struct programs *programs = calls->programs;

    scheduler_set_result(programs->scheduler, calls->task, calls->result);
    if (!calls->failed || programs->failed)
        return;
    programs->failed = true;
    diag_set(&programs->failure, NULL, 0, 0, "%s", calls->text);
    scheduler_fail(programs->scheduler, calls->line, calls->text);
}

/* Work of its own is remembered here, because the next request
 * overwrites it. */
bool program_next(struct task_calls *calls, struct request *request)
{
    while (!calls->asked && !calls->over)
        go_on(calls); /* checkpoints mean nothing here */
    note(calls);
    if (calls->failed) { /* not done: the run ends here */
        *request = (struct request){ .kind = REQUEST_FAIL };
        return true;
    }
    if (calls->over)
        return false;
    calls->asked = false;
    calls->working = calls->work;
    *request = calls->request;
    if (request->kind == STEP_SAY)
        request->column = trace_add_text(calls->programs->trace, calls->text);
    return true;
}

/* Asked after program_next, when calls->work may already belong to the next
 * request. */
bool program_works(const struct task_calls *calls)
{
    return calls != NULL && calls->working;
}

/* The program comes back at each checkpoint, which is where stop is asked. */
bool program_work(struct task_calls *calls, burner_stop *stop, void *context)
{
    for (;;) {
        go_on(calls);
        if (calls->asked || calls->over)
            return true;
        if (stop(context))
            return false;
    }
}
