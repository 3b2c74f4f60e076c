/*
 * task.c -- what a task written in C calls: each call leaves a request for
 * whoever runs the task, and pauses until it has been performed.
 */
#define TASK_WITHOUT_LINES /* here they are defined */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "sched/base/text.h"
#include "sched/program/program_internal.h"
#include "sched/program/task.h"

struct task_calls *task_at(struct task_calls *calls, int line)
{
    calls->line = line;
    return calls;
}

/* Ask for something, and come back when it has been done. */
static void ask(struct task_calls *calls, struct request request)
{
    calls->request = request;
    calls->request.call_line = calls->line;
    calls->work = false;
    calls->asked = true;
    /* All that tasks do before a call happens before what tasks do after a
     * later call: what the scheduler's lock says in every mode. */
    coroutine_release(calls->programs);
    coroutine_release(calls);
    coroutine_pause();
    coroutine_acquire(calls);
    coroutine_acquire(calls->programs);
}

/* Most calls name one object and nothing else. */
static void ask_object(struct task_calls *calls, enum step_kind kind,
                       int object)
{
    ask(calls, (struct request){ .kind = (int)kind, .object = object });
}

/* All times of a program can be made shorter together, to test it. */
static void ask_time(struct task_calls *calls, enum step_kind kind, int64_t ns)
{
    int hurry = calls->programs->workload->data.hurry;

    if (hurry > 0)
        ns /= hurry;
    ask(calls, (struct request){ .kind = (int)kind, .object = -1, .ns = ns });
}

/* Not through ask: work is no step after which others must see what was
 * done. */
void task_work(struct task_calls *calls, int64_t ns)
{
    calls->request = (struct request){ .kind = STEP_CPU,
                                       .call_line = calls->line,
                                       .ns = ns > 0 ? ns : 1 };
    calls->work = true;
    calls->asked = true;
    coroutine_release(calls);
    coroutine_pause();
    coroutine_acquire(calls);
}

/* Leaves no request: program_work sees that nothing was asked, asks stop, and
 * resumes. */
void task_checkpoint(struct task_calls *calls)
{
    coroutine_release(calls);
    coroutine_pause();
    coroutine_acquire(calls);
}

/* The calibrated loop runs in the host, which stops it by itself: no
 * checkpoints are needed. */
void task_cpu(struct task_calls *calls, int64_t ns)
{
    ask_time(calls, STEP_CPU, ns);
}

void task_sleep(struct task_calls *calls, int64_t ns)
{
    ask_time(calls, STEP_SLEEP, ns);
}

void task_yield(struct task_calls *calls)
{
    ask_time(calls, STEP_YIELD, 0);
}

/* Passed on as a request, because only the host knows how to wait without
 * holding up others. */
void task_await(struct task_calls *calls, int fd, short events)
{
    ask(calls,
        (struct request){ .kind = REQUEST_FD, .object = fd, .value = events });
}

void task_lock(struct task_calls *calls, int lock)
{
    ask_object(calls, STEP_LOCK, lock);
}

void task_unlock(struct task_calls *calls, int lock)
{
    ask_object(calls, STEP_UNLOCK, lock);
}

/* The scheduler keeps the copy, because task_write stores this copy plus
 * something, not the current value. */
int64_t task_read(struct task_calls *calls, int shared)
{
    ask_object(calls, STEP_READ, shared);
    return scheduler_copy(calls->programs->scheduler, calls->task, shared);
}

/* The copy is fetched before the request, as the scheduler uses the same
 * one. */
int64_t task_write(struct task_calls *calls, int shared, int64_t more)
{
    int64_t copy = scheduler_copy(calls->programs->scheduler, calls->task,
                                  shared);

    ask(calls, (struct request){
                   .kind = STEP_WRITE, .object = shared, .value = more });
    return (int64_t)((uint64_t)copy + (uint64_t)more);
}

/* Its value is the request's answer, as a message is. */
int64_t task_load(struct task_calls *calls, int shared)
{
    int64_t value = 0;

    ask_object(calls, (enum step_kind)REQUEST_LOAD, shared);
    scheduler_received(calls->programs->scheduler, calls->task, &value);
    return value;
}

void task_store(struct task_calls *calls, int shared, int64_t value)
{
    ask(calls,
        (struct request){ .kind = STEP_SET, .object = shared, .value = value });
}

void task_acquire(struct task_calls *calls, int semaphore)
{
    ask_object(calls, STEP_ACQUIRE, semaphore);
}

void task_release(struct task_calls *calls, int semaphore)
{
    ask_object(calls, STEP_RELEASE, semaphore);
}

void task_pause(struct task_calls *calls, int condition, int lock)
{
    ask(calls, (struct request){
                   .kind = STEP_AWAIT, .object = condition, .value = lock });
}

void task_signal(struct task_calls *calls, int condition)
{
    ask_object(calls, STEP_SIGNAL, condition);
}

void task_broadcast(struct task_calls *calls, int condition)
{
    ask_object(calls, STEP_BROADCAST, condition);
}

void task_send(struct task_calls *calls, int channel, int64_t value)
{
    ask(calls, (struct request){
                   .kind = STEP_SEND, .object = channel, .value = value });
}

/* By the time ask returns, the value has been received, or the channel is
 * closed. */
bool task_recv(struct task_calls *calls, int channel, int64_t *value)
{
    ask_object(calls, STEP_RECV, channel);
    return scheduler_received(calls->programs->scheduler, calls->task, value);
}

void task_close(struct task_calls *calls, int channel)
{
    ask_object(calls, STEP_CLOSE, channel);
}

void task_wait(struct task_calls *calls, int barrier)
{
    ask_object(calls, STEP_WAIT, barrier);
}

void task_spawn(struct task_calls *calls, int task)
{
    ask_object(calls, STEP_SPAWN, task);
}

void task_join(struct task_calls *calls, int task)
{
    ask_object(calls, STEP_JOIN, task);
}

void task_call(struct task_calls *calls, int generator)
{
    ask_object(calls, STEP_NEXT, generator);
}

/* A task's calls begin with its coroutine. Not inlined: after a call the task
 * may be on another thread. */
__attribute__((noinline)) struct task_calls *task_current(void)
{
    return (struct task_calls *)coroutine_current();
}

int task_index(const struct task_calls *calls)
{
    return calls->task;
}

void *task_data(const struct task_calls *calls)
{
    return calls->programs->data;
}

bool task_foretells(const struct task_calls *calls)
{
    return calls->programs->foretells;
}

int task_size(const struct task_calls *calls)
{
    return calls->programs->workload->data.size;
}

const struct workload *task_workload(const struct task_calls *calls)
{
    return calls->programs->workload;
}

static void keep_text(struct task_calls *calls, const char *format,
                      va_list arguments) __attribute__((format(printf, 2, 0)));

/* Programs may say what they read somewhere: it is cleaned like any text. */
static void keep_text(struct task_calls *calls, const char *format,
                      va_list arguments)
{
    char text[sizeof(calls->text)];

    vsnprintf(text, sizeof(text), format, arguments);
    text_clean(calls->text, sizeof(calls->text), text);
}

void task_say(struct task_calls *calls, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    keep_text(calls, format, arguments);
    va_end(arguments);
    ask(calls, (struct request){ .kind = STEP_SAY });
}

/* Only stored here: the scheduler is told at the next call, under its lock. */
void task_result(struct task_calls *calls, int64_t result)
{
    calls->result = result;
}

/* The stack is never resumed: the host ends the run as failed. */
void task_fail(struct task_calls *calls, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    keep_text(calls, format, arguments);
    va_end(arguments);
    calls->failed = calls->over = true;
    coroutine_release(calls->programs);
    coroutine_release(calls);
    coroutine_pause();
    abort(); /* nobody goes on with a task that is over */
}
