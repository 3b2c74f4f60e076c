/*
 * recorder.h -- writing records from inside somebody else's process.
 *
 * Nothing here allocates, takes a lock or calls a name that the library has
 * taken. Any thread; in a signal handler that interrupts a record, nothing is
 * written.
 */
#ifndef CONCVIZ_SCHED_RECORDER_RECORDER_H
#define CONCVIZ_SCHED_RECORDER_RECORDER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "sched/recorder/record.h"

/* Write a record of now; errno stays as it is. */
void recorder_write(enum record_kind kind, unsigned detail,
                    const volatile void *object, int64_t value);

/* The same of a time that has passed, from recorder_now. */
void recorder_write_at(int64_t t_ns, enum record_kind kind, unsigned detail,
                       const volatile void *object, int64_t value);
int64_t recorder_now(void);

/* Write the name of a thread, which is the calling one. */
void recorder_write_name(const char *name);

/* The system's number of the calling thread. */
int recorder_tid(void);

/* pthread_create, but that it is recorded; start is NULL where it is a function
 * of C11. Returns 0 or an error number. */
int recorder_create(pthread_t *thread, const pthread_attr_t *attributes,
                    void *(*start)(void *), int (*start_c11)(void *),
                    void *argument);

/* Waits somebody for the mutex, as far as its word says? (1: locked; more: and
 * waited for.) */
static inline bool recorder_is_waited_for(const pthread_mutex_t *mutex)
{
    return __atomic_load_n(&mutex->__data.__lock, __ATOMIC_RELAXED) & ~1;
}

#endif
