/*
 * task.h -- what a task written in C may ask of whoever runs it.
 *
 * A program is a plain function. Each call here is one step of the workload
 * language and means the same: it may take time, and other tasks may run
 * before it returns. The same function runs in every mode and in the model.
 *
 *     static void cook(struct task_calls *calls, int task)
 *     {
 *         task_lock(calls, STOVE);
 *         task_work(calls, 20 * NS_PER_MS);
 *         stir(soup);                          // 20 ms on the ideal machine
 *         task_unlock(calls, STOVE);
 *     }
 *
 * What is computed between two calls is never interrupted and should be short,
 * except after task_work. Objects are named by their indices in the workload.
 * Memory that outlives a call belongs in the run's data (task_data), since a
 * run that is stopped never returns to its programs. Errors and thread-local
 * data (errno) must be read before the next call.
 *
 * Each call says in which line of the program it stands, so that people can see
 * where a task is.
 *
 * Only the task itself may use its calls.
 */
#ifndef CONCVIZ_SCHED_PROGRAM_TASK_H
#define CONCVIZ_SCHED_PROGRAM_TASK_H

#include <stdbool.h>
#include <stdint.h>

struct task_calls;
struct workload;

/* --- time ----------------------------------------------------------------- */

/*
 * Announce work: all that is computed from here to the next call takes the
 * ideal machine ns. In a real run it takes as long as it takes; what ns says
 * is then only shown as the work that was asked for.
 */
void task_work(struct task_calls *calls, int64_t ns);

/* In the middle of announced work: a good moment to be stopped. Cheap: call it
 * every 10 to 100 us, so that slices can end in time. */
void task_checkpoint(struct task_calls *calls);

/* `cpu`: work of the calibrated loop. */
void task_cpu(struct task_calls *calls, int64_t ns);
/* `sleep`, `yield`. */
void task_sleep(struct task_calls *calls, int64_t ns);
void task_yield(struct task_calls *calls);

/*
 * Wait until the descriptor fd is ready for the events of poll (POLLIN,
 * POLLOUT), or broken: in the event loop where coroutines wait, in the kernel
 * where the task is a thread. It is looked at, never read from.
 */
void task_await(struct task_calls *calls, int fd, short events);

/* --- others --------------------------------------------------------------- */

void task_lock(struct task_calls *calls, int lock);
void task_unlock(struct task_calls *calls, int lock);

/* Copy a shared variable; store the copy plus more (a lost update is lost
 * here as well). Both return the value. */
int64_t task_read(struct task_calls *calls, int shared);
int64_t task_write(struct task_calls *calls, int shared, int64_t more);

/* Look at a shared variable; give it a value. */
int64_t task_load(struct task_calls *calls, int shared);
void task_store(struct task_calls *calls, int shared, int64_t value);

/* A semaphore; a condition, whose lock the task has. */
void task_acquire(struct task_calls *calls, int semaphore);
void task_release(struct task_calls *calls, int semaphore);
void task_pause(struct task_calls *calls, int condition, int lock);
void task_signal(struct task_calls *calls, int condition);
void task_broadcast(struct task_calls *calls, int condition);

/* task_recv returns false, and no value, once the channel is closed. */
void task_send(struct task_calls *calls, int channel, int64_t value);
bool task_recv(struct task_calls *calls, int channel, int64_t *value);
void task_close(struct task_calls *calls, int channel);

void task_wait(struct task_calls *calls, int barrier);
void task_spawn(struct task_calls *calls, int task);
void task_join(struct task_calls *calls, int task);

/* Let a generator go on in this task's turn, until it yields or ends. */
void task_call(struct task_calls *calls, int generator);

/* --- itself --------------------------------------------------------------- */

/* The task that runs here, if it is one in C; else NULL. */
struct task_calls *task_current(void);
/* Its index in the workload. */
int task_index(const struct task_calls *calls);

/* The data of this run (program_data.open), how much there is to do, and the
 * workload. */
void *task_data(const struct task_calls *calls);
int task_size(const struct task_calls *calls);
const struct workload *task_workload(const struct task_calls *calls);

/*
 * Is the model only asked how long it would take (what-if)? Then announced work
 * and the look at its result should be left out; all else must be as ever.
 */
bool task_foretells(const struct task_calls *calls);

/* Write a line in the log; at most WORKLOAD_SAY_BYTES_MAX are kept. */
void task_say(struct task_calls *calls, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Set the task's result; the last one counts. */
void task_result(struct task_calls *calls, int64_t result);

/* The result is wrong: the run ends with this sentence as its error. */
_Noreturn void task_fail(struct task_calls *calls, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- where it is ---------------------------------------------------------- */

/* What is called next stands in this line of the program. Returns calls. */
struct task_calls *task_at(struct task_calls *calls, int line);

/* A call should stand in one line: of longer ones compilers take the first or
 * the last. */
#ifndef TASK_WITHOUT_LINES
#define TASK_HERE(calls) task_at((calls), __LINE__)

#define task_work(calls, ns)          task_work(TASK_HERE(calls), ns)
#define task_cpu(calls, ns)           task_cpu(TASK_HERE(calls), ns)
#define task_sleep(calls, ns)         task_sleep(TASK_HERE(calls), ns)
#define task_yield(calls)             task_yield(TASK_HERE(calls))
#define task_await(calls, fd, events) task_await(TASK_HERE(calls), fd, events)
#define task_lock(calls, lock)        task_lock(TASK_HERE(calls), lock)
#define task_unlock(calls, lock)      task_unlock(TASK_HERE(calls), lock)
#define task_read(calls, shared)      task_read(TASK_HERE(calls), shared)
#define task_write(calls, shared, n)  task_write(TASK_HERE(calls), shared, n)
#define task_send(calls, channel, n)  task_send(TASK_HERE(calls), channel, n)
#define task_recv(calls, channel, to) task_recv(TASK_HERE(calls), channel, to)
#define task_close(calls, channel)    task_close(TASK_HERE(calls), channel)
#define task_wait(calls, barrier)     task_wait(TASK_HERE(calls), barrier)
#define task_spawn(calls, task)       task_spawn(TASK_HERE(calls), task)
#define task_join(calls, task)        task_join(TASK_HERE(calls), task)
#define task_say(calls, ...)          task_say(TASK_HERE(calls), __VA_ARGS__)
#endif

#endif
