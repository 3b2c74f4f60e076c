/*
 * host_kernel.c -- a run with threads: make them, watch them, join them.
 *
 * All threads exist before the clock starts, those of tasks that come later
 * too, so that making threads does not distort the picture. Then the thread
 * that called waits for one of three things: the end, the limit, or a person.
 * Everything else is done by the tasks' own threads (kernel_task.c): whoever
 * changes something under the mutex also gives free machines away.
 */
#include "sched/run/host_kernel.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/crash_cleanup.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/program/program.h"
#include "sched/run/gate.h"
#include "sched/run/kernel_internal.h"
#include "sched/run/observer.h"
#include "sched/run/thread_clock.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    STACK_BYTES = 256 * 1024,
    POLL_MS = 20, /* only if the gate has no descriptor */
};

/* --- the threads ---------------------------------------------------------- */

/* Threads are bound only if there is a core for each machine; else the kernel
 * shares the cores out better than we would. */
static void init_tasks(struct kernel_host *host, int64_t rate)
{
    const struct workload *workload = host->workload;
    pthread_condattr_t same_clock;

    host->task = xcalloc(workload->task_count + 1, sizeof *host->task);
    thread_clock_attributes(&same_clock);
    for (size_t i = 0; i < workload->task_count; i++) {
        struct kernel_task *task = &host->task[i];
        int machine = (int)(i % (size_t)host->options.machines);

        task->host = host;
        task->index = (int)i;
        task->pinned = host->cores.affinity_known &&
                               host->options.machines <= host->cores.allowed
                           ? machine
                           : -1;
        pthread_cond_init(&task->turn, &same_clock);
        task_input_init(&task->input, workload, host->scheduler, host->programs,
                        (int)i, rate);
    }
    pthread_condattr_destroy(&same_clock);
}

/* Make a thread for every task that needs one; signals stay with the thread
 * that called. Returns 0 or a negative errno value. */
static int make_threads(struct kernel_host *host)
{
    pthread_attr_t attributes;
    sigset_t before;
    int error = 0;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    before = crash_cleanup_block_signals();
    for (size_t i = 0; i < host->workload->task_count && error == 0; i++) {
        struct kernel_task *task = &host->task[i];

        if (host->workload->task[i].generator)
            continue;
        error = pthread_create(&task->thread, &attributes, kernel_task_main,
                               task);
        task->made = error == 0;
        host->thread_count += task->made;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return -error;
}

/* All of them, before anything is destroyed: one that ends may still
 * signal another. */
static void join_threads(struct kernel_host *host)
{
    for (size_t i = 0; i < host->workload->task_count; i++) {
        if (host->task[i].made)
            pthread_join(host->task[i].thread, NULL);
    }
}

/* --- the run -------------------------------------------------------------- */

/* Which core each machine is; -1 where threads could not be bound. */
static void write_machines(struct kernel_host *host)
{
    for (int i = 0; i < host->options.machines; i++) {
        bool bound = host->task[0].pinned >= 0 && host->pin_error == 0;

        trace_add(host->trace, (struct event){
                                   .kind = EVENT_MACHINE,
                                   .task = EVENT_NO_TASK,
                                   .machine = (uint16_t)i,
                                   .object = bound ? host->cores.cpu[i] : -1,
                               });
    }
}

/* All threads wait for their first turn: start the clock. */
static void begin(struct kernel_host *host)
{
    kernel_lock(host);
    while (host->started_count < host->thread_count)
        pthread_cond_wait(&host->started, &host->mutex);
    host->start_ns = clock_now_ns();
    scheduler_begin(host->scheduler, 0);
    write_machines(host);
    observer_begin(host->observer,
                   host->task[0].pinned >= 0 && host->pin_error == 0);
    for (size_t i = 0; i < host->workload->task_count; i++) {
        if (host->workload->task[i].at_ns > 0)
            pthread_cond_signal(&host->task[i].turn); /* sets its alarm */
    }
    kernel_settle(host, NULL, kernel_moment(host));
    kernel_unlock(host);
}

/* How long poll may wait; rounded up, so that the time has come then. */
static int poll_ms(const struct kernel_host *host)
{
    const struct gate *gate = host->options.gate;
    int64_t left_ns, ms;

    if (gate && gate_fd(gate) < 0)
        return POLL_MS;
    if (host->options.limit_ns <= 0)
        return -1;
    left_ns = host->options.limit_ns - kernel_now_ns(host);
    ms = left_ns > 0 ? left_ns / NS_PER_MS + 1 : 0;
    return ms < INT_MAX ? (int)ms : INT_MAX;
}

/* Does somebody want the run to end? Asked with and without the mutex. */
static bool should_end(const struct kernel_host *host, enum outcome *why)
{
    const struct gate *gate = host->options.gate;
    int64_t limit_ns = host->options.limit_ns;

    *why = OUTCOME_STOPPED;
    if (gate && gate_stopped(gate))
        return true;
    *why = OUTCOME_LIMIT;
    return limit_ns > 0 && kernel_now_ns(host) >= limit_ns;
}

/* Wait for the end; ask for it when the limit is reached or a person wants. */
static void watch(struct kernel_host *host)
{
    const struct gate *gate = host->options.gate;
    struct pollfd want[2] = {
        { .fd = host->stop.fd, .events = POLLIN },
        { .fd = gate ? gate_fd(gate) : -1, .events = POLLIN },
    };

    while (want[0].revents == 0) {
        enum outcome why;

        poll(want, 2, poll_ms(host));
        if (!should_end(host, &why))
            continue;
        kernel_lock(host);
        /* While a person picked, the clock stood still: look again. */
        if (should_end(host, &why))
            kernel_stop(host, why);
        kernel_unlock(host);
    }
}

static int64_t ahead_ns(const void *context, int task)
{
    const struct kernel_host *host = context;

    return task_input_ahead_ns(&host->task[task].input, host->workload, task,
                               host->options.seed);
}

/* The burner is calibrated before any thread exists that could disturb it. */
static void init_host(struct kernel_host *host, unsigned traits)
{
    int64_t rate = host->options.iterations_per_ms;

    pthread_mutex_init(&host->mutex, NULL);
    pthread_cond_init(&host->started, NULL);
    cores_init(&host->cores, NULL, NULL);
    cores_start_here(&host->cores);
    if (host->options.gate) {
        host->options.choose = kernel_choose;
        host->options.choose_context = host;
    }
    host->options.switch_cost_ns = 0; /* real switches cost what they cost */
    host->scheduler = scheduler_new(host->workload, traits, &host->options,
                                    host->trace);
    scheduler_set_ahead(host->scheduler, ahead_ns, host);
    host->programs = programs_new(host->workload, host->scheduler, host->trace,
                                  false);
    host->look_ns = TIME_NEVER;
    host->observer = observer_new(host->scheduler, &host->options, host->trace,
                                  host->cores.cpu);
    init_tasks(host, rate > 0 ? rate : burner_calibrate());
}

static void fini_host(struct kernel_host *host)
{
    for (size_t i = 0; i < host->workload->task_count; i++) {
        pthread_cond_destroy(&host->task[i].turn);
        task_input_fini(&host->task[i].input);
    }
    free(host->task);
    observer_free(host->observer);
    programs_free(host->programs);
    scheduler_free(host->scheduler);
    cores_fini(&host->cores);
    pthread_cond_destroy(&host->started);
    pthread_mutex_destroy(&host->mutex);
    waker_fini(&host->stop);
}

/* The system refused something: the threads that were made end. */
static void give_up(struct kernel_host *host)
{
    kernel_lock(host);
    host->start_ns = clock_now_ns();
    scheduler_begin(host->scheduler, 0);
    kernel_stop(host, OUTCOME_FAILED);
    kernel_unlock(host);
}

/* How many threads could be made says what the system would allow. */
static int start(struct kernel_host *host, struct diag *diag)
{
    size_t wanted = 0;
    int error = waker_init(&host->stop);

    if (error != 0) {
        diag_set(diag, NULL, 0, 0,
                 _("the system allows no more file descriptors: %s"),
                 strerror(-error));
        return error;
    }
    error = make_threads(host);
    if (error != 0) {
        for (size_t i = 0; i < host->workload->task_count; i++)
            wanted += !host->workload->task[i].generator;
        diag_set(diag, NULL, 0, 0,
                 _("%zu of %zu threads could be created: %s; coroutine "
                   "needs one thread, --model none"),
                 host->thread_count, wanted, strerror(-error));
    }
    return error;
}

/* A run that failed to start still joins and frees what was made. */
int host_kernel_run(const struct workload *workload, unsigned traits,
                    const struct run_options *options, struct trace *trace,
                    struct diag *diag)
{
    struct kernel_host host = { .workload = workload,
                                .options = *options,
                                .trace = trace };
    int error;

    init_host(&host, traits);
    error = start(&host, diag);
    if (error == 0) {
        begin(&host);
        watch(&host);
    } else {
        give_up(&host);
    }
    join_threads(&host);
    if (!error)
        error = programs_error(host.programs, diag);
    if (!error)
        error = scheduler_error(host.scheduler, diag);
    fini_host(&host);
    return error;
}
