/*
 * concviz.h -- tasks in C that concviz shows, in each of its five modes.
 *
 *     #include <concviz.h>
 *
 *     static void eat(void *name)
 *     {
 *         cv_say("%s sits down", (char *)name);
 *         cv_sleep(100);
 *         cv_cpu(250);
 *     }
 *
 *     int main(void)
 *     {
 *         cv_spawn(eat, "Plato", "Plato");
 *         cv_spawn(eat, "Hypatia", "Hypatia");
 *         return cv_run();
 *     }
 *
 * `concviz coroutine FILE.c` compiles the file, runs it and shows it; so do
 * sequential, threads, parallel, hybrid and compare. By itself, linked with
 * `pkg-config --libs concviz`, the program runs as coroutines, unseen.
 *
 * main makes locks, channels and the first tasks, and calls cv_run, which
 * returns when all tasks are done. All calls below "in a task" are for the
 * functions that tasks run; each may let other tasks run before it returns.
 * What a task computes between two calls is work that nobody interrupts: a
 * long loop calls cv_checkpoint now and then.
 *
 * Times are in milliseconds. Names are as printf makes them from a format and
 * what follows; people see them. Everything lives until the program ends.
 */
#ifndef CONCVIZ_H
#define CONCVIZ_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined __GNUC__
#define CV_FORMAT(text, values)                                                \
    __attribute__((__format__(__printf__, text, values)))
#else
#define CV_FORMAT(text, values)
#endif

typedef struct cv_task cv_task;
typedef struct cv_mutex cv_mutex;
typedef struct cv_semaphore cv_semaphore;
typedef struct cv_condition cv_condition;
typedef struct cv_channel cv_channel;
typedef struct cv_barrier cv_barrier;
typedef struct cv_shared cv_shared;

/* --- in main, before cv_run ----------------------------------------------- */

cv_mutex *cv_mutex_new(const char *name, ...) CV_FORMAT(1, 2);
cv_semaphore *cv_semaphore_new(int initial, const char *name, ...)
    CV_FORMAT(2, 3);
cv_condition *cv_condition_new(const char *name, ...) CV_FORMAT(1, 2);

/* size 0: who sends waits until somebody receives. */
cv_channel *cv_channel_new(int size, const char *name, ...) CV_FORMAT(2, 3);

/* It opens when so many wait. */
cv_barrier *cv_barrier_new(int size, const char *name, ...) CV_FORMAT(2, 3);

/* A number that all can see, and whose values are shown. */
cv_shared *cv_shared_new(long long initial, const char *name, ...)
    CV_FORMAT(2, 3);

/* How many tasks may be spawned by tasks; 256 unless said otherwise. */
void cv_room(int tasks);

/* What cv_run returns; of a deadlock, for the program's exit status. */
enum {
    CV_FINISHED = 0,
    CV_FAILED = 1,
    CV_DEADLOCK = 4
};

/* Run all tasks to their ends. Once in a program. */
int cv_run(void);

/* --- in main, before and after it ----------------------------------------- */

/* What a shared number is worth. */
long long cv_value(const cv_shared *shared);

/* --- in main and in a task ------------------------------------------------ */

/* A task that calls function(argument): before cv_run it is there when the run
 * begins; from a task, it comes now. In sequential mode it then runs to its end
 * before the call returns. */
cv_task *cv_spawn(void (*function)(void *argument), void *argument,
                  const char *name, ...) CV_FORMAT(3, 4);

/* --- in a task ------------------------------------------------------------ */

void cv_join(cv_task *task);

void cv_yield(void);
void cv_sleep(double ms);

/* Compute for so long, on an idle core: the same work in every mode. */
void cv_cpu(double ms);

/* In the middle of a long computation, each 10 to 100 us: a good moment to be
 * stopped. */
void cv_checkpoint(void);

void cv_lock(cv_mutex *mutex);
void cv_unlock(cv_mutex *mutex);

void cv_acquire(cv_semaphore *semaphore);
void cv_release(cv_semaphore *semaphore);

/* Give the mutex back, wait for a signal, and take it again. */
void cv_await(cv_condition *condition, cv_mutex *mutex);
void cv_signal(cv_condition *condition);
void cv_broadcast(cv_condition *condition);

/* cv_recv returns false, and no value, once the channel is closed and empty. */
void cv_send(cv_channel *channel, long long value);
bool cv_recv(cv_channel *channel, long long *value);
void cv_close(cv_channel *channel);

/* Wait until all are at the barrier. */
void cv_wait(cv_barrier *barrier);

/* Between a read and the write that follows, another task may come. */
long long cv_read(cv_shared *shared);
void cv_write(cv_shared *shared, long long value);

/* Wait until a file descriptor is ready for the events of poll(2). */
void cv_poll(int fd, short events);

/* Write a line into the log. */
void cv_say(const char *text, ...) CV_FORMAT(1, 2);

/* The result of this task, in the report; the last one counts. */
void cv_result(long long result);

/* Something is wrong: the run ends with this sentence as its error. */
void cv_fail(const char *text, ...) CV_FORMAT(1, 2);

/* --- in which line a call stands ------------------------------------------ */

void cv_at(int line);

#ifndef CV_WITHOUT_LINES
#define CV_HERE(call) (cv_at(__LINE__), call)

#define cv_spawn(...)              CV_HERE(cv_spawn(__VA_ARGS__))
#define cv_join(task)              CV_HERE(cv_join(task))
#define cv_yield()                 CV_HERE(cv_yield())
#define cv_sleep(ms)               CV_HERE(cv_sleep(ms))
#define cv_cpu(ms)                 CV_HERE(cv_cpu(ms))
#define cv_lock(mutex)             CV_HERE(cv_lock(mutex))
#define cv_unlock(mutex)           CV_HERE(cv_unlock(mutex))
#define cv_acquire(semaphore)      CV_HERE(cv_acquire(semaphore))
#define cv_release(semaphore)      CV_HERE(cv_release(semaphore))
#define cv_await(condition, mutex) CV_HERE(cv_await(condition, mutex))
#define cv_signal(condition)       CV_HERE(cv_signal(condition))
#define cv_broadcast(condition)    CV_HERE(cv_broadcast(condition))
#define cv_send(channel, value)    CV_HERE(cv_send(channel, value))
#define cv_recv(channel, value)    CV_HERE(cv_recv(channel, value))
#define cv_close(channel)          CV_HERE(cv_close(channel))
#define cv_wait(barrier)           CV_HERE(cv_wait(barrier))
#define cv_read(shared)            CV_HERE(cv_read(shared))
#define cv_write(shared, value)    CV_HERE(cv_write(shared, value))
#define cv_poll(fd, events)        CV_HERE(cv_poll(fd, events))
#define cv_say(...)                CV_HERE(cv_say(__VA_ARGS__))
#define cv_fail(...)               CV_HERE(cv_fail(__VA_ARGS__))
#endif

#ifdef __cplusplus
}
#endif

#endif
