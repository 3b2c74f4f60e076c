/*
 * thread_clock.c -- the monotonic clock, if conditions may have it. Elsewhere
 * the calendar's: who sets it meanwhile makes waiting longer or shorter, once.
 */
#include "sched/run/thread_clock.h"

#include "sched/base/clock.h"

void thread_clock_attributes(pthread_condattr_t *attributes)
{
    pthread_condattr_init(attributes);
#ifdef HAVE_PTHREAD_CONDATTR_SETCLOCK
    pthread_condattr_setclock(attributes, CLOCK_MONOTONIC);
#endif
}

struct timespec thread_clock_deadline(int64_t until_ns)
{
#ifndef HAVE_PTHREAD_CONDATTR_SETCLOCK
    until_ns += clock_calendar_ns() - clock_now_ns();
#endif
    return (struct timespec){ .tv_sec = (time_t)(until_ns / NS_PER_S),
                              .tv_nsec = (long)(until_ns % NS_PER_S) };
}

int64_t thread_clock_used_ns(pthread_t thread)
{
    struct timespec time = { 0 };
#ifdef HAVE_PTHREAD_GETCPUCLOCKID
    clockid_t clock;

    if (pthread_getcpuclockid(thread, &clock) == 0)
        clock_gettime(clock, &time);
#else
    (void)thread;
#endif
    return time.tv_sec * NS_PER_S + time.tv_nsec;
}
