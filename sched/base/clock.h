/*
 * clock.h -- time in nanoseconds.
 *
 * Everywhere in concviz a time is an int64_t count of nanoseconds since the
 * run began, on the monotonic clock or on a model's virtual one; a name that
 * holds one ends in _ns. Any thread.
 */
#ifndef CONCVIZ_SCHED_BASE_CLOCK_H
#define CONCVIZ_SCHED_BASE_CLOCK_H

#include <stdint.h>

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S  INT64_C(1000000000)

#define TIME_NEVER INT64_MAX /* a time that does not come */

/* Now, on CLOCK_MONOTONIC. */
int64_t clock_now_ns(void);

/* Now, as a calendar counts: since 1970, on CLOCK_REALTIME. */
int64_t clock_calendar_ns(void);

/* Now, on CLOCK_BOOTTIME, which goes on while the machine is suspended. */
int64_t clock_boot_ns(void);

/* Processor time the calling thread has used so far. */
int64_t clock_thread_cpu_ns(void);

#endif
