/*
 * user_runtime.c -- time, work and waiting of runs at user level.
 *
 * Processor time is counted around work only. Reading a thread's clock costs
 * 0.5 us, a hundred times a switch: around every visit it would be most of what
 * it measures. What a task does between (a lock, a line in the log) is less than
 * a microsecond, and belongs to the scheduler anyway.
 */
#include "sched/run/user_runtime.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/burner.h"
#include "sched/cpu/cores.h"
#include "sched/cpu/sum.h"
#include "sched/program/program.h"
#include "sched/run/gate.h"
#include "sched/run/loop.h"
#include "sched/trace/trace.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

/* How often those who work look whether a descriptor is ready: a poll costs
 * about a microsecond. */
static const int64_t look_ns = 200 * NS_PER_US;

enum {
    STEPS_UNREAD = 127 /* see user_runtime_moment */
};

/* --- making one ------------------------------------------------------------ */

/* A person is thinking; the run's clock stands still meanwhile. */
static int ask_person(void *context, const int *candidate, size_t count,
                      int64_t *waited_ns)
{
    struct user_runtime *real = context;
    int64_t asked_ns = clock_now_ns();
    int choice = 0;

    if (real->options->gate)
        choice = gate_ask(real->options->gate, candidate, count);
    *waited_ns = clock_now_ns() - asked_ns;
    real->start_ns += *waited_ns;
    return choice;
}

static void make_servers(struct user_runtime *real)
{
    struct cores machines;
    int stop_fd = real->options->gate ? gate_fd(real->options->gate) : -1;

    cores_init(&machines, NULL, NULL);
    cores_start_here(&machines);
    real->servers = real->options->machines;
    real->server = xcalloc((size_t)real->servers, sizeof *real->server);
    for (int i = 0; i < real->servers; i++) {
        real->server[i] = (struct server){
            .loop = loop_new(stop_fd),
            .machine = i,
            .cpu = machines.cpu[i % machines.allowed],
        };
    }
    cores_fini(&machines);
}

void user_runtime_init(struct user_runtime *real,
                       const struct workload *workload, unsigned traits,
                       const struct run_options *options, struct trace *trace,
                       struct diag *diag)
{
    *real = (struct user_runtime){
        .workload = workload,
        .options = options,
        .trace = trace,
        .diag = diag,
        .iterations_per_ms = options->iterations_per_ms,
        .limit_ns = options->limit_ns > 0 ? options->limit_ns : TIME_NEVER,
        .cpu_ns = xcalloc(workload->task_count + 1, sizeof *real->cpu_ns),
        .cpu = xcalloc(workload->task_count + 1, sizeof *real->cpu),
    };
    if (real->iterations_per_ms <= 0)
        real->iterations_per_ms = burner_calibrate();
    for (size_t i = 0; i < workload->task_count; i++)
        real->cpu[i] = -1;
    sem_init(&real->lock, 0, 1);
    real->scheduler = scheduler_new(workload, traits, options, trace);
    scheduler_set_choose(real->scheduler, ask_person, real);
    make_servers(real);
    real->start_ns = clock_now_ns(); /* until user_runtime_begin */
}

void user_runtime_fini(struct user_runtime *real)
{
    scheduler_free(real->scheduler);
    for (int i = 0; i < real->servers; i++)
        loop_free(real->server[i].loop);
    sem_destroy(&real->lock);
    free(real->server);
    free(real->cpu_ns);
    free(real->cpu);
}

void user_runtime_lock(struct user_runtime *real)
{
    if (real->servers == 1)
        return;
    while (sem_wait(&real->lock) != 0)
        continue; /* a signal */
}

void user_runtime_unlock(struct user_runtime *real)
{
    if (real->servers > 1)
        sem_post(&real->lock);
}

static void note(struct user_runtime *real, const struct server *server,
                 enum event_kind kind, uint32_t task, int64_t object,
                 int64_t value)
{
    trace_add(real->trace, (struct event){
                               .t_ns = user_runtime_now(real),
                               .value = value,
                               .task = task,
                               .object = (int32_t)object,
                               .kind = (uint16_t)kind,
                               .machine = (uint16_t)server->machine,
                           });
}

void user_runtime_enter(struct server *server)
{
    if (cores_pin(server->cpu) != 0)
        server->cpu = -1;
    cores_sharpen_timers();
    server->tid = (int)syscall(SYS_gettid);
}

void user_runtime_leave(void)
{
    struct cores machines;

    cores_init(&machines, NULL, NULL);
    cores_unpin(&machines);
    cores_fini(&machines);
}

void user_runtime_begin(struct user_runtime *real)
{
    real->start_ns = clock_now_ns();
    scheduler_begin(real->scheduler, 0);
    for (int i = 0; i < real->servers; i++) {
        struct server *server = &real->server[i];

        note(real, server, EVENT_MACHINE, EVENT_NO_TASK, server->cpu,
             server->tid);
    }
}

void user_runtime_finish(struct user_runtime *real)
{
    scheduler_finish(real->scheduler, real->outcome, real->ended_ns);
}

/* --- time ------------------------------------------------------------------ */

int64_t user_runtime_now(const struct user_runtime *real)
{
    return clock_now_ns() - real->start_ns;
}

void user_runtime_end(struct user_runtime *real, enum outcome outcome)
{
    if (real->over)
        return;
    real->over = true;
    real->unread = 0;
    real->outcome = outcome;
    real->ended_ns = user_runtime_now(real);
    for (int i = 0; i < real->servers; i++)
        loop_wake(real->server[i].loop);
}

void user_runtime_fail(struct user_runtime *real, int error)
{
    if (!real->over)
        real->error = error;
    user_runtime_end(real, OUTCOME_FAILED);
}

/* A program has found that its result is wrong, or got no stack. */
static void fail_program(struct user_runtime *real)
{
    const struct diag *failure = programs_failure(
        scheduler_programs(real->scheduler));

    if (failure) {
        *real->diag = *failure;
        user_runtime_fail(real, -EPROTO);
    }
}

bool user_runtime_over(struct user_runtime *real, int64_t now_ns)
{
    if (real->over)
        return true;
    fail_program(real);
    if (real->options->gate && gate_stopped(real->options->gate))
        user_runtime_end(real, OUTCOME_STOPPED);
    else if (now_ns >= real->limit_ns)
        user_runtime_end(real, OUTCOME_LIMIT);
    return real->over;
}

int64_t user_runtime_moment_slowly(struct user_runtime *real)
{
    real->unread = real->trace == NULL ? STEPS_UNREAD : 0;
    real->moment_ns = user_runtime_now(real);
    return user_runtime_over(real, real->moment_ns) ? -1 : real->moment_ns;
}

/* A server that waits cannot see that somebody got in line. */
void user_runtime_wake(struct user_runtime *real)
{
    for (int i = 0; real->servers > 1 && i < real->servers; i++) {
        struct server *server = &real->server[i];

        if (server->waiting &&
            scheduler_line_length(real->scheduler, server->machine) > 0) {
            server->waiting = false;
            loop_wake(server->loop);
        }
    }
}

/* Must whoever has the GIL's key hand it over now? */
static bool key_is_due(const struct user_runtime *real, int64_t now_ns)
{
    return real->options->gil_ns > 0 &&
           scheduler_gil_ns(real->scheduler) <= now_ns;
}

void user_runtime_tick(struct user_runtime *real, int64_t now_ns)
{
    if (scheduler_next_ns(real->scheduler) <= now_ns)
        scheduler_tick(real->scheduler, now_ns);
    if (real->working == 0 && key_is_due(real, now_ns))
        scheduler_gil_over(real->scheduler, now_ns);
}

/* --- descriptors ----------------------------------------------------------- */

void user_runtime_watch(struct user_runtime *real, struct server *server,
                        int task)
{
    short events;
    int fd;

    if (scheduler_awaits(real->scheduler, task, &fd, &events))
        loop_watch(server->loop, fd, events, (uint32_t)task);
}

/* After a wait: let those know whose descriptor is ready. */
static void tell_ready(struct user_runtime *real, struct server *server)
{
    uint32_t task;

    while (loop_ready(server->loop, &task))
        scheduler_ready(real->scheduler, (int)task, user_runtime_now(real));
}

void user_runtime_look(struct user_runtime *real, struct server *server,
                       int64_t now_ns)
{
    if (loop_watching(server->loop) == 0 ||
        now_ns < server->looked_ns + look_ns)
        return;
    server->looked_ns = now_ns;
    if (loop_wait(server->loop, 0) == 0)
        tell_ready(real, server);
}

/* --- waiting --------------------------------------------------------------- */

/* Wait for the next alarm, the limit, another server or the person. */
static void wait_once(struct user_runtime *real, struct server *server)
{
    int64_t until_ns, key_ns;
    int error;

    scheduler_await(real->scheduler);
    until_ns = scheduler_next_ns(real->scheduler);
    key_ns = scheduler_gil_ns(real->scheduler);
    user_runtime_wake(real);
    if (real->working == 0 && key_ns < until_ns)
        until_ns = key_ns;
    if (until_ns > real->limit_ns)
        until_ns = real->limit_ns;
    if (until_ns != TIME_NEVER)
        until_ns += real->start_ns;
    user_runtime_unlock(real);
    error = loop_wait(server->loop, until_ns);
    user_runtime_lock(real);
    real->unread = 0;
    if (error) {
        user_runtime_fail(real, error);
    } else if (!user_runtime_over(real, user_runtime_now(real))) {
        user_runtime_tick(real, user_runtime_now(real));
        tell_ready(real, server);
    }
}

/* A run that follows a script: let the alarms ring that come before what the
 * task does next. */
static void keep_time(struct user_runtime *real)
{
    while (!real->over && scheduler_must_wait(real->scheduler))
        wait_once(real, &real->server[0]);
}

/* --- work ------------------------------------------------------------------ */

struct work {
    struct user_runtime *real;
    struct server *server;
};

/* Asked by the burner every 60 us: others' alarms ring while a task works; and
 * only who has the key works where there is one. */
static bool interrupted(void *context)
{
    const struct work *work = context;
    struct user_runtime *real = work->real;
    int64_t now_ns;
    bool stop;

    user_runtime_lock(real);
    now_ns = user_runtime_now(real);
    stop = user_runtime_over(real, now_ns);
    if (!stop) {
        user_runtime_tick(real, now_ns);
        user_runtime_look(real, work->server, now_ns);
        user_runtime_wake(real);
        stop = key_is_due(real, now_ns);
    }
    user_runtime_unlock(real);
    return stop;
}

/* The task is on this core; say so when it was not before. */
static void see_cpu(struct user_runtime *real, int task)
{
    int cpu = sched_getcpu();

    if (cpu < 0 || cpu == real->cpu[task])
        return;
    real->cpu[task] = cpu;
    trace_add(real->trace, (struct event){
                               .t_ns = user_runtime_now(real),
                               .task = (uint32_t)task,
                               .object = 0,
                               .value = cpu,
                               .kind = EVENT_CPU_ID,
                               .machine = EVENT_NO_MACHINE,
                           });
}

void user_runtime_work(struct user_runtime *real, struct server *server,
                       struct burner *burner, struct task_calls *calls,
                       int task)
{
    int64_t left_ns = scheduler_left_ns(real->scheduler, task);
    struct work work = { real, server };
    int64_t used_ns, done_ns;

    user_runtime_wake(real);
    real->working++;
    user_runtime_unlock(real);
    used_ns = clock_thread_cpu_ns();
    if (program_works(calls)) {
        bool done = program_work(calls, interrupted, &work);

        used_ns = clock_thread_cpu_ns() - used_ns;
        done_ns = program_worked_ns(done, used_ns, left_ns);
    } else {
        burner_begin(burner, left_ns);
        burner_run(burner, interrupted, &work);
        used_ns = clock_thread_cpu_ns() - used_ns;
        done_ns = burner_worked_ns(burner);
    }
    user_runtime_lock(real);
    real->unread = 0;
    real->working--;
    keep_time(real);
    real->cpu_ns[task] += used_ns;
    see_cpu(real, task);
    scheduler_worked(real->scheduler, task, done_ns, user_runtime_now(real));
    if (!real->over)
        user_runtime_tick(real, user_runtime_now(real));
}

/* Asked between many additions: only the end of the run stops them. */
static bool is_over(void *context)
{
    const struct work *work = context;
    bool over;

    interrupted(context);
    user_runtime_lock(work->real);
    over = work->real->over;
    user_runtime_unlock(work->real);
    return over;
}

bool user_runtime_sum(struct user_runtime *real, struct server *server,
                      int task, struct request *request)
{
    struct work work = { real, server };
    int64_t used_ns;
    bool done;

    if (sum_count(request->value, request->last) <= SUM_FEW) {
        used_ns = clock_thread_cpu_ns();
        done = sum_really(request, NULL, NULL);
        real->cpu_ns[task] += clock_thread_cpu_ns() - used_ns;
        return done;
    }
    user_runtime_wake(real);
    user_runtime_unlock(real);
    used_ns = clock_thread_cpu_ns();
    done = sum_really(request, is_over, &work);
    used_ns = clock_thread_cpu_ns() - used_ns;
    user_runtime_lock(real);
    real->cpu_ns[task] += used_ns;
    return done && !real->over;
}

void user_runtime_facts(struct user_runtime *real, const struct server *server,
                        int task)
{
    see_cpu(real, task);
    note(real, server, EVENT_THREAD, (uint32_t)task, 0, server->tid);
    note(real, server, EVENT_CPU_TIME, (uint32_t)task, 0, real->cpu_ns[task]);
}

void user_runtime_hold(struct user_runtime *real, struct server *server,
                       int task)
{
    while (scheduler_place(real->scheduler, task) == PLACE_HELD &&
           !user_runtime_over(real, user_runtime_now(real))) {
        if (scheduler_stuck(real->scheduler))
            user_runtime_end(real, OUTCOME_DEADLOCK);
        else
            wait_once(real, server);
    }
}

void user_runtime_wait(struct user_runtime *real, struct server *server)
{
    if (!scheduler_unfinished(real->scheduler)) {
        user_runtime_end(real, OUTCOME_FINISHED);
    } else if (scheduler_stuck(real->scheduler)) {
        user_runtime_end(real, OUTCOME_DEADLOCK);
    } else {
        server->waiting = true;
        wait_once(real, server);
        server->waiting = false;
    }
}
