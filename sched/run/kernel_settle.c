/*
 * kernel_settle.c -- what is done under the mutex, by whichever thread has it.
 *
 * There is no thread that schedules. Whoever changes something gives the free
 * machines away before it lets go of the mutex, and wakes those who got one
 * after it has: woken earlier they would only run into the mutex.
 */
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/program/program.h"
#include "sched/run/gate.h"
#include "sched/run/kernel_internal.h"
#include "sched/run/observer.h"
#include "sched/run/thread_clock.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* A person who thinks takes no time. */
int64_t kernel_zero_ns(const struct kernel_host *host)
{
    return host->start_ns +
           atomic_load_explicit(&host->held_ns, memory_order_relaxed);
}

int64_t kernel_now_ns(const struct kernel_host *host)
{
    return clock_now_ns() - kernel_zero_ns(host);
}

int64_t kernel_moment(struct kernel_host *host)
{
    int64_t now_ns = kernel_now_ns(host);

    observer_look(host->observer, now_ns, kernel_zero_ns(host));
    if (host->observer)
        atomic_store_explicit(&host->look_ns, now_ns + OBSERVER_LOOK_NS,
                              memory_order_relaxed);
    return now_ns;
}

void kernel_lock(struct kernel_host *host)
{
    pthread_mutex_lock(&host->mutex);
}

/* The list is copied, as the next holder of the mutex may start a new one. */
void kernel_unlock(struct kernel_host *host)
{
    struct kernel_task *wake[WAKE_MAX];
    int count = host->wake_count;

    memcpy(wake, host->wake, (size_t)count * sizeof(wake[0]));
    host->wake_count = 0;
    pthread_mutex_unlock(&host->mutex);
    for (int i = 0; i < count; i++)
        pthread_cond_signal(&wake[i]->turn);
}

/* When the list is full somebody is woken early: slower, but not wrong. */
static void wake_later(struct kernel_host *host, struct kernel_task *task)
{
    if (host->wake_count < WAKE_MAX) {
        host->wake[host->wake_count++] = task;
    } else {
        pthread_cond_signal(&task->turn);
    }
}

/* The task got the machine: bind its thread to that core, and wake it. */
static void give_machine(struct kernel_host *host, struct kernel_task *task,
                         int machine, bool is_self, int64_t now_ns)
{
    if (task->pinned >= 0 && task->pinned != machine) {
        bool bound = !host->moved &&
                     cores_pin_thread(task->tid, host->cores.cpu[machine]) == 0;

        task->pinned = bound ? machine : -1;
    }
    observer_serve(host->observer, machine, task->tid, is_self, now_ns);
    if (!is_self)
        wake_later(host, task);
}

/* Whoever has the turn at the machine must come back at stop_ns at the latest;
 * -1: there is none. */
static void hurry(struct kernel_host *host, int machine, int64_t stop_ns)
{
    _Atomic int64_t *stop;

    if (machine < 0)
        return;
    stop = &host->task[scheduler_turn(host->scheduler, machine)].stop_ns;
    if (stop_ns < atomic_load_explicit(stop, memory_order_relaxed))
        atomic_store_explicit(stop, stop_ns, memory_order_relaxed);
}

/* Tell those who compute and are not wanted any more, or will not be. */
static void hurry_all(struct kernel_host *host)
{
    const struct scheduler *scheduler = host->scheduler;
    int holder = scheduler_gil_holder(scheduler);

    hurry(host, scheduler_victim(scheduler), 0);
    for (int i = 0; i < host->options.machines; i++) {
        int runner = scheduler_runner(scheduler, i);

        if (runner >= 0 && scheduler_spun(scheduler, runner))
            hurry(host, i, 0);
    }
    if (holder >= 0) {
        hurry(host, scheduler_machine(scheduler, holder),
              scheduler_gil_ns(scheduler));
    }
}

/* Called by whoever changed something: nobody else would notice. */
void kernel_settle(struct kernel_host *host, const struct kernel_task *self,
                   int64_t now_ns)
{
    struct scheduler *scheduler = host->scheduler;
    int machine;

    if (kernel_is_over(host))
        return;
    if (!scheduler_unfinished(scheduler)) {
        kernel_stop(host, OUTCOME_FINISHED);
        return;
    }
    scheduler_settle(scheduler, now_ns);
    while ((machine = scheduler_idle_machine(scheduler)) >= 0) {
        int task = scheduler_dispatch(scheduler, machine, now_ns);

        if (task < 0) {
            kernel_stop(host, OUTCOME_STOPPED);
            return;
        }
        give_machine(host, &host->task[task], machine,
                     &host->task[task] == self, now_ns);
    }
    hurry_all(host);
    atomic_store_explicit(&host->next_ns, scheduler_next_ns(scheduler),
                          memory_order_relaxed);
    if (programs_error(host->programs, NULL) ||
        scheduler_error(scheduler, NULL)) {
        kernel_stop(host, OUTCOME_FAILED);
    } else if (scheduler_stuck(scheduler)) {
        kernel_stop(host, OUTCOME_DEADLOCK);
    } else if (scheduler_livelock(scheduler)) {
        kernel_stop(host, OUTCOME_LIVELOCK);
    }
}

/* Once the run is stopping, alarms mean nothing any more. */
void kernel_tick(struct kernel_host *host, const struct kernel_task *self,
                 int64_t now_ns)
{
    if (!kernel_is_over(host)) {
        scheduler_tick(host->scheduler, now_ns);
        kernel_settle(host, self, now_ns);
    }
}

/* Everybody is woken: sleepers by the condition, those in poll by the
 * descriptor, those who work by the flag. */
void kernel_stop(struct kernel_host *host, enum outcome outcome)
{
    if (kernel_is_over(host))
        return;
    host->outcome = outcome;
    waker_wake(&host->stop);
    atomic_store_explicit(&host->stopping, true, memory_order_relaxed);
    for (size_t i = 0; i < host->workload->task_count; i++) {
        if (host->task[i].made)
            pthread_cond_signal(&host->task[i].turn);
    }
    kernel_end_if_quiet(host);
}

/* --- facts ---------------------------------------------------------------- */

/* Written when the task is at its end, or the run is: only then they are
 * final. */
void kernel_write_facts(struct kernel_host *host,
                        const struct kernel_task *task, int tid, int64_t cpu_ns)
{
    struct event event = {
        .t_ns = kernel_moment(host),
        .task = (uint32_t)task->index,
        .machine = EVENT_NO_MACHINE,
    };

    event.kind = EVENT_THREAD;
    event.value = tid;
    trace_add(host->trace, event);
    event.kind = EVENT_CPU_ID;
    for (int cpu = 0; cpu < SEEN_CORES; cpu++) {
        if (task->seen[cpu / SEEN_BITS] >> cpu % SEEN_BITS & 1) {
            event.value = cpu;
            trace_add(host->trace, event);
        }
    }
    event.kind = EVENT_CPU_TIME;
    event.value = cpu_ns;
    trace_add(host->trace, event);
}

/* Processor time a task has used that will not be done. */
static int64_t used_so_far(const struct kernel_task *task)
{
    int64_t used_ns;

    if (!task->made || task->gone)
        return task->used_ns;
    used_ns = thread_clock_used_ns(task->thread);
    return used_ns > task->lent_ns ? used_ns - task->lent_ns : 0;
}

/* While somebody works, events may still come; the last one to stop writes
 * END. */
void kernel_end_if_quiet(struct kernel_host *host)
{
    if (!kernel_is_over(host) || host->working_count > 0 || host->ended) {
        return;
    }
    for (size_t i = 0; i < host->workload->task_count; i++) {
        const struct kernel_task *task = &host->task[i];

        if (task->begun && !task->done)
            kernel_write_facts(host, task, task->tid, used_so_far(task));
    }
    observer_end(host->observer);
    scheduler_finish(host->scheduler, host->outcome, kernel_now_ns(host));
    host->ended = true;
}

/* --- asking a person ------------------------------------------------------ */

/* The mutex is held all the while, and the run's clock stands still; those who
 * compute notice within a chunk of work and wait for the mutex. */
int kernel_choose(void *context, const int *candidate, size_t count,
                  int64_t *waited_ns)
{
    struct kernel_host *host = context;
    int answer;

    atomic_store_explicit(&host->holding, true, memory_order_relaxed);
    answer = gate_ask(host->options.gate, candidate, count, waited_ns);
    atomic_store_explicit(&host->holding, false, memory_order_relaxed);
    atomic_fetch_add_explicit(&host->held_ns, *waited_ns, memory_order_relaxed);
    return answer;
}
