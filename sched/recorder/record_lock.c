/*
 * record_lock.c -- mutexes and readers-writer locks.
 *
 * Most locks are free when they are asked for. So we only try first, and where
 * that succeeds nothing is written; whoever has to wait writes who has it, which
 * stands in the mutex, and from then on its word says that somebody waits: then
 * unlocking is written, too. The same thread often takes it again before whoever
 * it woke has come: that is written as well, or nobody would know who has it.
 */
#include <errno.h>
#include <pthread.h>

#include "sched/recorder/real.h"
#include "sched/recorder/recorder.h"

/* What the calling thread gave back last while others waited for it. */
static __thread const pthread_mutex_t *given
    __attribute__((tls_model("initial-exec")));

/* Is it taken at once, or wrong? */
static int is_free(pthread_mutex_t *mutex, int *error)
{
    real_find();
    *error = real.pthread_mutex_trylock(mutex);
    if (*error == 0 && mutex == given)
        recorder_write(RECORD_GOT, RECORD_LOCK, mutex, 0);
    return *error != EBUSY;
}

static void wait_begins(pthread_mutex_t *mutex)
{
    recorder_write(RECORD_WAIT, RECORD_LOCK, mutex,
                   __atomic_load_n(&mutex->__data.__owner, __ATOMIC_RELAXED));
}

static int waited(int error, enum record_wait wait, const void *object)
{
    recorder_write(error && error != EOWNERDEAD ? RECORD_LEFT : RECORD_GOT,
                   wait, object, 0);
    return error;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    int error;

    if (is_free(mutex, &error))
        return error;
    wait_begins(mutex);
    return waited(real.pthread_mutex_lock(mutex), RECORD_LOCK, mutex);
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex,
                            const struct timespec *until)
{
    int error;

    if (is_free(mutex, &error))
        return error;
    wait_begins(mutex);
    return waited(real.pthread_mutex_timedlock(mutex, until), RECORD_LOCK,
                  mutex);
}

int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                            const struct timespec *until)
{
    int error;

    if (is_free(mutex, &error))
        return error;
    wait_begins(mutex);
    return waited(real.pthread_mutex_clocklock(mutex, clock, until),
                  RECORD_LOCK, mutex);
}

/* The time is that before, or the one who is woken might come earlier. */
int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    real_find();
    if (recorder_is_waited_for(mutex)) {
        given = mutex;
        recorder_write(RECORD_WAKE, RECORD_LOCK, mutex, 0);
    }
    return real.pthread_mutex_unlock(mutex);
}

/* The same of a readers-writer lock: who waits for it has written that. */
static int is_open(pthread_rwlock_t *lock, enum record_wait wait, int *error)
{
    real_find();
    *error = wait == RECORD_READ ? real.pthread_rwlock_tryrdlock(lock)
                                 : real.pthread_rwlock_trywrlock(lock);
    if (*error == EBUSY)
        recorder_write(RECORD_WAIT, wait, lock, 0);
    return *error != EBUSY;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    int error;

    if (is_open(lock, RECORD_READ, &error))
        return error;
    return waited(real.pthread_rwlock_rdlock(lock), RECORD_READ, lock);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock,
                               const struct timespec *until)
{
    int error;

    if (is_open(lock, RECORD_READ, &error))
        return error;
    return waited(real.pthread_rwlock_timedrdlock(lock, until), RECORD_READ,
                  lock);
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                               const struct timespec *until)
{
    int error;

    if (is_open(lock, RECORD_READ, &error))
        return error;
    return waited(real.pthread_rwlock_clockrdlock(lock, clock, until),
                  RECORD_READ, lock);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    int error;

    if (is_open(lock, RECORD_WRITE, &error))
        return error;
    return waited(real.pthread_rwlock_wrlock(lock), RECORD_WRITE, lock);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock,
                               const struct timespec *until)
{
    int error;

    if (is_open(lock, RECORD_WRITE, &error))
        return error;
    return waited(real.pthread_rwlock_timedwrlock(lock, until), RECORD_WRITE,
                  lock);
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                               const struct timespec *until)
{
    int error;

    if (is_open(lock, RECORD_WRITE, &error))
        return error;
    return waited(real.pthread_rwlock_clockwrlock(lock, clock, until),
                  RECORD_WRITE, lock);
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    real_find();
    recorder_write(RECORD_WAKE, RECORD_READ, lock, 0);
    return real.pthread_rwlock_unlock(lock);
}
