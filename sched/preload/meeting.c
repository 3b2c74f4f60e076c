/*
 * meeting.c -- where threads meet without a lock: barriers, spin locks, and what
 * is done once.
 *
 * A spin lock that is taken would spin for ever, since its owner cannot run
 * meanwhile; so here it waits.
 */
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <threads.h>

#include "sched/preload/choice.h"
#include "sched/preload/fiber.h"
#include "sched/preload/happened.h"
#include "sched/preload/line.h"
#include "sched/preload/other_name.h"
#include "sched/preload/tell.h"
#include "sched/preload/turn.h"

/* --- barriers ------------------------------------------------------------- */

struct meeting {
    unsigned wanted, here;
};

static struct meeting *inside(pthread_barrier_t *barrier)
{
    return (struct meeting *)(void *)barrier;
}

int pthread_barrier_init(pthread_barrier_t *barrier,
                         const pthread_barrierattr_t *attributes,
                         unsigned count)
{
    (void)attributes;
    if (count == 0)
        return EINVAL;
    *inside(barrier) = (struct meeting){ count, 0 };
    return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
    return inside(barrier)->here ? EBUSY : 0;
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    struct meeting *meeting = inside(barrier);

    TELL_HERE();
    choice_point(CHOICE_MEET, barrier);
    happened_release(barrier);
    if (++meeting->here == meeting->wanted) {
        meeting->here = 0;
        happened_acquire(barrier);
        tell_did(TELL_PASSED, barrier, 0);
        line_wake(barrier, SIZE_MAX);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    turn_park(&(struct turn_wait){ WAIT_BARRIER_FULL, barrier, NULL, false });
    happened_acquire(barrier);
    return 0;
}

/* --- spin locks ----------------------------------------------------------- */

enum {
    SPIN_FREE,
    SPIN_TAKEN
};

int pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
    (void)shared;
    *lock = SPIN_FREE;
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *lock)
{
    (void)lock;
    return 0;
}

int pthread_spin_trylock(pthread_spinlock_t *lock)
{
    TELL_HERE();
    choice_point(CHOICE_LOCK, lock);
    if (*lock != SPIN_FREE)
        return EBUSY;
    *lock = SPIN_TAKEN;
    happened_acquire(lock);
    tell_did(TELL_LOCKED, lock, 0);
    return 0;
}

int pthread_spin_lock(pthread_spinlock_t *lock)
{
    TELL_HERE();
    while (pthread_spin_trylock(lock) != 0)
        turn_park(&(struct turn_wait){ WAIT_SPIN_LOCK, lock, NULL, false });
    return 0;
}

int pthread_spin_unlock(pthread_spinlock_t *lock)
{
    TELL_HERE();
    choice_point(CHOICE_UNLOCK, lock);
    happened_release(lock);
    *lock = SPIN_FREE;
    tell_did(TELL_UNLOCKED, lock, -1);
    line_wake(lock, 1);
    choice_point(CHOICE_UNLOCKED, lock);
    return 0;
}

/* --- once ----------------------------------------------------------------- */

enum {
    ONCE_NEW,
    ONCE_BEGUN,
    ONCE_DONE
};

/* Runs also where the function ends by an exception or is cancelled: then the
 * next one begins anew. */
static void end_once(pthread_once_t *const *once)
{
    if (**once == ONCE_BEGUN)
        **once = ONCE_NEW;
    line_wake(*once, SIZE_MAX);
}

static void begin_once(pthread_once_t *once, void (*function)(void))
{
    __attribute__((cleanup(end_once))) pthread_once_t *const mine = once;

    *once = ONCE_BEGUN;
    function();
    *mine = ONCE_DONE;
    happened_release(mine);
}

int pthread_once(pthread_once_t *once, void (*function)(void))
{
    TELL_HERE();
    choice_point(CHOICE_ONCE, once);
    while (*once == ONCE_BEGUN)
        turn_park(&(struct turn_wait){ WAIT_ONCE_DONE, once, NULL, false });
    if (*once == ONCE_NEW)
        begin_once(once, function);
    happened_acquire(once);
    return 0;
}

void call_once(once_flag *flag, void (*function)(void))
{
    TELL_HERE();
    pthread_once((pthread_once_t *)(void *)flag, function);
}

OTHER_NAME(__pthread_once, pthread_once);
