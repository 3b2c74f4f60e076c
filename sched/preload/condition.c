/*
 * condition.c -- condition variables, on any clock.
 *
 * Of the program's object one word is used: the clock of its timed waits, where
 * 0, as in PTHREAD_COND_INITIALIZER, is CLOCK_REALTIME. Nobody is woken who was
 * not signalled.
 */
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <threads.h>

#include "sched/preload/cancel.h"
#include "sched/preload/choice.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/line.h"
#include "sched/preload/mutex.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

struct condition_words {
    clockid_t clock;
};

_Static_assert(CLOCK_REALTIME == 0, "a condition of zeros has this clock");

static struct condition_words *inside(pthread_cond_t *condition)
{
    return (struct condition_words *)(void *)condition;
}

static void signal_one(void *condition)
{
    const struct fiber *first;

    choice_point(CHOICE_SIGNAL, condition);
    first = line_waiting(condition);
    tell_did(TELL_SIGNALLED, condition, first ? first->number - 1 : -1);
    line_wake(condition, 1);
    choice_point(CHOICE_SIGNALLED, condition);
}

static void signal_all(void *condition)
{
    long count = 0;

    choice_point(CHOICE_SIGNAL, condition);
    for (const struct fiber *f = tell_on ? line_waiting(condition) : NULL; f;
         f = line_waiting_after(f))
        count++;
    tell_did(TELL_BROADCAST, condition, count);
    line_wake(condition, SIZE_MAX);
    choice_point(CHOICE_SIGNALLED, condition);
}

/* Who is cancelled has the mutex again when its clean-up handlers run. */
static int wait_for(pthread_cond_t *condition, pthread_mutex_t *mutex,
                    const struct deadline *until)
{
    struct fiber *me = fiber_current();
    enum wait_end end;
    int error;

    cancel_point(me);
    choice_point(CHOICE_WAIT, condition);
    error = mutex_let_go(mutex);
    if (error)
        return error;
    end = turn_park(
        &(struct turn_wait){ WAIT_CONDITION_SIGNAL, condition, until, true });
    error = mutex_lock(mutex, NULL);
    if (end == WAIT_CANCELLED)
        cancel_now();
    if (error)
        return error;
    return end == WAIT_TIMED_OUT ? ETIMEDOUT : 0;
}

int pthread_cond_init(pthread_cond_t *condition,
                      const pthread_condattr_t *attributes)
{
    clockid_t clock = CLOCK_REALTIME;

    if (attributes)
        pthread_condattr_getclock(attributes, &clock);
    memset(condition, 0, sizeof *condition);
    inside(condition)->clock = clock;
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *condition)
{
    return line_waiting(condition) ? EBUSY : 0;
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    TELL_HERE();
    return wait_for(condition, mutex, NULL);
}

int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           clockid_t clock, const struct timespec *time)
{
    struct deadline until;

    TELL_HERE();
    if (!deadlines_read(&until, clock, time))
        return EINVAL;
    return wait_for(condition, mutex, &until);
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *time)
{
    TELL_HERE();
    return pthread_cond_clockwait(condition, mutex, inside(condition)->clock,
                                  time);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    TELL_HERE();
    signal_one(condition);
    return 0;
}

int pthread_cond_broadcast(pthread_cond_t *condition)
{
    TELL_HERE();
    signal_all(condition);
    return 0;
}

int cnd_init(cnd_t *condition)
{
    memset(condition, 0, sizeof *condition);
    return thrd_success;
}

void cnd_destroy(cnd_t *condition)
{
    (void)condition;
}

int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    TELL_HERE();
    return mutex_in_c11(
        wait_for((pthread_cond_t *)condition, (pthread_mutex_t *)mutex, NULL));
}

int cnd_timedwait(cnd_t *condition, mtx_t *mutex, const struct timespec *time)
{
    TELL_HERE();
    return mutex_in_c11(pthread_cond_clockwait((pthread_cond_t *)condition,
                                               (pthread_mutex_t *)mutex,
                                               CLOCK_REALTIME, time));
}

int cnd_signal(cnd_t *condition)
{
    TELL_HERE();
    signal_one(condition);
    return thrd_success;
}

int cnd_broadcast(cnd_t *condition)
{
    TELL_HERE();
    signal_all(condition);
    return thrd_success;
}
