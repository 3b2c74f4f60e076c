/*
 * robust.c -- the list of the robust mutexes somebody holds, linked through the
 * mutexes themselves, as the C library does it.
 *
 * A mutex whose owner died and that was taken since is marked in its kind until
 * pthread_mutex_consistent takes the mark away; let go with it, nobody gets it
 * any more.
 */
#include "sched/preload/robust.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/preload/fiber.h"
#include "sched/preload/line.h"

enum {
    KIND_ROBUST = 16,
    KIND_INCONSISTENT = 1 << 16
};

bool robust_is(const pthread_mutex_t *mutex)
{
    return mutex->__data.__kind & KIND_ROBUST;
}

bool robust_is_inconsistent(const pthread_mutex_t *mutex)
{
    return mutex->__data.__kind & KIND_INCONSISTENT;
}

void robust_set_inconsistent(pthread_mutex_t *mutex)
{
    mutex->__data.__kind |= KIND_INCONSISTENT;
}

static pthread_mutex_t **next_of(pthread_mutex_t *mutex)
{
    return (pthread_mutex_t **)(void *)&mutex->__data.__list.__next;
}

void robust_hold(struct fiber *running, pthread_mutex_t *mutex)
{
    *next_of(mutex) = running->robust;
    running->robust = mutex;
}

void robust_drop(struct fiber *running, pthread_mutex_t *mutex)
{
    pthread_mutex_t **link = &running->robust;

    while (*link && *link != mutex)
        link = next_of(*link);
    if (*link)
        *link = *next_of(mutex);
}

void robust_owner_died(struct fiber *running)
{
    while (running->robust) {
        pthread_mutex_t *mutex = running->robust;

        running->robust = *next_of(mutex);
        mutex->__data.__owner = ROBUST_OWNER_DIED;
        line_wake(mutex, 1);
    }
}

int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
    if (!robust_is(mutex) || !robust_is_inconsistent(mutex))
        return EINVAL;
    mutex->__data.__kind &= ~KIND_INCONSISTENT;
    return 0;
}
