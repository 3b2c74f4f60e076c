/*
 * choice.h -- places where another thread may come between.
 *
 * A coroutine leaves only where it has to wait. Threads do not: to find what can
 * go wrong with them, whoever runs must be stoppable, too, at every call where
 * threads meet. Nobody is unless the order is directed (order.h).
 */
#ifndef CONCVIZ_SCHED_PRELOAD_CHOICE_H
#define CONCVIZ_SCHED_PRELOAD_CHOICE_H

#include "sched/preload/order.h"

/* What the running thread is about to do, or has just done. */
enum choice_kind {
    CHOICE_LOCK,
    CHOICE_UNLOCK,
    CHOICE_UNLOCKED,
    CHOICE_WAIT,
    CHOICE_SIGNAL,
    CHOICE_SIGNALLED,
    CHOICE_DOWN,
    CHOICE_UP,
    CHOICE_RAISED,
    CHOICE_MEET,
    CHOICE_ONCE,
    CHOICE_CREATED,
    CHOICE_JOIN,
    CHOICE_ACCESS, /* of memory that others may see */
};

/* The order is directed: somebody else may get the turn here. */
void choice_stop(enum choice_kind kind, const volatile void *object);

/* Somebody else may get the turn here; object is what it is about. Not in a
 * signal's handler that runs while all wait. */
static inline void choice_point(enum choice_kind kind,
                                const volatile void *object)
{
    if (order_directed)
        choice_stop(kind, object);
}

#endif
