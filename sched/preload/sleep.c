/*
 * sleep.c -- waiting for time only. A fiber that is alone leaves it to the
 * system, signals and all.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/preload/cancel.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"
#include "sched/preload/virtual_clock.h"

enum {
    US_PER_S = 1000000
};

static struct timespec left_of(const struct deadline *until)
{
    int64_t ns = until->ns - deadlines_now(until->clock);

    if (ns < 0)
        ns = 0;
    return (struct timespec){ ns / NS_PER_S, ns % NS_PER_S };
}

/* Returns 0, or EINTR with *left filled where it may be NULL. */
static int sleep_until(const struct deadline *until, struct timespec *left)
{
    if (turn_wait(&(struct turn_wait){ WAIT_A_TIME, NULL, until, true }) !=
        WAIT_INTERRUPTED)
        return 0;
    if (left)
        *left = left_of(until);
    return EINTR;
}

static int sleep_alone(clockid_t clock, int flags, const struct timespec *time,
                       struct timespec *left)
{
    int64_t ns = deadlines_valid(time) ? time->tv_sec * NS_PER_S + time->tv_nsec
                                       : 0;
    int error;

    if (flags & TIMER_ABSTIME)
        ns = deadlines_has_clock(clock) ? ns - deadlines_now(clock)
                                        : TIME_NEVER;
    tell_away(ns);
    error = (int)-kernel_call(SYS_clock_nanosleep, clock, flags,
                              kernel_call_pointer(time),
                              kernel_call_pointer(left));
    tell_back();
    return error;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                    struct timespec *left)
{
    struct deadline until;

    TELL_HERE();
    cancel_point(fiber_current());
    if (!(fiber_many() || virtual_clock_runs()) || !deadlines_has_clock(clock))
        return sleep_alone(clock, flags, time, left);
    if (!deadlines_valid(time) || time->tv_sec < 0)
        return EINVAL;
    if (flags & TIMER_ABSTIME) {
        until = deadlines_at(clock, time);
        left = NULL;
    } else {
        until = deadlines_in(time);
    }
    return sleep_until(&until, left);
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
    int error;

    TELL_HERE();
    error = clock_nanosleep(CLOCK_MONOTONIC, 0, time, left);
    if (!error)
        return 0;
    errno = error;
    return -1;
}

int usleep(useconds_t us)
{
    TELL_HERE();
    return nanosleep(
        &(struct timespec){ us / US_PER_S, us % US_PER_S * NS_PER_US }, NULL);
}

/* What is left counts as a second from half of it on, as in the C library. */
unsigned sleep(unsigned seconds)
{
    struct timespec left = { .tv_sec = 0 };
    int before = errno;

    TELL_HERE();
    if (nanosleep(&(struct timespec){ .tv_sec = seconds }, &left) == 0) {
        errno = before;
        return 0;
    }
    return (unsigned)left.tv_sec + (left.tv_nsec >= NS_PER_S / 2);
}

int thrd_sleep(const struct timespec *time, struct timespec *left)
{
    int error;

    TELL_HERE();
    error = clock_nanosleep(CLOCK_REALTIME, 0, time, left);
    if (!error)
        return 0;
    return error == EINTR ? -1 : -2;
}
