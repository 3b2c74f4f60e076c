#include "sched/base/crash_cleanup.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

/* The one pointer of the program that a signal handler of any thread must be
 * able to reach. */
static _Atomic(void (*)(void)) rescue;

void crash_cleanup_set(void (*put_right)(void))
{
    atomic_store_explicit(&rescue, put_right, memory_order_release);
}

void crash_cleanup_run(void)
{
    /* The exchange makes it once: whoever comes second finds nothing to do. */
    void (*put_right)(void) = atomic_exchange_explicit(&rescue, NULL,
                                                       memory_order_acq_rel);

    if (put_right)
        put_right();
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
