/*
 * host_user.c -- tasks that are coroutines, and the thread they share.
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
 */
#include "sched/run/host_user.h"

#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/run/burner.h"
#include "sched/run/coroutine.h"
#include "sched/run/cursor.h"
#include "sched/run/overflow.h"
#include "sched/run/real.h"
#include "sched/workload/workload.h"

struct host;

/* A task of this run. */
struct seat {
    struct coroutine coroutine;
    struct host *host;
    struct cursor *cursor; /* on its stack; NULL: not begun, or at its end */
    int line;              /* of the step it is at, for overflow reports */
};

struct host {
    struct real real;
    struct stack_pool *stacks;
    struct seat *seat;  /* by task */
    struct seat *ended; /* whose stack the root must take away */
};

static int task_of(const struct seat *seat)
{
    return (int)(seat - seat->host->seat);
}

static struct server *server_of(const struct seat *seat)
{
    return &seat->host->real.server[0];
}

/* --- beginning and ending --------------------------------------------------- */

static void live(void *argument);

/* Give a task a stack if it has none. Returns false when there is none left:
 * then the run is over. */
static bool begin(struct seat *seat)
{
    struct host *host = seat->host;
    struct stack stack;
    int error;

    if (seat->cursor)
        return true;
    error = stack_take(host->stacks, (uint32_t)task_of(seat), &stack,
                       host->real.diag);
    if (error) {
        real_fail(&host->real, error);
        return false;
    }
    coroutine_init(&seat->coroutine, &stack, live, seat);
    return true;
}

/* Take the stack of a task that has ended; not while standing on it. */
static void bury(struct seat *seat)
{
    coroutine_fini(&seat->coroutine);
    stack_give(seat->host->stacks, &seat->coroutine.stack);
}

/* --- who is next ------------------------------------------------------------ */

/* Choose who is served next on this thread; NULL: nobody, or all is over. */
static struct seat *choose(struct host *host, struct server *server)
{
    struct real *real = &host->real;
    int64_t now_ns = real_now(real);
    int task;

    if (real_over(real, now_ns))
        return NULL;
    real_notice(real, now_ns);
    task = scheduler_dispatch(real->scheduler, server->machine, now_ns);
    if (task < 0 || !begin(&host->seat[task]))
        return NULL;
    return &host->seat[task];
}

/* The task is off its machine; returns when it is its turn again. */
static void leave(struct seat *seat)
{
    struct seat *next = choose(seat->host, server_of(seat));

    if (!next)
        coroutine_pause();
    else if (next != seat)
        coroutine_switch(&next->coroutine);
}

static void call(struct seat *seat)
{
    struct host *host = seat->host;
    int machine = server_of(seat)->machine;
    int generator = scheduler_runner(host->real.scheduler, machine);
    struct seat *callee = &host->seat[generator];

    if (!begin(callee))
        return;
    coroutine_resume(&callee->coroutine);
    if (callee->coroutine.ended)
        bury(callee);
}

/* --- what a task does ------------------------------------------------------- */

/* Ask a task for its next request, and the scheduler to perform it. */
static enum performed ask(struct seat *seat)
{
    struct real *real = &seat->host->real;
    struct scheduler *scheduler = real->scheduler;
    int task = task_of(seat);
    int64_t now_ns = real_now(real);
    struct request request;

    if (scheduler_left_ns(scheduler, task) > 0)
        return scheduler_work(scheduler, task, now_ns);
    if (cursor_next(seat->cursor, &request)) {
        seat->line = request.line;
        return scheduler_perform(scheduler, task, &request, now_ns);
    }
    real_facts(real, server_of(seat), task);
    return scheduler_done(scheduler, task, real_now(real));
}

/* Do what follows from it. Returns false when the task has ended. */
static bool follow(struct seat *seat, enum performed what,
                   struct burner *burner)
{
    struct real *real = &seat->host->real;
    int task = task_of(seat);

    if (scheduler_place(real->scheduler, task) == PLACE_DONE)
        return false;
    switch (what) {
    case PERFORMED_GO_ON:
        break;
    case PERFORMED_WORK:
        real_work(real, burner, task);
        break;
    case PERFORMED_HELD:
        real_hold(real, server_of(seat), task);
        break;
    case PERFORMED_CALLED:
        call(seat);
        break;
    case PERFORMED_RETURNED:
        coroutine_pause();
        break;
    case PERFORMED_LEFT:
        leave(seat);
        break;
    }
    return !real_over(real, real_now(real));
}

/* The life of a task: this function is what every coroutine runs. */
static void live(void *argument)
{
    struct seat *seat = argument;
    struct host *host = seat->host;
    const struct task_spec *spec = &host->real.workload->task[task_of(seat)];
    struct burner burner;
    struct cursor cursor;

    coroutine_quiet_begin();
    burner_init(&burner, host->real.iterations_per_ms, (uint64_t)task_of(seat));
    cursor_init(&cursor, &spec->steps);
    seat->cursor = &cursor;
    while (follow(seat, ask(seat), &burner))
        continue;
    cursor_fini(&cursor);
    seat->cursor = NULL;
    if (!spec->generator)
        host->ended = seat;
    coroutine_quiet_end();
}

/* --- the thread ------------------------------------------------------------- */

static void serve(struct host *host, struct server *server)
{
    struct real *real = &host->real;

    real_enter(real, server);
    while (!real_over(real, real_now(real))) {
        struct seat *seat = choose(host, server);

        if (!seat) {
            if (!real->over)
                real_wait(real, server);
            continue;
        }
        coroutine_resume(&seat->coroutine);
        if (host->ended)
            bury(host->ended);
        host->ended = NULL;
    }
    real_leave();
}

/* Whose stack it is, for the handler of overflows. */
static struct overflow_place who(const void *context, uint32_t owner)
{
    const struct host *host = context;
    const struct workload *workload = host->real.workload;
    int line = host->seat[owner].line;

    return (struct overflow_place){
        .task = workload->task[owner].name,
        .file = workload->file,
        .line = line ? line : workload->task[owner].source_line,
    };
}

/* Tasks that were stopped for good: forget them without running them. */
static void forget(struct host *host)
{
    for (size_t i = 0; i < host->real.workload->task_count; i++) {
        struct seat *seat = &host->seat[i];

        if (seat->cursor) {
            cursor_fini(seat->cursor);
            bury(seat);
        }
    }
}

static int run(struct host *host)
{
    struct real *real = &host->real;
    int error = overflow_enter();

    if (error) {
        real_fail(real, error);
        return error;
    }
    overflow_watch_stacks(host->stacks, who, host);
    real_lock(real);
    scheduler_begin(real->scheduler, real_now(real));
    serve(host, &real->server[0]);
    scheduler_finish(real->scheduler, real->outcome, real_now(real));
    real_unlock(real);
    forget(host);
    overflow_leave();
    return real->error;
}

int host_user_run(const struct workload *workload, unsigned traits,
                  const struct run_options *options, struct trace *trace,
                  struct diag *diag)
{
    struct host host = { .ended = NULL };
    size_t count = workload->task_count;
    int error;

    error = stack_pool_new(&host.stacks, count ? count : 1, STACK_SLOT_BYTES,
                           diag);
    if (error)
        return error;
    coroutine_quiet_begin();
    real_init(&host.real, workload, traits, options, trace, diag);
    host.seat = xcalloc(count + 1, sizeof *host.seat);
    for (size_t i = 0; i < count; i++)
        host.seat[i].host = &host;
    error = run(&host);
    real_fini(&host.real);
    coroutine_quiet_end();
    stack_pool_free(host.stacks);
    free(host.seat);
    return error;
}
