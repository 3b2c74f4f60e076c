/*
 * crash_cleanup.c -- one function that every way out of the program runs once.
 *
 * Two threads may be about to end the program at the same instant. The second
 * must not do it while the first is half-way through the cleanup: it waits.
 */
#include "sched/base/crash_cleanup.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    PATIENCE_MS = 2000 /* no cleanup takes longer, unless it is stuck */
};

enum cleanup_state {
    CLEANUP_NONE,
    CLEANUP_SET,
    CLEANUP_RUNS
};

/* The state is the lock: who takes it from SET to RUNS may call function. */
static _Atomic(enum cleanup_state) state;
static void (*function)(void);
static bool (*_Atomic mender)(const void *address);
static atomic_flag leaving = ATOMIC_FLAG_INIT;

/* Release: whatever cleanup needs is in memory before a handler can find it. */
void crash_cleanup_set(void (*cleanup)(void))
{
    function = cleanup;
    atomic_store_explicit(&state, CLEANUP_SET, memory_order_release);
}

bool crash_cleanup_is_set(void)
{
    return atomic_load_explicit(&state, memory_order_acquire) == CLEANUP_SET;
}

/* All signals are blocked meanwhile: a handler that interrupted the cleanup
 * and waited for its end would wait for itself. And in the background to
 * change the terminal would stop us: SIGTTOU. */
void crash_cleanup_run(void)
{
    enum cleanup_state set = CLEANUP_SET;
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    if (atomic_compare_exchange_strong_explicit(&state, &set, CLEANUP_RUNS,
                                                memory_order_acq_rel,
                                                memory_order_acquire)) {
        function();
        atomic_store_explicit(&state, CLEANUP_NONE, memory_order_release);
    }
    for (int ms = 0; ms < PATIENCE_MS; ms++) {
        if (atomic_load_explicit(&state, memory_order_acquire) != CLEANUP_RUNS)
            break;
        poll(NULL, 0, 1);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void crash_cleanup_set_mend(bool (*mend)(const void *address))
{
    atomic_store_explicit(&mender, mend, memory_order_release);
}

bool crash_cleanup_mends(const void *address)
{
    bool (*mend)(const void *) = atomic_load_explicit(&mender,
                                                      memory_order_acquire);

    return mend && mend(address);
}

/* Calling exit() twice is undefined (C11 7.22.4.4), so all threads but the
 * first sleep until the process is gone. */
void crash_cleanup_exit(int status)
{
    while (atomic_flag_test_and_set(&leaving))
        pause();
    exit(status);
}

sigset_t crash_cleanup_block_signals(void)
{
    static const int fault[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE,
                                 SIGABRT, SIGSYS, SIGTRAP };
    sigset_t all, before;

    sigfillset(&all);
    for (size_t i = 0; i < sizeof fault / sizeof *fault; i++)
        sigdelset(&all, fault[i]);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    return before;
}
