/*
 * crash_cleanup.c -- one pointer that a signal handler of any thread can reach.
 */
#include "sched/base/crash_cleanup.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static _Atomic(void (*)(void)) current;

/* Release: whatever cleanup needs is in memory before a handler can find it. */
void crash_cleanup_set(void (*cleanup)(void))
{
    atomic_store_explicit(&current, cleanup, memory_order_release);
}

/* The exchange makes it once: whoever comes second finds nothing to do. */
void crash_cleanup_run(void)
{
    void (*cleanup)(void) = atomic_exchange_explicit(&current, NULL,
                                                     memory_order_acq_rel);

    if (cleanup)
        cleanup();
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
