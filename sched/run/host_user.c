/*
 * host_user.c -- tasks that are coroutines, and the threads they share.
 *
 *      root: choose ──resume──> task A ──switch──> task B ──> … ──┐
 *        ^  (nobody is ready: wait in the loop)                    │
 *        └──────────── somebody ended, or nobody is ready ─────────┘
 *
 * A task that steps aside chooses the next one itself and switches to it: no
 * trip through the root. Only two things need the root's own stack: to wait,
 * and to take away the stack of a task that has ended, since no function can
 * free the stack it runs on.
 *
 * Where a task is in its steps (its input) lies on its own stack, like a local
 * variable of any function that was stopped in the middle: a million tasks that
 * have begun cost a page each and little more.
 *
 * A generator is called, not switched to: it runs in its caller's turn, and
 * when it pauses control goes back to the caller.
 *
 * With several machines there is such a thread for each. They share the
 * scheduler, and its lock is theirs except while a task works or a root waits.
 * A task goes on at whichever thread is free first (R16), so nothing here may
 * remember across a switch on which thread it runs; it asks task->root anew.
 */
#include "sched/run/host_user.h"

#include <pthread.h>
#include <stdlib.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/coroutine/coroutine.h"
#include "sched/coroutine/stack_overflow.h"
#include "sched/program/program.h"
#include "sched/program/task_input.h"
#include "sched/run/user_runtime.h"
#include "sched/scheduler/schedule.h"
#include "sched/workload/workload.h"

struct user_host;

/* The root of one thread. */
struct root {
    struct user_host *host;
    struct worker *worker;
    struct user_task *ended; /* whose stack the root must take away */
    pthread_t thread;        /* of all but the first, which is the caller's */
    int error;               /* of entering: 0 or negative errno */
};

/* A task of this run. */
struct user_task {
    struct coroutine coroutine;
    struct user_host *host;
    struct root *root;        /* where it runs, or ran last; NULL: not begun */
    struct task_input *input; /* on its stack; NULL: not begun, or at its end */
    int line;                 /* of the step it is at, for overflow reports */
};

struct user_host {
    struct user_runtime runtime;
    struct stack_pool *stacks;
    struct user_task *task;
    struct root *root;    /* by machine */
    struct baton entered; /* given by each thread that has entered */
};

/* Tasks are numbered by their place in the array; a field would cost
 * memory. */
static int index_of(const struct user_task *task)
{
    return (int)(task - task->host->task);
}

/* --- beginning and ending ------------------------------------------------- */

static void run_task(void *argument);

/* Give a task a stack. Returns false when there is none left: then the run is
 * over. */
static bool begin_new(struct user_task *task)
{
    struct user_host *host = task->host;
    struct stack stack;
    int error;

    error = stack_take(host->stacks, (uint32_t)index_of(task), &stack,
                       host->runtime.diag);
    if (error) {
        user_runtime_fail(&host->runtime, error);
        return false;
    }
    coroutine_init(&task->coroutine, &stack, run_task, task);
    return true;
}

/* The task will run here now; it gets a stack if it has none. */
static inline bool begin(struct user_task *task, struct root *root)
{
    task->root = root;
    return task->input || begin_new(task);
}

/* Take the stack of a task that has ended; not while running on it. */
static void free_stack(struct user_task *task)
{
    coroutine_fini(&task->coroutine);
    stack_give(task->host->stacks, &task->coroutine.stack);
}

/* Tasks that were stopped for good: forget them without running them. */
static void forget(struct user_host *host)
{
    for (size_t i = 0; i < host->runtime.workload->task_count; i++) {
        struct user_task *task = &host->task[i];

        if (task->input) {
            task_input_fini(task->input);
            free_stack(task);
        }
    }
}

/* --- who is next ---------------------------------------------------------- */

/* Choose who is served next on this thread; NULL: nobody, or all is over. */
static struct user_task *choose(struct root *root, int64_t now_ns)
{
    struct user_host *host = root->host;
    struct user_runtime *runtime = &host->runtime;
    int next;

    if (user_runtime_over(runtime, now_ns))
        return NULL;
    user_runtime_tick(runtime, now_ns);
    user_runtime_look(runtime, root->worker, now_ns);
    next = scheduler_dispatch(runtime->scheduler, root->worker->machine,
                              now_ns);
    user_runtime_wake(runtime);
    if (next < 0 || !begin(&host->task[next], root))
        return NULL;
    return &host->task[next];
}

/* The task is off its machine; returns when it is its turn again. */
static void leave(struct user_task *task, int64_t now_ns)
{
    struct user_task *next = choose(task->root, now_ns);

    if (!next)
        coroutine_pause();
    else if (next != task)
        coroutine_switch(&task->coroutine, &next->coroutine);
}

/* Only the scheduler knows: whoever acted may have taken the machine away. */
static bool is_at_machine(const struct user_task *task)
{
    return scheduler_machine(task->host->runtime.scheduler, index_of(task)) >=
           0;
}

/*
 * While a generator runs in the task's turn, resume it: returns when it has
 * given a value or has ended. If the turn ends meanwhile both leave, and since
 * the generator is only a call of the task, it comes back here to do so.
 */
static void call(struct user_task *task)
{
    struct user_host *host = task->host;
    struct user_runtime *runtime = &host->runtime;
    struct scheduler *scheduler = runtime->scheduler;

    while (!runtime->over &&
           scheduler_place(scheduler, index_of(task)) == PLACE_CALLING) {
        int machine = task->root->worker->machine;
        struct user_task
            *callee = &host->task[scheduler_runner(scheduler, machine)];

        if (!begin(callee, task->root))
            return;
        coroutine_resume(&callee->coroutine);
        if (callee->coroutine.ended)
            free_stack(callee);
        if (!runtime->over && !is_at_machine(task))
            leave(task, user_runtime_now(runtime));
    }
}

/* --- what a task does ----------------------------------------------------- */

/* Ask a task for its next request, and the scheduler to perform it. */
static enum performed ask(struct user_task *task, int64_t now_ns)
{
    struct user_runtime *runtime = &task->host->runtime;
    struct scheduler *scheduler = runtime->scheduler;
    int index = index_of(task);
    struct request request;

    if (scheduler_left_ns(scheduler, index) > 0)
        return scheduler_work(scheduler, index, now_ns);
    if (scheduler_quits(scheduler, index) ||
        (!scheduler_postponed(scheduler, index, &request) &&
         !task_input_next(task->input, &request))) {
        if (scheduler_has_job(scheduler, index) &&
            task_input_again(task->input))
            return scheduler_job_over(scheduler, index, now_ns);
        return user_runtime_done(runtime, task->root->worker, index, now_ns);
    }
    task->line = request.line;
    if (request.kind == STEP_SUM) {
        if (!user_runtime_sum(runtime, task->root->worker, index, &request))
            return PERFORMED_GO_ON; /* to the end of the run */
        now_ns = user_runtime_now(runtime);
    }
    return scheduler_perform(scheduler, index, &request, now_ns);
}

/* Do what follows from it. Returns false when the task has ended. */
static bool follow(struct user_task *task, enum performed what, int64_t now_ns)
{
    struct user_runtime *runtime = &task->host->runtime;
    struct worker *worker = task->root->worker;
    int index = index_of(task);

    if (scheduler_place(runtime->scheduler, index) == PLACE_DONE)
        return false;
    switch (what) {
    case PERFORMED_GO_ON:
    case PERFORMED_LEFT:
        break;
    case PERFORMED_WORK:
        user_runtime_work(runtime, worker, task->input, index);
        break;
    case PERFORMED_HELD:
        user_runtime_hold(runtime, worker, index);
        break;
    case PERFORMED_RETURNED:
        coroutine_pause();
        return true;
    }
    if (!runtime->over && !is_at_machine(task)) {
        user_runtime_watch(runtime, worker, index);
        if (runtime->workload->task[index].generator)
            coroutine_pause();
        else
            leave(task, now_ns);
    }
    call(task);
    return true;
}

/*
 * The short way for a yield. It is inlined into the task's loop together with
 * the switch: no function is left half way, see coroutine_switch.
 */
static inline bool yield(struct user_task *task, int index,
                         struct step_cursor *cursor,
                         struct scheduler *scheduler, int64_t now_ns)
{
    const struct step *step = step_cursor_yield(cursor);
    struct user_task *next;
    int number;

    if (!step)
        return false;
    number = scheduler_yield_fast(scheduler, index, step, now_ns);
    if (number < 0)
        return false;
    step_cursor_skip(cursor);
    task->line = step->line;
    next = task + (number - index);
    if (next->input || begin(next, task->root))
        coroutine_switch(&task->coroutine, &next->coroutine);
    else
        coroutine_pause();
    return true;
}

/* From the first step of a task to its last. */
static void do_steps(struct user_task *task)
{
    struct user_runtime *runtime = &task->host->runtime;
    struct scheduler *scheduler = runtime->scheduler;
    int index = index_of(task);
    struct task_input input;
    int64_t now_ns;

    task_input_init(&input, runtime->workload, scheduler, runtime->programs,
                    index, runtime->options.iterations_per_ms);
    task->input = &input;
    while ((now_ns = user_runtime_moment(runtime)) >= 0 &&
           (yield(task, index, &input.cursor, scheduler, now_ns) ||
            follow(task, ask(task, now_ns), now_ns)))
        continue;
    task_input_fini(&input);
    task->input = NULL;
    if (!runtime->workload->task[index].generator)
        task->root->ended = task;
}

/* The life of a task: this function is what every coroutine runs. All it looks
 * at is the runtime's own. */
static void run_task(void *argument)
{
    coroutine_quiet_begin();
    do_steps(argument);
    coroutine_quiet_end();
}

/* --- the threads ---------------------------------------------------------- */

/* The root of a thread: it starts a task and is back when one ends or nobody
 * is ready. */
static void serve(struct root *root)
{
    struct user_runtime *runtime = &root->host->runtime;

    while (!user_runtime_over(runtime, user_runtime_now(runtime))) {
        struct user_task *task = choose(root, user_runtime_now(runtime));

        if (!task) {
            if (!runtime->over)
                user_runtime_wait(runtime, root->worker);
            continue;
        }
        coroutine_resume(&task->coroutine);
        if (root->ended)
            free_stack(root->ended);
        root->ended = NULL;
    }
}

/* Whose stack it is, for the handler of overflows. */
static struct stack_overflow_place who(const void *context, uint32_t owner)
{
    const struct user_host *host = context;
    const struct workload *workload = host->runtime.workload;
    int line = host->task[owner].line;

    return (struct stack_overflow_place){
        .task = workload->task[owner].name,
        .file = workload->file,
        .line = line ? line : workload->task[owner].source_line,
    };
}

/* The life of a thread. */
static void run_root(struct root *root)
{
    struct user_host *host = root->host;
    struct user_runtime *runtime = &host->runtime;

    coroutine_quiet_begin();
    stack_overflow_watch_stacks(host->stacks, who, host);
    programs_watch(runtime->programs);
    user_runtime_lock(runtime);
    serve(root);
    user_runtime_unlock(runtime);
    coroutine_quiet_end();
    stack_overflow_leave();
}

/* Begin it: to be where it belongs before the clock starts. */
static void enter(struct root *root)
{
    root->error = stack_overflow_enter();
    user_runtime_enter(root->worker);
}

/* All threads but the first, which is the caller's own. */
static void *run_thread(void *argument)
{
    struct root *root = argument;

    enter(root);
    baton_give(&root->host->entered);
    run_root(root); /* waits at the lock until user_runtime_begin */
    return NULL;
}

/* Start a thread for every machine but the first, and enter with all. Where
 * the system refuses one the run ends: a machine nobody serves would be a lie.
 */
static int start_threads(struct user_host *host)
{
    int started = 1;
    int error = 0;

    for (; started < host->runtime.workers && !error; started += !error) {
        struct root *root = &host->root[started];

        error = -pthread_create(&root->thread, NULL, run_thread, root);
    }
    enter(&host->root[0]);
    for (int i = 1; i < started; i++)
        baton_take(&host->entered);
    for (int i = 0; i < started && !error; i++)
        error = host->root[i].error;
    if (error) {
        diag_set(host->runtime.diag, NULL, 0, 0,
                 _("the system allows no more than %d threads now"), started);
        user_runtime_fail(&host->runtime, error);
    }
    return started;
}

/* The lock is held until all have entered: nobody serves before the clock
 * starts. */
static void run(struct user_host *host)
{
    struct user_runtime *runtime = &host->runtime;
    int started;

    user_runtime_lock(runtime);
    started = start_threads(host);
    user_runtime_begin(runtime);
    user_runtime_unlock(runtime);
    run_root(&host->root[0]);
    for (int i = 1; i < started; i++)
        pthread_join(host->root[i].thread, NULL);
    user_runtime_finish(runtime);
    user_runtime_leave(runtime);
    forget(host);
}

static int64_t ahead_ns(const void *context, int task)
{
    const struct user_host *host = context;

    return task_input_ahead_ns(host->task[task].input, host->runtime.workload,
                               task, host->runtime.options.seed);
}

static void make_tasks_and_roots(struct user_host *host, size_t tasks)
{
    host->task = xcalloc(tasks + 1, sizeof *host->task);
    for (size_t i = 0; i < tasks; i++)
        host->task[i].host = host;
    host->root = xcalloc((size_t)host->runtime.workers, sizeof *host->root);
    for (int i = 0; i < host->runtime.workers; i++) {
        host->root[i].host = host;
        host->root[i].worker = &host->runtime.worker[i];
    }
}

int host_user_run(const struct workload *workload, unsigned traits,
                  const struct run_options *options, struct trace *trace,
                  struct diag *diag)
{
    struct user_host host = { .stacks = NULL };
    size_t tasks = workload->task_count;
    int error;

    coroutine_quiet_begin();
    if (options->schedule)
        traits = schedule_traits(options->schedule);
    user_runtime_init(&host.runtime, workload, traits, options, trace, diag);
    error = stack_pool_new(&host.stacks, tasks ? tasks : 1, STACK_SLOT_BYTES,
                           diag);
    if (error)
        user_runtime_fail(&host.runtime, error);
    make_tasks_and_roots(&host, tasks);
    scheduler_set_ahead(host.runtime.scheduler, ahead_ns, &host);
    baton_init(&host.entered, 0);
    run(&host);
    baton_fini(&host.entered);
    error = host.runtime.error;
    user_runtime_fini(&host.runtime);
    coroutine_quiet_end();
    stack_pool_free(host.stacks);
    free(host.root);
    free(host.task);
    return error;
}
