/*
 * semaphore.c -- semaphores; their value is the first word of the object.
 *
 * sem_post may be called in a signal's handler, so the value changes atomically,
 * and if the handler came at a bad time the waking is done later (line.h).
 */
#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <stddef.h>

#include "sched/preload/cancel.h"
#include "sched/preload/choice.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/happened.h"
#include "sched/preload/line.h"
#include "sched/preload/signals.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

static unsigned *value_of(sem_t *semaphore)
{
    return (unsigned *)(void *)semaphore;
}

/* Returns 0 or EAGAIN. */
static int try(sem_t *semaphore)
{
    unsigned value = __atomic_load_n(value_of(semaphore), __ATOMIC_RELAXED);

    while (value > 0)
        if (__atomic_compare_exchange_n(value_of(semaphore), &value, value - 1,
                                        0, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
            happened_acquire(semaphore);
            tell_did(TELL_ACQUIRED, semaphore, (long)value - 1);
            return 0;
        }
    return EAGAIN;
}

static int fail(int error)
{
    errno = error;
    return -1;
}

static int down(sem_t *semaphore, const struct deadline *until)
{
    cancel_point(fiber_current());
    choice_point(CHOICE_DOWN, semaphore);
    while (try(semaphore) != 0) {
        enum wait_end end = turn_wait(
            &(struct turn_wait){ WAIT_SEMAPHORE_UP, semaphore, until, true });

        if (end == WAIT_TIMED_OUT)
            return fail(ETIMEDOUT);
        if (end == WAIT_INTERRUPTED && !signals_restart())
            return fail(EINTR);
    }
    return 0;
}

int sem_wait(sem_t *semaphore)
{
    TELL_HERE();
    return down(semaphore, NULL);
}

int sem_trywait(sem_t *semaphore)
{
    int error;

    TELL_HERE();
    choice_point(CHOICE_DOWN, semaphore);
    error = try(semaphore);
    return error ? fail(error) : 0;
}

int sem_clockwait(sem_t *semaphore, clockid_t clock,
                  const struct timespec *time)
{
    struct deadline until;

    TELL_HERE();
    if (!deadlines_has_clock(clock))
        return fail(EINVAL);
    choice_point(CHOICE_DOWN, semaphore);
    if (try(semaphore) == 0)
        return 0;
    if (!deadlines_read(&until, clock, time))
        return fail(EINVAL);
    return down(semaphore, &until);
}

int sem_timedwait(sem_t *semaphore, const struct timespec *time)
{
    TELL_HERE();
    return sem_clockwait(semaphore, CLOCK_REALTIME, time);
}

int sem_post(sem_t *semaphore)
{
    unsigned value;

    TELL_HERE();
    choice_point(CHOICE_UP, semaphore);
    happened_release(semaphore);
    value = __atomic_load_n(value_of(semaphore), __ATOMIC_RELAXED);
    do
        if (value == SEM_VALUE_MAX)
            return fail(EOVERFLOW);
    while (!__atomic_compare_exchange_n(value_of(semaphore), &value, value + 1,
                                        0, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    tell_did(TELL_RELEASED, semaphore, (long)value + 1);
    if (line_is_busy())
        line_look_later();
    else
        line_wake(semaphore, 1);
    choice_point(CHOICE_RAISED, semaphore);
    return 0;
}
