/*
 * mutex.h -- mutexes, for those that need one besides their own business.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_MUTEX_H
#define CONCVIZ_SCHED_PRELOAD_MUTEX_H

#include <pthread.h>

struct deadline;

/* Lock, until then (NULL: for ever). Returns 0 or what pthread_mutex_lock and
 * pthread_mutex_timedlock return. */
int mutex_lock(pthread_mutex_t *mutex, const struct deadline *until);

int mutex_unlock(pthread_mutex_t *mutex);

/* The same, as part of another call: nobody comes between. */
int mutex_let_go(pthread_mutex_t *mutex);

/* How C11 says what an error number says. */
int mutex_in_c11(int error);

#endif
