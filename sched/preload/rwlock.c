/*
 * rwlock.c -- readers-writer locks.
 *
 * Two words of the program's object are used: how many read, and who writes.
 * As in the C library a reader does not wait for writers that wait, unless the
 * lock was made to prefer them. Whoever lets go last wakes all, who try again in
 * the order in which they came.
 */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/preload/choice.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/happened.h"
#include "sched/preload/line.h"
#include "sched/preload/other_name.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

/* What readers did is known to writers, but not to each other: told apart by
 * where in the lock it is told. */
static const void *read_end(const pthread_rwlock_t *lock)
{
    return &lock->__data.__readers + 1;
}

/* Does a reader let writers that wait go first? */
static bool yields_to_writers(const pthread_rwlock_t *lock)
{
    if (lock->__data.__flags != PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
        return false;
    for (struct fiber *f = line_waiting(lock); f; f = line_waiting_after(f))
        if (f->wait == WAIT_WRITE_LOCK)
            return true;
    return false;
}

static int try_read(pthread_rwlock_t *lock)
{
    if (lock->__data.__cur_writer == fiber_current()->number)
        return EDEADLK;
    if (lock->__data.__cur_writer || yields_to_writers(lock))
        return EBUSY;
    if (lock->__data.__readers == UINT_MAX)
        return EAGAIN;
    lock->__data.__readers++;
    happened_acquire(lock);
    tell_did(TELL_READS, lock, (long)lock->__data.__readers);
    return 0;
}

static int try_write(pthread_rwlock_t *lock)
{
    struct fiber *me = fiber_current();

    if (lock->__data.__cur_writer == me->number)
        return EDEADLK;
    if (lock->__data.__cur_writer || lock->__data.__readers)
        return EBUSY;
    lock->__data.__cur_writer = me->number;
    happened_acquire(lock);
    happened_acquire(read_end(lock));
    tell_did(TELL_WRITES, lock, 0);
    return 0;
}

static int take(pthread_rwlock_t *lock, enum wait_reason kind,
                const struct deadline *until)
{
    int error;

    choice_point(CHOICE_LOCK, lock);
    while ((error = kind == WAIT_READ_LOCK ? try_read(lock)
                                           : try_write(lock)) == EBUSY)
        if (turn_park(&(struct turn_wait){ kind, lock, until, false }) ==
            WAIT_TIMED_OUT)
            return ETIMEDOUT;
    return error;
}

static int take_until(pthread_rwlock_t *lock, enum wait_reason kind,
                      clockid_t clock, const struct timespec *time)
{
    struct deadline until;

    if (!deadlines_read(&until, clock, time))
        return EINVAL;
    return take(lock, kind, &until);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    TELL_HERE();
    return take(lock, WAIT_READ_LOCK, NULL);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    TELL_HERE();
    return take(lock, WAIT_WRITE_LOCK, NULL);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock,
                               const struct timespec *time)
{
    TELL_HERE();
    return take_until(lock, WAIT_READ_LOCK, CLOCK_REALTIME, time);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock,
                               const struct timespec *time)
{
    TELL_HERE();
    return take_until(lock, WAIT_WRITE_LOCK, CLOCK_REALTIME, time);
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                               const struct timespec *time)
{
    TELL_HERE();
    return take_until(lock, WAIT_READ_LOCK, clock, time);
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                               const struct timespec *time)
{
    TELL_HERE();
    return take_until(lock, WAIT_WRITE_LOCK, clock, time);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
    int error;

    TELL_HERE();
    choice_point(CHOICE_LOCK, lock);
    error = try_read(lock);
    return error == EDEADLK ? EBUSY : error;
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    int error;

    TELL_HERE();
    choice_point(CHOICE_LOCK, lock);
    error = try_write(lock);
    return error == EDEADLK ? EBUSY : error;
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    TELL_HERE();
    choice_point(CHOICE_UNLOCK, lock);
    happened_release(lock->__data.__cur_writer ? (const void *)lock
                                               : read_end(lock));
    if (lock->__data.__cur_writer)
        lock->__data.__cur_writer = 0;
    else if (lock->__data.__readers)
        lock->__data.__readers--;
    tell_did(TELL_LETS_GO, lock, (long)lock->__data.__readers);
    if (!lock->__data.__readers)
        line_wake(lock, SIZE_MAX);
    choice_point(CHOICE_UNLOCKED, lock);
    return 0;
}

OTHER_NAME(__pthread_rwlock_rdlock, pthread_rwlock_rdlock);
OTHER_NAME(__pthread_rwlock_wrlock, pthread_rwlock_wrlock);
OTHER_NAME(__pthread_rwlock_tryrdlock, pthread_rwlock_tryrdlock);
OTHER_NAME(__pthread_rwlock_trywrlock, pthread_rwlock_trywrlock);
OTHER_NAME(__pthread_rwlock_unlock, pthread_rwlock_unlock);
