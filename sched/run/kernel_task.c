/*
 * kernel_task.c -- one task and its thread.
 *
 *      ┌─> wait for a machine ──> ask the task what it wants ──┐
 *      │    (asleep in the kernel)        │                    │
 *      │                                  ├─ no time: perform it (mutex held)
 *      └── it left its machine <──────────┴─ work: compute, without the mutex
 *
 * A thread that sleeps has its own timer in the kernel. Whoever notices first,
 * a thread that woke or one that works, lets everything happen that is due
 * (kernel_tick), so that two tasks become ready in the order of their alarms,
 * whichever thread the kernel wakes first. One that waits for the GIL waits
 * with a timeout, as CPython's threads do, and takes it from a holder that does
 * not run.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/sum.h"
#include "sched/program/program.h"
#include "sched/run/kernel_internal.h"
#include "sched/run/observer.h"
#include "sched/run/thread_clock.h"
#include "sched/scheduler/scheduler.h"

static const int64_t gil_retry_ns = NS_PER_MS;

/* --- waiting -------------------------------------------------------------- */

/* A task whose generator runs has the machine, and its thread does the
 * running. */
static bool has_machine(const struct kernel_task *self)
{
    enum task_place place = scheduler_place(self->host->scheduler, self->index);

    return place == PLACE_RUNNING || place == PLACE_CALLING;
}

/* When the thread must act by itself although nobody wakes it. */
static int64_t alarm_ns(const struct kernel_task *self)
{
    const struct kernel_host *host = self->host;
    const struct scheduler *scheduler = host->scheduler;
    int64_t at_ns = host->workload->task[self->index].at_ns;
    int64_t gil_ns;

    if (host->start_ns == 0)
        return TIME_NEVER;
    switch (scheduler_place(scheduler, self->index)) {
    case PLACE_EXPECTED:
        return at_ns >= self->looked_ns ? at_ns : TIME_NEVER;
    case PLACE_AWAY:
    case PLACE_HELD:
        return scheduler_until_ns(scheduler, self->index);
    case PLACE_BLOCKED:
        if (scheduler_until_ns(scheduler, self->index) < TIME_NEVER)
            return scheduler_until_ns(scheduler, self->index);
        gil_ns = scheduler_gil_ns(scheduler);
        return gil_ns < self->looked_ns + gil_retry_ns && self->looked_ns > 0
                   ? self->looked_ns + gil_retry_ns
                   : gil_ns;
    default:
        return TIME_NEVER;
    }
}

/* The alarm goes off: let everything happen that is due, including this
 * thread's own waking. */
static void ring(struct kernel_task *self, int64_t now_ns)
{
    struct scheduler *scheduler = self->host->scheduler;

    self->looked_ns = now_ns + 1;
    if (scheduler_gil_ns(scheduler) <= now_ns) {
        int holder = scheduler_gil_holder(scheduler);

        if (holder >= 0 && scheduler_machine(scheduler, holder) < 0)
            scheduler_gil_over(scheduler, now_ns);
    }
    kernel_tick(self->host, self, now_ns);
}

/* Sleep until somebody signals, or until the run's clock says until_ns. */
static void sleep_until(struct kernel_task *self, int64_t until_ns)
{
    struct kernel_host *host = self->host;
    struct timespec deadline;

    if (until_ns > TIME_NEVER / 2) {
        pthread_cond_wait(&self->turn, &host->mutex);
        return;
    }
    until_ns += host->start_ns +
                atomic_load_explicit(&host->held_ns, memory_order_relaxed);
    deadline = thread_clock_deadline(until_ns);
    pthread_cond_timedwait(&self->turn, &host->mutex, &deadline);
}

/* If the task waits for a descriptor, so does its thread, in the kernel. */
static bool wait_for_file(struct kernel_task *self)
{
    struct kernel_host *host = self->host;
    struct pollfd want[2] = { { .fd = -1 },
                              { .fd = host->stop.fd, .events = POLLIN } };

    if (!scheduler_awaits(host->scheduler, self->index, &want[0].fd,
                          &want[0].events)) {
        return false;
    }
    kernel_unlock(host);
    while (poll(want, 2, -1) < 0 && errno == EINTR)
        continue;
    kernel_lock(host);
    if (!kernel_is_over(host)) {
        int64_t now_ns = kernel_moment(host);

        scheduler_ready(host->scheduler, self->index, now_ns);
        kernel_settle(host, self, now_ns);
    }
    return true;
}

/* The task is on this core now. */
static void note_core(struct kernel_task *self)
{
    int cpu = cores_here();

    if (cpu >= 0 && cpu < SEEN_CORES)
        self->seen[cpu / SEEN_BITS] |= UINT64_C(1) << cpu % SEEN_BITS;
}

/* The task has a machine, at the instant returned; the clock is read once, for
 * its next step, too. */
static int64_t arrive(struct kernel_task *self, bool waited)
{
    struct kernel_host *host = self->host;
    int64_t now_ns;

    if (!self->begun) {
        self->begun = true;
        note_core(self); /* it may never work long enough to be seen again */
    }
    if (!waited)
        return kernel_moment(host);
    now_ns = kernel_now_ns(host);
    observer_arrive(host->observer,
                    scheduler_machine(host->scheduler, self->index), now_ns,
                    kernel_zero_ns(host));
    return now_ns;
}

/* Wait for a machine; returns when it is that the task has one, or, because the
 * run is over, any time. */
static int64_t wait_for_machine(struct kernel_task *self)
{
    struct kernel_host *host = self->host;
    bool waited = false;

    while (!has_machine(self) && !kernel_is_over(host)) {
        int64_t until_ns, now_ns;

        waited = true;
        if (host->wake_count > 0) {
            kernel_unlock(host); /* wakes them */
            kernel_lock(host);
            continue;
        }
        if (wait_for_file(self))
            continue;
        until_ns = alarm_ns(self);
        now_ns = until_ns < TIME_NEVER ? kernel_moment(host) : 0;
        if (until_ns <= now_ns) {
            ring(self, now_ns);
        } else {
            sleep_until(self, until_ns);
        }
    }
    self->looked_ns = 0;
    return has_machine(self) ? arrive(self, waited) : 0;
}

/* --- working -------------------------------------------------------------- */

/* When the task must leave the machine it works at. Only the holder of the GIL
 * works, so the time of the GIL is this task's time. */
static int64_t stop_time(const struct scheduler *scheduler, int machine)
{
    int64_t slice_ns = scheduler_slice_ns(scheduler, machine);
    int64_t gil_ns = scheduler_gil_ns(scheduler);

    return gil_ns < slice_ns ? gil_ns : slice_ns;
}

/* Is there a reason to stop working? Else it begins its next slice. */
static bool must_stop(struct kernel_task *self, int64_t now_ns)
{
    struct scheduler *scheduler = self->host->scheduler;
    int machine = scheduler_machine(scheduler, self->index);

    if (kernel_is_over(self->host) || scheduler_victim(scheduler) == machine ||
        scheduler_gil_ns(scheduler) <= now_ns ||
        scheduler_spun(scheduler, scheduler_runner(scheduler, machine))) {
        return true;
    }
    if (scheduler_slice_ns(scheduler, machine) <= now_ns) {
        if (scheduler_slice_wanted(scheduler, machine))
            return true;
        scheduler_slice_skip(scheduler, machine, now_ns);
    }
    atomic_store_explicit(&self->stop_ns, stop_time(scheduler, machine),
                          memory_order_relaxed);
    return false;
}

/* Now, for whoever works; if it was moved to another core, so it is written. */
static int64_t find_moment(struct kernel_task *self)
{
    struct kernel_host *host = self->host;
    int machine = scheduler_machine(host->scheduler, self->index);
    int64_t now_ns = kernel_moment(host);

    if (machine >= 0 && observer_find_moved(host->observer, machine, now_ns))
        host->moved = true;
    return now_ns;
}

/*
 * Between two chunks of work, without the mutex: is this task wanted? An
 * alarm that is due is served here, as an interrupt would be, because on one
 * core the kernel may let the thread that woke wait for some milliseconds. Work
 * does not stop to wait for the mutex: there will be another chance.
 */
static bool is_wanted(void *context)
{
    struct kernel_task *self = context;
    struct kernel_host *host = self->host;
    bool must = false;
    int64_t now_ns;

    if (self->pinned < 0) /* the kernel may have moved it */
        note_core(self);
    if (atomic_load_explicit(&host->holding, memory_order_relaxed)) {
        kernel_lock(host); /* free again when the person has picked */
        kernel_unlock(host);
    }
    if (kernel_is_over(host))
        return true;
    now_ns = kernel_now_ns(host);
    if (now_ns >= atomic_load_explicit(&host->next_ns, memory_order_relaxed) ||
        now_ns >= atomic_load_explicit(&host->look_ns, memory_order_relaxed) ||
        now_ns >= atomic_load_explicit(&self->stop_ns, memory_order_relaxed)) {
        if (pthread_mutex_trylock(&host->mutex) != 0)
            return false;
        now_ns = find_moment(self);
        kernel_tick(host, self, now_ns);
        must = must_stop(self, now_ns);
        kernel_unlock(host);
    }
    return must;
}

/* Do the piece of work itself: the only place where the mutex is released
 * while the task is at its machine. What a generator uses is its own, though
 * the thread is its caller's. Returns how much of left_ns was done. */
static int64_t burn(struct kernel_task *self, struct kernel_task *runner,
                    int64_t left_ns)
{
    struct kernel_host *host = self->host;
    int64_t used_ns, done_ns;

    kernel_unlock(host);
    note_core(self);
    done_ns = task_input_work(&runner->input, left_ns, is_wanted, self,
                              &used_ns);
    note_core(self);
    kernel_lock(host);
    if (runner != self) {
        runner->used_ns += used_ns;
        self->lent_ns += used_ns;
        for (int i = 0; i < SEEN_CORES / SEEN_BITS; i++)
            runner->seen[i] |= self->seen[i];
    }
    return done_ns;
}

/* After a piece of work: must the task leave its machine? The GIL first, then
 * priority, then the slice; each may have ended the turn. */
static void step_aside(struct kernel_task *self, int runner, int64_t now_ns)
{
    struct scheduler *scheduler = self->host->scheduler;
    int machine;

    if (scheduler_left_ns(scheduler, runner) == 0)
        return; /* what it does next takes no time, or asks again */
    if (scheduler_gil_ns(scheduler) <= now_ns) {
        int holder = scheduler_gil_holder(scheduler);

        if (holder == runner || holder == self->index)
            scheduler_gil_over(scheduler, now_ns);
    }
    machine = scheduler_machine(scheduler, self->index);
    if (machine >= 0 && scheduler_victim(scheduler) == machine) {
        scheduler_preempt(scheduler, machine, now_ns);
    } else if (machine >= 0 &&
               scheduler_slice_ns(scheduler, machine) <= now_ns) {
        scheduler_slice_over(scheduler, machine, now_ns);
    }
}

/* The task, or the generator in its turn, is to work; CPU is written. Returns
 * when the work has ended. Whoever stops the run meanwhile, this task even, the
 * trace does not end before that is written. */
static int64_t work(struct kernel_task *self, int machine, int task)
{
    struct kernel_host *host = self->host;
    struct scheduler *scheduler = host->scheduler;
    struct kernel_task *runner = &host->task[task];
    bool is_victim = scheduler_victim(scheduler) == machine;
    int64_t left_ns = scheduler_left_ns(scheduler, task), done_ns = 0;
    int64_t now_ns;

    host->working_count++;
    if (scheduler_livelock(scheduler))
        kernel_stop(host, OUTCOME_LIVELOCK);
    if (!is_victim) {
        atomic_store_explicit(&self->stop_ns, stop_time(scheduler, machine),
                              memory_order_relaxed);
        done_ns = burn(self, runner, left_ns);
    }
    now_ns = find_moment(self);
    scheduler_worked(scheduler, task, done_ns, now_ns);
    host->working_count--;
    if (!kernel_is_over(host))
        step_aside(self, task, now_ns);
    return now_ns;
}

/* --- the task ------------------------------------------------------------- */

/* The task has no more steps: write what is known of it, and leave. */
static enum performed finish(struct kernel_task *self, int task, int64_t now_ns)
{
    struct kernel_host *host = self->host;
    struct kernel_task *runner = &host->task[task];
    int64_t cpu_ns = task == self->index ? clock_thread_cpu_ns() - self->lent_ns
                                         : runner->used_ns;

    kernel_write_facts(host, runner, self->tid, cpu_ns);
    runner->done = true;
    return scheduler_done(host->scheduler, task, now_ns);
}

/* A sum is not stopped for others, but their alarms go off meanwhile. */
static bool is_to_end(void *context)
{
    const struct kernel_task *self = context;

    is_wanted(context);
    return kernel_is_over(self->host);
}

/* Really add numbers; many of them without the mutex. Returns false if the run
 * was over first. */
static bool add_numbers(struct kernel_task *self, struct request *request)
{
    struct kernel_host *host = self->host;
    bool many = sum_count(request->value, request->last) > SUM_FEW;

    if (many) {
        host->working_count++;
        kernel_unlock(host);
    }
    request->summed = sum_really(request->value, request->last, &request->sum,
                                 many ? is_to_end : NULL, self);
    if (many) {
        kernel_lock(host);
        host->working_count--;
    }
    return request->summed && !kernel_is_over(host);
}

/* Let the task, or the generator in its turn, take its next step. */
static enum performed ask(struct kernel_task *self, int task, int64_t now_ns)
{
    struct kernel_host *host = self->host;
    struct kernel_task *runner = &host->task[task];
    struct request request;

    runner->begun = true;
    runner->tid = self->tid;
    if (scheduler_left_ns(host->scheduler, task) > 0)
        return scheduler_work(host->scheduler, task, now_ns);
    if (scheduler_quits(host->scheduler, task) ||
        !task_input_next(&runner->input, &request)) {
        if (scheduler_has_job(host->scheduler, task) &&
            task_input_again(&runner->input))
            return scheduler_job_over(host->scheduler, task, now_ns);
        return finish(self, task, now_ns);
    }
    if (request.kind == STEP_SUM) {
        if (!add_numbers(self, &request))
            return PERFORMED_GO_ON;
        now_ns = kernel_moment(host);
    }
    return scheduler_perform(host->scheduler, task, &request, now_ns);
}

/* Mutex held on entry and exit. */
static void do_steps(struct kernel_task *self)
{
    struct kernel_host *host = self->host;
    int64_t now_ns = wait_for_machine(self);

    while (!kernel_is_over(host) && !self->done) {
        int machine = scheduler_machine(host->scheduler, self->index);
        int task = scheduler_runner(host->scheduler, machine);

        if (ask(self, task, now_ns) == PERFORMED_WORK)
            now_ns = work(self, machine, task);
        kernel_settle(host, self, now_ns);
        if (!self->done)
            now_ns = wait_for_machine(self);
    }
}

/* The mutex is held from the first turn to the last, except while working and
 * waiting. */
void *kernel_task_main(void *argument)
{
    struct kernel_task *self = argument;
    struct kernel_host *host = self->host;
    char name[16]; /* all the kernel keeps */
    int error = 0;

    snprintf(name, sizeof(name), "%s", host->workload->task[self->index].name);
#ifdef HAVE_PTHREAD_SETNAME_NP
    pthread_setname_np(pthread_self(), name);
#endif
    cores_sharpen_timers();
    if (self->pinned >= 0)
        error = cores_pin(host->cores.cpu[self->pinned]);
    if (self->input.calls) { /* at worst an overflow has no name */
        programs_enter(host->programs);
    }
    kernel_lock(host);
    self->tid = cores_thread();
    if (error != 0) {
        host->pin_error = error;
        self->pinned = -1;
    }
    host->started_count++;
    pthread_cond_signal(&host->started);
    do_steps(self);
    self->used_ns = clock_thread_cpu_ns() - self->lent_ns;
    self->gone = true;
    kernel_end_if_quiet(host);
    if (self->input.calls)
        programs_leave(host->programs);
    kernel_unlock(host);
    return NULL;
}
