/*
 * executor_table.c -- five modes, three ways to run.
 *
 * Modes that differ only in what they can do, or in the number of machines, are
 * run by the same host; the scheduler looks at the traits.
 */
#include "sched/run/executor_table.h"

#include "sched/run/exec_sequential.h"
#include "sched/run/host_kernel.h"
#include "sched/run/host_user.h"

static const struct executor sequential = {
    .mode = &mode_table[MODE_SEQUENTIAL],
    .run = exec_sequential_run,
};

/*
 * Many tasks in progress, one machine, nobody is ever interrupted.
 *
 * Every task is a coroutine: a function with a stack of its own, which goes on
 * where it stopped. They all live on one OS thread, pinned to one core, so
 * at any instant at most one of them computes. A task keeps the machine until
 * it gives it up itself: it yields, sleeps, waits for something, or is done.
 * One that only computes keeps all others waiting, and one that blocks
 * (waits without giving way) stops them all.
 */
static const struct executor coroutine = {
    .mode = &mode_table[MODE_COROUTINE],
    .run = host_user_run,
};

/*
 * Threads of the system, on one core or on several.
 *
 * The two modes differ in one number. With one machine the threads take turns,
 * stopped when their slice is over: concurrency. With several machines as many
 * of them as there are machines compute at the same instant: parallelism.
 */
static const struct executor threads = {
    .mode = &mode_table[MODE_THREADS],
    .run = host_kernel_run,
};

static const struct executor parallel = {
    .mode = &mode_table[MODE_PARALLEL],
    .run = host_kernel_run,
};

/*
 * Many coroutines on a few threads: M:N.
 *
 * Each machine has an OS thread, and each thread runs coroutines: whoever is
 * ready goes on at whichever thread is free first, also in the middle of its
 * work. Cheap switches, and several cores; but a task that keeps its machine
 * still keeps it until it steps aside.
 */
static const struct executor hybrid = {
    .mode = &mode_table[MODE_HYBRID],
    .run = host_user_run,
};

const struct executor *const executor_table[MODE_COUNT + 1] = {
    [MODE_SEQUENTIAL] = &sequential, [MODE_COROUTINE] = &coroutine,
    [MODE_THREADS] = &threads,       [MODE_PARALLEL] = &parallel,
    [MODE_HYBRID] = &hybrid,
};
