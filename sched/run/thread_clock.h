/*
 * thread_clock.h -- clocks of threads, and by which clock they wait.
 */
#ifndef CONCVIZ_SCHED_RUN_THREAD_CLOCK_H
#define CONCVIZ_SCHED_RUN_THREAD_CLOCK_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* Conditions made with these wait by the clock of the next function. */
void thread_clock_attributes(pthread_condattr_t *attributes);

/* until_ns of clock_now_ns(), as pthread_cond_timedwait wants it. */
struct timespec thread_clock_deadline(int64_t until_ns);

/* Processor time a thread that has not been joined has used; 0 where the system
 * does not say it of others. */
int64_t thread_clock_used_ns(pthread_t thread);

#endif
