/*
 * robust.h -- mutexes that tell the next one when their owner has died.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_ROBUST_H
#define CONCVIZ_SCHED_PRELOAD_ROBUST_H

#include <pthread.h>
#include <stdbool.h>

struct fiber;

enum {
    ROBUST_OWNER_DIED = -2, /* in the place of an owner's number */
    ROBUST_NOT_RECOVERABLE = -3
};

bool robust_is(const pthread_mutex_t *mutex);

/* The running fiber has taken it, or lets it go. */
void robust_hold(struct fiber *running, pthread_mutex_t *mutex);
void robust_drop(struct fiber *running, pthread_mutex_t *mutex);

/* Was it taken after its owner died, and not been made consistent yet? */
bool robust_is_inconsistent(const pthread_mutex_t *mutex);
void robust_set_inconsistent(pthread_mutex_t *mutex);

/* The running fiber ends: whoever waits for what it holds is told. */
void robust_owner_died(struct fiber *running);

#endif
