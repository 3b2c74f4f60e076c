/*
 * record_c11.c -- the threads of C11, which in this C library are those of
 * POSIX under other names: its own functions call each other inside, where
 * nobody sees them.
 */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <threads.h>

#include "sched/recorder/recorder.h"

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t), "one object");
_Static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t), "one object");

static int in_c11(int error)
{
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    case EAGAIN:
    case ENOMEM:
        return thrd_nomem;
    default:
        return thrd_error;
    }
}

int thrd_create(thrd_t *thread, thrd_start_t start, void *argument)
{
    return in_c11(recorder_create(thread, NULL, NULL, start, argument));
}

int thrd_join(thrd_t thread, int *value)
{
    void *end;
    int error = pthread_join(thread, &end);

    if (!error && value)
        *value = (int)(intptr_t)end;
    return error ? thrd_error : thrd_success;
}

int mtx_lock(mtx_t *mutex)
{
    return in_c11(pthread_mutex_lock((pthread_mutex_t *)mutex));
}

int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict until)
{
    return in_c11(pthread_mutex_timedlock((pthread_mutex_t *)mutex, until));
}

int mtx_unlock(mtx_t *mutex)
{
    return in_c11(pthread_mutex_unlock((pthread_mutex_t *)mutex));
}

int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return in_c11(pthread_cond_wait((pthread_cond_t *)condition,
                                    (pthread_mutex_t *)mutex));
}

int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
                  const struct timespec *restrict until)
{
    return in_c11(pthread_cond_timedwait((pthread_cond_t *)condition,
                                         (pthread_mutex_t *)mutex, until));
}

int cnd_signal(cnd_t *condition)
{
    return in_c11(pthread_cond_signal((pthread_cond_t *)condition));
}

int cnd_broadcast(cnd_t *condition)
{
    return in_c11(pthread_cond_broadcast((pthread_cond_t *)condition));
}
