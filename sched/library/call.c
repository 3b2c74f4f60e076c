/*
 * call.c -- what the tasks of a program call: each call asks for one step.
 *
 * What a task does between two calls is unknown to us, so that is announced as
 * work of its own after each: it is done outside the scheduler's lock, and
 * others can compute meanwhile.
 */
#define CV_WITHOUT_LINES /* here they are defined */
#define TASK_WITHOUT_LINES
#include "sched/library/concviz.h"

#include <stdarg.h>
#include <stdio.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/library/library_internal.h"
#include "sched/program/task.h"
#include "sched/workload/workload.h"

enum {
    OWN_NS = 1 /* how long its own work takes is not known before */
};

/* Who calls: only tasks may. */
static struct task_calls *task_of(const char *name)
{
    struct task_calls *calls = task_current();

    if (!calls)
        library_refuse(_("%s is called in a task: in a function that cv_spawn "
                         "was given"),
                       name);
    return calls;
}

/* The same, and what it has printed comes before the step it asks for. */
static struct task_calls *caller(const char *name)
{
    struct task_calls *calls = task_of(name);

    printed_tell(calls);
    return calls;
}

/* The task is back in its own code. */
static void go_on(struct task_calls *calls)
{
    task_work(task_at(calls, 0), OWN_NS);
}

/* A call that asks for one step. */
#define ASK(step)                                                              \
    do {                                                                       \
        struct task_calls *calls = caller(__func__);                           \
                                                                               \
        step;                                                                  \
        go_on(calls);                                                          \
    } while (0)

void cv_at(int line)
{
    struct task_calls *calls = task_current();

    if (calls)
        task_at(calls, line);
    else if (!library.running)
        library.line = line;
}

/* --- time ----------------------------------------------------------------- */

static int64_t time_ns(const char *name, double ms)
{
    if (!(ms >= 0 && ms <= (double)WORKLOAD_DURATION_MAX_NS / NS_PER_MS))
        library_refuse(_("%s: %g ms is no time a step can take"), name, ms);
    return (int64_t)(ms * NS_PER_MS);
}

void cv_sleep(double ms)
{
    ASK(task_sleep(calls, time_ns(__func__, ms)));
}

void cv_cpu(double ms)
{
    ASK(task_cpu(calls, time_ns(__func__, ms)));
}

/* In sequential mode a spawned task is a generator, whose yield would be a
 * value for its caller. */
void cv_yield(void)
{
    if (!library.one_by_one)
        ASK(task_yield(calls));
}

void cv_checkpoint(void)
{
    task_checkpoint(task_of(__func__));
}

void cv_poll(int fd, short events)
{
    ASK(task_await(calls, fd, events));
}

/* --- others --------------------------------------------------------------- */

void cv_join(cv_task *task)
{
    ASK(task_join(calls, task->index));
}

void cv_lock(cv_mutex *mutex)
{
    ASK(task_lock(calls, mutex->index));
}

void cv_unlock(cv_mutex *mutex)
{
    ASK(task_unlock(calls, mutex->index));
}

void cv_acquire(cv_semaphore *semaphore)
{
    ASK(task_acquire(calls, semaphore->index));
}

void cv_release(cv_semaphore *semaphore)
{
    ASK(task_release(calls, semaphore->index));
}

void cv_await(cv_condition *condition, cv_mutex *mutex)
{
    ASK(task_pause(calls, condition->index, mutex->index));
}

void cv_signal(cv_condition *condition)
{
    ASK(task_signal(calls, condition->index));
}

void cv_broadcast(cv_condition *condition)
{
    ASK(task_broadcast(calls, condition->index));
}

void cv_wait(cv_barrier *barrier)
{
    ASK(task_wait(calls, barrier->index));
}

/* --- values --------------------------------------------------------------- */

void cv_send(cv_channel *channel, long long value)
{
    ASK(task_send(calls, channel->index, value));
}

bool cv_recv(cv_channel *channel, long long *value)
{
    struct task_calls *calls = caller(__func__);
    int64_t received = 0;
    bool got = task_recv(calls, channel->index, &received);

    if (got)
        *value = received;
    go_on(calls);
    return got;
}

void cv_close(cv_channel *channel)
{
    ASK(task_close(calls, channel->index));
}

long long cv_read(cv_shared *shared)
{
    struct task_calls *calls = caller(__func__);
    int64_t value = task_load(calls, shared->index);

    go_on(calls);
    return value;
}

void cv_write(cv_shared *shared, long long value)
{
    ASK(task_store(calls, shared->index, value));
}

/* --- words ---------------------------------------------------------------- */

#define TEXT(text, format)                                                     \
    char text[WORKLOAD_SAY_BYTES_MAX + 1];                                     \
    va_list values;                                                            \
                                                                               \
    va_start(values, format);                                                  \
    vsnprintf(text, sizeof text, format, values);                              \
    va_end(values)

void cv_say(const char *format, ...)
{
    TEXT(text, format);
    ASK(task_say(calls, "%s", text));
    printed_say(text);
}

void cv_result(long long result)
{
    task_result(caller(__func__), result);
}

void cv_fail(const char *format, ...)
{
    TEXT(text, format);
    task_fail(caller(__func__), "%s", text);
}
