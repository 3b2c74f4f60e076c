/*
 * virtual_clock.c -- see virtual_clock.h; and chance from the system, which is
 * the same in each run, too.
 */
#include "sched/preload/virtual_clock.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/random.h>
#include <sys/time.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/order.h"

enum {
    READING_NS = 1000, /* passes with each look at a clock */
    ENTROPY_MAX = 256,
};

/* 2026-01-01 00:00 UTC; the other clocks begin an hour after the machine. */
static const int64_t epoch_ns = INT64_C(1767225600) * NS_PER_S;
static const int64_t other_ns = INT64_C(3600) * NS_PER_S;

static struct {
    int64_t ns; /* since the run began */
    uint64_t luck;
    int (*real)(clockid_t clock, struct timespec *time);
} virtual;

bool virtual_clock_runs(void)
{
    return order_told();
}

void virtual_clock_pass(int64_t ns)
{
    virtual.ns += ns;
}

static bool is_date(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ||
           clock == CLOCK_TAI;
}

static int real_clock(clockid_t clock, struct timespec *time)
{
    if (!virtual.real)
        *(void **)&virtual.real = dlsym(RTLD_NEXT, "clock_gettime");
    if (virtual.real)
        return virtual.real(clock, time);
    return (int)kernel_call_errno(
        kernel_call(SYS_clock_gettime, clock, kernel_call_pointer(time)));
}

static int64_t real_ns(clockid_t clock)
{
    struct timespec now;

    real_clock(clock, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

int64_t virtual_clock_real_ns(void)
{
    return real_ns(CLOCK_MONOTONIC);
}

int64_t virtual_clock_now(clockid_t clock)
{
    if (virtual_clock_runs())
        return virtual.ns + (is_date(clock) ? epoch_ns : other_ns);
    return real_ns(clock);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int64_t ns;

    if (!virtual_clock_runs())
        return real_clock(clock, time);
    virtual_clock_pass(READING_NS);
    ns = virtual_clock_now(clock);
    *time = (struct timespec){ ns / NS_PER_S, ns % NS_PER_S };
    return 0;
}

/* It may be NULL, whatever the header says. */
static void put_time(struct timeval *time)
{
    struct timespec now;

    if (!time)
        return;
    clock_gettime(CLOCK_REALTIME, &now);
    *time = (struct timeval){ now.tv_sec, now.tv_nsec / NS_PER_US };
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    if (zone)
        memset(zone, 0, sizeof(struct timezone));
    put_time(time);
    return 0;
}

time_t time(time_t *result)
{
    struct timespec now;

    clock_gettime(virtual_clock_runs() ? CLOCK_REALTIME : CLOCK_REALTIME_COARSE,
                  &now);
    if (result)
        *result = now.tv_sec;
    return now.tv_sec;
}

clock_t clock(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
        return -1;
    return now.tv_sec * CLOCKS_PER_SEC + now.tv_nsec / NS_PER_US;
}

int timespec_get(struct timespec *time, int base)
{
    if (base != TIME_UTC)
        return 0;
    clock_gettime(CLOCK_REALTIME, time);
    return base;
}

/* --- chance --------------------------------------------------------------- */

ssize_t getrandom(void *buffer, size_t size, unsigned flags)
{
    unsigned char *byte = buffer;

    if (!order_told())
        return kernel_call_errno(kernel_call(
            SYS_getrandom, kernel_call_pointer(buffer), (long)size, flags));
    for (size_t i = 0; i < size; i++)
        byte[i] = (unsigned char)random_next(&virtual.luck);
    return (ssize_t)size;
}

int getentropy(void *buffer, size_t size)
{
    if (size > ENTROPY_MAX) {
        errno = EIO;
        return -1;
    }
    return getrandom(buffer, size, 0) == (ssize_t)size ? 0 : -1;
}
