/*
 * user_runtime.c -- beginning, time and waiting of runs at user level.
 *
 * A worker with nobody to serve waits in its loop for whatever comes first: an
 * alarm, a descriptor, another worker, the limit, a person. One that serves a
 * task never waits for long, so it looks at these things itself from time to
 * time (user_work.c).
 */
#include "sched/run/user_runtime.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/sum.h"
#include "sched/base/xalloc.h"
#include "sched/cpu/burner.h"
#include "sched/cpu/cores.h"
#include "sched/program/program.h"
#include "sched/run/gate.h"
#include "sched/run/loop.h"
#include "sched/run/observer.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* How often those who wait look whether a person has stopped the run, where the
 * gate has no descriptor to tell them. */
static const int64_t gate_ns = 20 * NS_PER_MS;

/* How often those who work look whether a descriptor is ready: a poll costs
 * about a microsecond. */
static const int64_t look_ns = 200 * NS_PER_US;

enum {
    STEPS_UNREAD = 127 /* see user_runtime_moment */
};

/* --- making one ----------------------------------------------------------- */

/* A person is thinking; the run's clock stands still meanwhile. */
static int ask_person(void *context, const int *candidate, size_t count,
                      int64_t *waited_ns)
{
    struct user_runtime *runtime = context;
    int choice = gate_ask(runtime->options.gate, candidate, count, waited_ns);

    runtime->start_ns += *waited_ns;
    return choice;
}

/* The rules of this run: nobody is ever interrupted, what a switch costs is not
 * chosen, and no limit is a limit that is never reached. */
static struct run_options own_options(const struct run_options *options,
                                      struct user_runtime *runtime)
{
    struct run_options own = *options;

    own.slice_ns = 0;
    own.switch_cost_ns = 0;
    if (own.limit_ns <= 0)
        own.limit_ns = TIME_NEVER;
    if (own.iterations_per_ms <= 0)
        own.iterations_per_ms = burner_calibrate();
    if (own.gate) {
        own.choose = ask_person;
        own.choose_context = runtime;
    }
    return own;
}

/* With more workers than cores some share one; the model has no such limit.
 * Several wake each other, or one of them could wait for ever: returns 0, or a
 * negative errno value if the system has no descriptor left for that. Their
 * threads are made by this one, the first one's. */
static int make_workers(struct user_runtime *runtime)
{
    struct cores *cores = &runtime->cores;
    int error = 0;
    const struct gate *gate = runtime->options.gate;
    int *cpu;

    cores_init(cores, NULL, NULL);
    cores_start_here(cores);
    runtime->workers = runtime->options.machines;
    runtime->worker = xcalloc((size_t)runtime->workers,
                              sizeof *runtime->worker);
    cpu = xcalloc((size_t)runtime->workers, sizeof *cpu);
    for (int i = 0; i < runtime->workers; i++) {
        runtime->worker[i] = (struct worker){
            .loop = loop_new(gate ? gate_fd(gate) : -1),
            .machine = i,
            .cpu = cores->cpu[i % cores->allowed],
        };
        cpu[i] = runtime->worker[i].cpu;
        if (runtime->workers > 1 && !loop_can_wake(runtime->worker[i].loop))
            error = -EMFILE;
    }
    runtime->observer = observer_new(runtime->scheduler, &runtime->options,
                                     runtime->trace, cpu);
    free(cpu);
    return error;
}

/* Everything that takes long (calibration, stacks) is done before the clock is
 * set. */
void user_runtime_init(struct user_runtime *runtime,
                       const struct workload *workload, unsigned traits,
                       const struct run_options *options, struct trace *trace,
                       struct diag *diag)
{
    int error;

    *runtime = (struct user_runtime){
        .workload = workload,
        .options = own_options(options, runtime),
        .trace = trace,
        .diag = diag,
        .cpu_ns = xcalloc(workload->task_count + 1, sizeof *runtime->cpu_ns),
        .cpu = xcalloc(workload->task_count + 1, sizeof *runtime->cpu),
    };
    for (size_t i = 0; i < workload->task_count; i++)
        runtime->cpu[i] = -1;
    baton_init(&runtime->lock, 1);
    runtime->scheduler = scheduler_new(workload, traits, &runtime->options,
                                       trace);
    runtime->programs = programs_new(workload, runtime->scheduler, trace,
                                     false);
    runtime->start_ns = clock_now_ns(); /* until user_runtime_begin */
    error = make_workers(runtime);
    if (error) {
        diag_set(diag, NULL, 0, 0,
                 _("the system allows no more file descriptors: %s"),
                 strerror(-error));
        user_runtime_fail(runtime, error);
    }
}

void user_runtime_fini(struct user_runtime *runtime)
{
    observer_free(runtime->observer);
    cores_fini(&runtime->cores);
    programs_free(runtime->programs);
    scheduler_free(runtime->scheduler);
    for (int i = 0; i < runtime->workers; i++)
        loop_free(runtime->worker[i].loop);
    baton_fini(&runtime->lock);
    free(runtime->worker);
    free(runtime->cpu_ns);
    free(runtime->cpu);
}

/* One thread has nobody to exclude, and a switch must not cost a system
 * call. */
void user_runtime_lock(struct user_runtime *runtime)
{
    if (runtime->workers > 1)
        baton_take(&runtime->lock);
}

bool user_runtime_trylock(struct user_runtime *runtime)
{
    return runtime->workers == 1 || baton_try(&runtime->lock);
}

void user_runtime_unlock(struct user_runtime *runtime)
{
    if (runtime->workers > 1)
        baton_give(&runtime->lock);
}

/* The core is told in the trace, so failing to pin is said there as well. */
void user_runtime_enter(struct worker *worker)
{
    if (cores_pin(worker->cpu) != 0)
        worker->cpu = -1;
    cores_sharpen_timers();
    worker->tid = cores_thread();
}

/* Where others have moved the thread meanwhile, it stays. */
void user_runtime_leave(const struct user_runtime *runtime)
{
    struct cores now;

    cores_init(&now, NULL, NULL);
    if (now.allowed == 1 && now.cpu[0] == runtime->worker[0].cpu)
        cores_unpin(&runtime->cores);
    cores_fini(&now);
}

/* Which core each machine is belongs at the start of the trace. */
void user_runtime_begin(struct user_runtime *runtime)
{
    bool pinned = true;

    runtime->start_ns = clock_now_ns();
    scheduler_begin(runtime->scheduler, 0);
    for (int i = 0; i < runtime->workers; i++) {
        const struct worker *worker = &runtime->worker[i];

        trace_add(runtime->trace, (struct event){
                                      .t_ns = user_runtime_now(runtime),
                                      .value = worker->tid,
                                      .task = EVENT_NO_TASK,
                                      .object = worker->cpu,
                                      .kind = EVENT_MACHINE,
                                      .machine = (uint16_t)worker->machine,
                                  });
        observer_serve(runtime->observer, i, worker->tid, true,
                       user_runtime_now(runtime));
        pinned = pinned && worker->cpu >= 0;
    }
    observer_begin(runtime->observer, pinned);
}

void user_runtime_finish(struct user_runtime *runtime)
{
    observer_end(runtime->observer);
    scheduler_finish(runtime->scheduler, runtime->outcome, runtime->ended_ns);
}

/* --- time ----------------------------------------------------------------- */

int64_t user_runtime_now(struct user_runtime *runtime)
{
    int64_t now_ns = clock_now_ns() - runtime->start_ns;

    observer_look(runtime->observer, now_ns, runtime->start_ns);
    return now_ns;
}

/* unread is reset so that nobody goes on for another 127 steps. */
void user_runtime_end(struct user_runtime *runtime, enum outcome outcome)
{
    if (runtime->over)
        return;
    runtime->over = true;
    runtime->unread = 0;
    runtime->outcome = outcome;
    runtime->ended_ns = user_runtime_now(runtime);
    for (int i = 0; i < runtime->workers; i++)
        loop_wake(runtime->worker[i].loop);
}

/* The first error is the one to report. */
void user_runtime_fail(struct user_runtime *runtime, int error)
{
    if (!runtime->over)
        runtime->error = error;
    user_runtime_end(runtime, OUTCOME_FAILED);
}

/* Asked before every step that reads the clock: the flag answers first. */
bool user_runtime_over(struct user_runtime *runtime, int64_t now_ns)
{
    const struct gate *gate = runtime->options.gate;
    int error;

    if (runtime->over)
        return true;
    error = programs_error(runtime->programs, runtime->diag);
    if (!error)
        error = scheduler_error(runtime->scheduler, runtime->diag);
    if (error)
        user_runtime_fail(runtime, error);
    else if (gate && gate_stopped(gate))
        user_runtime_end(runtime, OUTCOME_STOPPED);
    else if (now_ns >= runtime->options.limit_ns)
        user_runtime_end(runtime, OUTCOME_LIMIT);
    return runtime->over;
}

/* With a trace every step needs its own time. */
int64_t user_runtime_moment_slowly(struct user_runtime *runtime)
{
    runtime->unread = runtime->trace ? 0 : STEPS_UNREAD;
    runtime->moment_ns = user_runtime_now(runtime);
    return user_runtime_over(runtime, runtime->moment_ns) ? -1
                                                          : runtime->moment_ns;
}

bool user_runtime_gil_is_due(const struct user_runtime *runtime, int64_t now_ns)
{
    return runtime->options.gil_ns > 0 &&
           scheduler_gil_ns(runtime->scheduler) <= now_ns;
}

/* A task that works hands the GIL over itself when it stops. */
void user_runtime_tick(struct user_runtime *runtime, int64_t now_ns)
{
    if (scheduler_next_ns(runtime->scheduler) <= now_ns) {
        scheduler_tick(runtime->scheduler, now_ns);
        scheduler_settle(runtime->scheduler, now_ns);
    }
    if (runtime->working == 0 && user_runtime_gil_is_due(runtime, now_ns))
        scheduler_gil_over(runtime->scheduler, now_ns);
}

/* --- descriptors ---------------------------------------------------------- */

void user_runtime_watch(struct user_runtime *runtime, struct worker *worker,
                        int task)
{
    short events;
    int fd;

    if (scheduler_awaits(runtime->scheduler, task, &fd, &events))
        loop_watch(worker->loop, fd, events, (uint32_t)task);
}

/* After a wait: tasks whose descriptor is ready become ready. */
static void tell_ready(struct user_runtime *runtime, struct worker *worker)
{
    uint32_t task;

    while (loop_ready(worker->loop, &task))
        scheduler_ready(runtime->scheduler, (int)task,
                        user_runtime_now(runtime));
}

/* Not at every step: asking the kernel costs more than many steps. */
void user_runtime_look(struct user_runtime *runtime, struct worker *worker,
                       int64_t now_ns)
{
    if (loop_watching(worker->loop) == 0 ||
        now_ns < worker->looked_ns + look_ns)
        return;
    worker->looked_ns = now_ns;
    if (loop_wait(worker->loop, 0) == 0)
        tell_ready(runtime, worker);
}

/* --- waiting -------------------------------------------------------------- */

/* A worker that waits cannot see that somebody has become ready. */
void user_runtime_wake(struct user_runtime *runtime)
{
    for (int i = 0; runtime->workers > 1 && i < runtime->workers; i++) {
        struct worker *worker = &runtime->worker[i];

        if (worker->waiting &&
            scheduler_is_wanted(runtime->scheduler, worker->machine)) {
            worker->waiting = false;
            loop_wake(worker->loop);
        }
    }
}

/* When the next thing happens by itself, on the monotonic clock. */
static int64_t deadline_ns(const struct user_runtime *runtime)
{
    int64_t until_ns = scheduler_next_ns(runtime->scheduler);
    int64_t gil_ns = scheduler_gil_ns(runtime->scheduler);

    if (runtime->working == 0 && gil_ns < until_ns)
        until_ns = gil_ns;
    if (until_ns > runtime->options.limit_ns)
        until_ns = runtime->options.limit_ns;
    return until_ns == TIME_NEVER ? TIME_NEVER : until_ns + runtime->start_ns;
}

/* The same for somebody who must look at the gate now and then. */
static int64_t wait_until_ns(const struct user_runtime *runtime)
{
    int64_t until_ns = deadline_ns(runtime);
    const struct gate *gate = runtime->options.gate;

    if (gate && gate_fd(gate) < 0 && until_ns > clock_now_ns() + gate_ns)
        until_ns = clock_now_ns() + gate_ns;
    return until_ns;
}

/* Wait for the next alarm, the limit, another worker or the person. */
static void wait_once(struct user_runtime *runtime, struct worker *worker)
{
    int64_t until_ns;
    int error;

    scheduler_await(runtime->scheduler);
    until_ns = wait_until_ns(runtime);
    user_runtime_wake(runtime);
    user_runtime_unlock(runtime);
    error = loop_wait(worker->loop, until_ns);
    user_runtime_lock(runtime);
    observer_serve(runtime->observer, worker->machine, worker->tid, true,
                   user_runtime_now(runtime));
    runtime->unread = 0;
    if (error) {
        user_runtime_fail(runtime, error);
    } else if (!user_runtime_over(runtime, user_runtime_now(runtime))) {
        user_runtime_tick(runtime, user_runtime_now(runtime));
        tell_ready(runtime, worker);
    }
}

/* Only runs on one machine follow a script. */
void user_runtime_keep_time(struct user_runtime *runtime)
{
    while (!runtime->over && scheduler_must_wait(runtime->scheduler))
        wait_once(runtime, &runtime->worker[0]);
}

/* Nobody else is served at this machine meanwhile: that is what holding
 * means. */
void user_runtime_hold(struct user_runtime *runtime, struct worker *worker,
                       int task)
{
    while (scheduler_place(runtime->scheduler, task) == PLACE_HELD &&
           !user_runtime_over(runtime, user_runtime_now(runtime))) {
        if (scheduler_stuck(runtime->scheduler))
            user_runtime_end(runtime, OUTCOME_DEADLOCK);
        else
            wait_once(runtime, worker);
    }
}

/* Before waiting it must be certain that somebody can end the wait. */
void user_runtime_wait(struct user_runtime *runtime, struct worker *worker)
{
    if (!scheduler_unfinished(runtime->scheduler)) {
        user_runtime_end(runtime, OUTCOME_FINISHED);
    } else if (scheduler_stuck(runtime->scheduler)) {
        user_runtime_end(runtime, OUTCOME_DEADLOCK);
    } else {
        worker->waiting = true;
        wait_once(runtime, worker);
        worker->waiting = false;
    }
}
