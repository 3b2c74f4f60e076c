/*
 * mutex.c -- mutexes of all kinds.
 *
 * Of the program's object we use three words, which the C library's initializer
 * sets to zero: the owner's number, how often it has locked, and whether it is
 * in use. The kind stands where the C library has put it.
 *
 * Unlocking wakes the first who waits and hands nothing over: threads allow a
 * third to come first, and a program that relies on the opposite is to be seen
 * here, too.
 */
#include "sched/preload/mutex.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <threads.h>

#include "sched/preload/choice.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/happened.h"
#include "sched/preload/line.h"
#include "sched/preload/other_name.h"
#include "sched/preload/robust.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

enum {
    KIND_BITS = 3
};

static int type_of(const pthread_mutex_t *mutex)
{
    return mutex->__data.__kind & KIND_BITS;
}

static bool is_free(const pthread_mutex_t *mutex)
{
    return mutex->__data.__owner == 0 ||
           mutex->__data.__owner == ROBUST_OWNER_DIED;
}

/* It is free. */
static int take(pthread_mutex_t *mutex, struct fiber *me)
{
    bool died = mutex->__data.__owner == ROBUST_OWNER_DIED;

    mutex->__data.__owner = me->number;
    mutex->__data.__count = 1;
    mutex->__data.__nusers = 1;
    if (robust_is(mutex))
        robust_hold(me, mutex);
    happened_acquire(mutex);
    tell_did(TELL_LOCKED, mutex, 0);
    if (died)
        robust_set_inconsistent(mutex);
    return died ? EOWNERDEAD : 0;
}

/* Its owner locks it again. EBUSY: it has to wait, and will for ever. */
static int again(pthread_mutex_t *mutex)
{
    if (type_of(mutex) == PTHREAD_MUTEX_ERRORCHECK)
        return EDEADLK;
    if (type_of(mutex) != PTHREAD_MUTEX_RECURSIVE)
        return EBUSY;
    if (mutex->__data.__count == UINT_MAX)
        return EAGAIN;
    mutex->__data.__count++;
    return 0;
}

/* Without waiting; EBUSY: it would have to. */
static int try(pthread_mutex_t *mutex, struct fiber *me)
{
    if (is_free(mutex))
        return take(mutex, me);
    if (mutex->__data.__owner == ROBUST_NOT_RECOVERABLE)
        return ENOTRECOVERABLE;
    return mutex->__data.__owner == me->number ? again(mutex) : EBUSY;
}

int mutex_lock(pthread_mutex_t *mutex, const struct deadline *until)
{
    struct fiber *me = fiber_current();
    int error;

    if (mutex->__data.__kind < 0)
        return EINVAL;
    choice_point(CHOICE_LOCK, mutex);
    while ((error = try(mutex, me)) == EBUSY)
        if (turn_park(&(struct turn_wait){ WAIT_MUTEX_FREE, mutex, until,
                                           false }) == WAIT_TIMED_OUT)
            return ETIMEDOUT;
    return error;
}

int mutex_let_go(pthread_mutex_t *mutex)
{
    struct fiber *me = fiber_current();

    if (mutex->__data.__owner != me->number &&
        (type_of(mutex) == PTHREAD_MUTEX_RECURSIVE ||
         type_of(mutex) == PTHREAD_MUTEX_ERRORCHECK || robust_is(mutex)))
        return EPERM;
    if (type_of(mutex) == PTHREAD_MUTEX_RECURSIVE &&
        --mutex->__data.__count > 0)
        return 0;
    happened_release(mutex);
    mutex->__data.__owner = 0;
    mutex->__data.__count = 0;
    mutex->__data.__nusers = 0;
    tell_did(TELL_UNLOCKED, mutex, -1);
    if (robust_is(mutex)) {
        robust_drop(me, mutex);
        if (robust_is_inconsistent(mutex)) {
            mutex->__data.__owner = ROBUST_NOT_RECOVERABLE;
            line_wake(mutex, SIZE_MAX);
            return 0;
        }
    }
    line_wake(mutex, 1);
    return 0;
}

int mutex_unlock(pthread_mutex_t *mutex)
{
    int error;

    choice_point(CHOICE_UNLOCK, mutex);
    error = mutex_let_go(mutex);
    choice_point(CHOICE_UNLOCKED, mutex);
    return error;
}

int mutex_in_c11(int error)
{
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

/* --- the calls ------------------------------------------------------------ */

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    TELL_HERE();
    return mutex_lock(mutex, NULL);
}

/* Also for a robust mutex whose owner died in this moment. */
int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    int error;

    TELL_HERE();
    choice_point(CHOICE_LOCK, mutex);
    error = try(mutex, fiber_current());
    if (error == EBUSY)
        tell_did(TELL_NOT_LOCKED, mutex, 0);
    return error == EDEADLK ? EBUSY : error;
}

int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                            const struct timespec *time)
{
    struct deadline until;
    int error;

    TELL_HERE();
    if (!deadlines_has_clock(clock))
        return EINVAL;
    choice_point(CHOICE_LOCK, mutex);
    error = try(mutex, fiber_current());
    if (error != EBUSY)
        return error;
    if (!deadlines_read(&until, clock, time))
        return EINVAL;
    return mutex_lock(mutex, &until);
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *time)
{
    TELL_HERE();
    return pthread_mutex_clocklock(mutex, CLOCK_REALTIME, time);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    TELL_HERE();
    return mutex_unlock(mutex);
}

int mtx_lock(mtx_t *mutex)
{
    TELL_HERE();
    return mutex_in_c11(mutex_lock((pthread_mutex_t *)mutex, NULL));
}

int mtx_trylock(mtx_t *mutex)
{
    TELL_HERE();
    return mutex_in_c11(pthread_mutex_trylock((pthread_mutex_t *)mutex));
}

int mtx_timedlock(mtx_t *mutex, const struct timespec *time)
{
    TELL_HERE();
    return mutex_in_c11(
        pthread_mutex_timedlock((pthread_mutex_t *)mutex, time));
}

int mtx_unlock(mtx_t *mutex)
{
    TELL_HERE();
    return mutex_in_c11(mutex_unlock((pthread_mutex_t *)mutex));
}

OTHER_NAME(__pthread_mutex_lock, pthread_mutex_lock);
OTHER_NAME(__pthread_mutex_trylock, pthread_mutex_trylock);
OTHER_NAME(__pthread_mutex_unlock, pthread_mutex_unlock);
