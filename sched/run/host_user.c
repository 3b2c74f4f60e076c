/*
 * host_user.c -- tasks that are coroutines, and the threads they share.
 *
 *      root: choose ──resume──> task A ──switch──> task B ──> … ──┐
 *        ^  (nobody in line: wait in the loop)                     │
 *        └──────────── somebody ended, or nobody is in line ───────┘
 *
 * A task that steps aside chooses the next one itself and switches to it: no
 * trip through the root. Only two things need the root's own stack: to wait,
 * and to take away the stack of a task that has ended, since nobody can take
 * away the floor he stands on.
 *
 * Where a task is in its steps (its cursor) lies on its own stack, like a local
 * variable of any function that was stopped in the middle: a million tasks that
 * have begun cost a page each and little more.
 *
 * A generator is called, not switched to: it runs in its caller's turn, and
 * when it pauses control goes back to the caller.
 *
 * With several machines there is such a thread for each. They share the
 * scheduler, and its lock is theirs except while a task works or a root waits.
 * A task settles on the thread that began it.
 */
#include "sched/run/host_user.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/coroutine/coroutine.h"
#include "sched/coroutine/stack_overflow.h"
#include "sched/cpu/burner.h"
#include "sched/program/program.h"
#include "sched/run/user_runtime.h"
#include "sched/scheduler/schedule.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

struct host;
struct seat;

/* The root of one thread. */
struct worker {
    struct host *host;
    struct server *server;
    struct seat *ended; /* whose stack the root must take away */
    pthread_t thread;   /* of all but the first, which is the caller's */
    int error;          /* of entering: 0 or negative errno */
};

/* A task of this run. */
struct seat {
    struct coroutine coroutine;
    struct host *host;
    struct worker *worker; /* where it runs, or ran last; NULL: not begun */
    struct step_cursor
        *cursor; /* on its stack; NULL: not begun, or at its end */
    int line;    /* of the step it is at, for overflow reports */
};

struct host {
    struct user_runtime real;
    struct stack_pool *stacks;
    struct seat *seat;     /* by task */
    struct worker *worker; /* by machine */
    sem_t entered;         /* posted by each thread that has entered */
};

static int task_of(const struct seat *seat)
{
    return (int)(seat - seat->host->seat);
}

/* --- beginning and ending -------------------------------------------------- */

static void live(void *argument);

/* Give a task a stack. Returns false when there is none left: then the run is
 * over. */
static bool begin_new(struct seat *seat, struct worker *worker)
{
    struct host *host = seat->host;
    struct stack stack;
    int error;

    error = stack_take(host->stacks, (uint32_t)task_of(seat), &stack,
                       host->real.diag);
    if (error) {
        user_runtime_fail(&host->real, error);
        return false;
    }
    coroutine_init(&seat->coroutine, &stack, live, seat);
    if (host->real.servers > 1)
        scheduler_settle(host->real.scheduler, task_of(seat),
                         worker->server->machine);
    return true;
}

/* The task will run here now; it gets a stack if it has none. */
static inline bool begin(struct seat *seat, struct worker *worker)
{
    seat->worker = worker;
    return seat->cursor || begin_new(seat, worker);
}

/* Take the stack of a task that has ended; not while standing on it. */
static void bury(struct seat *seat)
{
    coroutine_fini(&seat->coroutine);
    stack_give(seat->host->stacks, &seat->coroutine.stack);
}

/* Tasks that were stopped for good: forget them without running them. */
static void forget(struct host *host)
{
    for (size_t i = 0; i < host->real.workload->task_count; i++) {
        struct seat *seat = &host->seat[i];

        if (seat->cursor) {
            step_cursor_fini(seat->cursor);
            bury(seat);
        }
    }
}

/* --- who is next ----------------------------------------------------------- */

/* Choose who is served next on this thread; NULL: nobody, or all is over. */
static struct seat *choose(struct worker *worker, int64_t now_ns)
{
    struct host *host = worker->host;
    struct user_runtime *real = &host->real;
    int task;

    if (user_runtime_over(real, now_ns))
        return NULL;
    user_runtime_tick(real, now_ns);
    user_runtime_look(real, worker->server, now_ns);
    task = scheduler_dispatch(real->scheduler, worker->server->machine, now_ns);
    user_runtime_wake(real);
    if (task < 0 || !begin(&host->seat[task], worker))
        return NULL;
    return &host->seat[task];
}

/* The task is off its machine; returns when it is its turn again. */
static void leave(struct seat *seat, int64_t now_ns)
{
    struct seat *next = choose(seat->worker, now_ns);

    if (!next)
        coroutine_pause();
    else if (next != seat)
        coroutine_switch(&seat->coroutine, &next->coroutine);
}

static bool is_at_machine(const struct seat *seat)
{
    const struct user_runtime *real = &seat->host->real;

    return scheduler_machine(real->scheduler, task_of(seat)) >= 0;
}

/*
 * While a generator runs in the task's turn, let it: returns when it has given
 * a value or has ended. If the turn ends meanwhile both leave, and since the
 * generator is only a call of the task, it comes back here to do so.
 */
static void call(struct seat *seat)
{
    struct host *host = seat->host;
    struct user_runtime *real = &host->real;
    int machine = seat->worker->server->machine;

    while (!real->over &&
           scheduler_place(real->scheduler, task_of(seat)) == PLACE_CALLING) {
        int generator = scheduler_runner(real->scheduler, machine);
        struct seat *callee = &host->seat[generator];

        if (!begin(callee, seat->worker))
            return;
        coroutine_resume(&callee->coroutine);
        if (callee->coroutine.ended)
            bury(callee);
        if (!real->over && !is_at_machine(seat))
            leave(seat, user_runtime_now(real));
    }
}

/* --- what a task does ------------------------------------------------------ */

/* Ask a task for its next request, and the scheduler to perform it. */
static enum performed ask(struct seat *seat, int64_t now_ns)
{
    struct user_runtime *real = &seat->host->real;
    struct scheduler *scheduler = real->scheduler;
    int task = task_of(seat);
    struct request request;

    if (scheduler_left_ns(scheduler, task) > 0)
        return scheduler_work(scheduler, task, now_ns);
    if (scheduler_postponed(scheduler, task, &request) ||
        step_cursor_next(seat->cursor, &request)) {
        seat->line = request.line;
        if (request.kind == STEP_SUM) {
            if (!user_runtime_sum(real, seat->worker->server, task, &request))
                return PERFORMED_GO_ON; /* to the end of the run */
            now_ns = user_runtime_now(real);
        }
        return scheduler_perform(scheduler, task, &request, now_ns);
    }
    user_runtime_facts(real, seat->worker->server, task);
    return scheduler_done(scheduler, task, now_ns);
}

/* Do what follows from it. Returns false when the task has ended. */
static bool follow(struct seat *seat, enum performed what,
                   struct burner *burner, int64_t now_ns)
{
    struct user_runtime *real = &seat->host->real;
    int task = task_of(seat);

    if (scheduler_place(real->scheduler, task) == PLACE_DONE)
        return false;
    switch (what) {
    case PERFORMED_GO_ON:
    case PERFORMED_CALLED:
    case PERFORMED_LEFT:
        break;
    case PERFORMED_WORK:
        user_runtime_work(real, seat->worker->server, burner,
                          seat->cursor->calls, task);
        break;
    case PERFORMED_HELD:
        user_runtime_hold(real, seat->worker->server, task);
        break;
    case PERFORMED_RETURNED:
        coroutine_pause();
        return true;
    }
    if (!real->over && !is_at_machine(seat)) {
        user_runtime_watch(real, seat->worker->server, task);
        if (real->workload->task[task].generator)
            coroutine_pause();
        else
            leave(seat, now_ns);
    }
    call(seat);
    return true;
}

/*
 * The short way for a yield. It is inlined into the task's loop together with
 * the switch: no function is left half way, see coroutine_switch.
 */
static inline bool pass(struct seat *seat, int task, struct step_cursor *cursor,
                        struct scheduler *scheduler, int64_t now_ns)
{
    const struct step *yield = step_cursor_yield(cursor);
    struct seat *next;
    int number;

    if (!yield)
        return false;
    number = scheduler_pass(scheduler, task, yield, now_ns);
    if (number < 0)
        return false;
    step_cursor_skip(cursor);
    seat->line = yield->line;
    next = seat + (number - task);
    if (next->cursor || begin(next, seat->worker))
        coroutine_switch(&seat->coroutine, &next->coroutine);
    else
        coroutine_pause();
    return true;
}

/* From the first step of a task to its last. */
static void do_steps(struct seat *seat)
{
    struct user_runtime *real = &seat->host->real;
    struct scheduler *scheduler = real->scheduler;
    int task = task_of(seat);
    struct burner burner;
    struct step_cursor cursor;
    int64_t now_ns;

    burner_init(&burner, real->iterations_per_ms, (uint64_t)task);
    step_cursor_init_task(&cursor, real->workload,
                          scheduler_programs(scheduler), task);
    seat->cursor = &cursor;
    while ((now_ns = user_runtime_moment(real)) >= 0 &&
           (pass(seat, task, &cursor, scheduler, now_ns) ||
            follow(seat, ask(seat, now_ns), &burner, now_ns)))
        continue;
    step_cursor_fini(&cursor);
    seat->cursor = NULL;
    if (!real->workload->task[task].generator)
        seat->worker->ended = seat;
}

/* The life of a task: this function is what every coroutine runs. All it looks
 * at is the runtime's own. */
static void live(void *argument)
{
    coroutine_quiet_begin();
    do_steps(argument);
    coroutine_quiet_end();
}

/* --- the threads ----------------------------------------------------------- */

static void serve(struct worker *worker)
{
    struct user_runtime *real = &worker->host->real;

    while (!user_runtime_over(real, user_runtime_now(real))) {
        struct seat *seat = choose(worker, user_runtime_now(real));

        if (!seat) {
            if (!real->over)
                user_runtime_wait(real, worker->server);
            continue;
        }
        coroutine_resume(&seat->coroutine);
        if (worker->ended)
            bury(worker->ended);
        worker->ended = NULL;
    }
}

/* Whose stack it is, for the handler of overflows. */
static struct stack_overflow_place who(const void *context, uint32_t owner)
{
    const struct host *host = context;
    const struct workload *workload = host->real.workload;
    int line = host->seat[owner].line;

    return (struct stack_overflow_place){
        .task = workload->task[owner].name,
        .file = workload->file,
        .line = line ? line : workload->task[owner].source_line,
    };
}

/* The life of a thread. */
static void work(struct worker *worker)
{
    struct host *host = worker->host;
    struct user_runtime *real = &host->real;

    coroutine_quiet_begin();
    stack_overflow_watch_stacks(host->stacks, who, host);
    programs_watch(scheduler_programs(real->scheduler));
    user_runtime_lock(real);
    serve(worker);
    user_runtime_unlock(real);
    coroutine_quiet_end();
    stack_overflow_leave();
}

/* Begin it: to be where it belongs before the clock starts. */
static void enter(struct worker *worker)
{
    worker->error = overflow_enter();
    user_runtime_enter(worker->server);
}

static void *work_beside(void *argument)
{
    struct worker *worker = argument;

    enter(worker);
    sem_post(&worker->host->entered);
    work(worker); /* waits at the lock until user_runtime_begin */
    return NULL;
}

/* Start a thread for every machine but the first, and enter with all. Where
 * the system refuses one the run ends: a machine nobody serves would be a lie.
 */
static int start_threads(struct host *host)
{
    int started = 1;
    int error = 0;

    for (; started < host->real.servers && !error; started += !error) {
        struct worker *worker = &host->worker[started];

        error = -pthread_create(&worker->thread, NULL, work_beside, worker);
    }
    enter(&host->worker[0]);
    for (int i = 1; i < started; i++)
        while (sem_wait(&host->entered) != 0)
            continue; /* a signal */
    for (int i = 0; i < started && !error; i++)
        error = host->worker[i].error;
    if (error) {
        diag_set(host->real.diag, NULL, 0, 0,
                 _("the system grants no more than %d threads now"), started);
        user_runtime_fail(&host->real, error);
    }
    return started;
}

static void run(struct host *host)
{
    struct user_runtime *real = &host->real;
    int started;

    user_runtime_lock(real);
    started = start_threads(host);
    user_runtime_begin(real);
    user_runtime_unlock(real);
    work(&host->worker[0]);
    for (int i = 1; i < started; i++)
        pthread_join(host->worker[i].thread, NULL);
    user_runtime_finish(real);
    user_runtime_leave();
    forget(host);
}

static void make_seats(struct host *host, size_t tasks)
{
    host->seat = xcalloc(tasks + 1, sizeof *host->seat);
    for (size_t i = 0; i < tasks; i++)
        host->seat[i].host = host;
    host->worker = xcalloc((size_t)host->real.servers, sizeof *host->worker);
    for (int i = 0; i < host->real.servers; i++) {
        host->worker[i].host = host;
        host->worker[i].server = &host->real.server[i];
    }
}

int host_user_run(const struct workload *workload, unsigned traits,
                  const struct run_options *options, struct trace *trace,
                  struct diag *diag)
{
    struct host host = { .stacks = NULL };
    size_t tasks = workload->task_count;
    int error;

    coroutine_quiet_begin();
    if (options->schedule)
        traits = schedule_traits(options->schedule);
    user_runtime_init(&host.real, workload, traits, options, trace, diag);
    error = stack_pool_new(&host.stacks, tasks ? tasks : 1, STACK_SLOT_BYTES,
                           diag);
    if (error)
        user_runtime_fail(&host.real, error);
    make_seats(&host, tasks);
    sem_init(&host.entered, 0, 0);
    run(&host);
    sem_destroy(&host.entered);
    error = host.real.error;
    user_runtime_fini(&host.real);
    coroutine_quiet_end();
    stack_pool_free(host.stacks);
    free(host.worker);
    free(host.seat);
    return error;
}
