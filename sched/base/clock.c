/*
 * clock.c -- the clocks of the system that concviz reads.
 */
#include "sched/base/clock.h"

#include <time.h>

static int64_t read_ns(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* Monotonic, because the wall clock jumps when somebody sets it, and the time
 * of a run must never go back. */
int64_t clock_now_ns(void)
{
    return read_ns(CLOCK_MONOTONIC);
}

/* Advances only while the thread has a core. How far it falls behind
 * clock_now_ns is the time the thread spent without one. */
int64_t clock_thread_cpu_ns(void)
{
    return read_ns(CLOCK_THREAD_CPUTIME_ID);
}

int64_t clock_calendar_ns(void)
{
    return read_ns(CLOCK_REALTIME);
}

int64_t clock_boot_ns(void)
{
#ifdef CLOCK_BOOTTIME
    return read_ns(CLOCK_BOOTTIME);
#else
    return read_ns(CLOCK_MONOTONIC);
#endif
}
