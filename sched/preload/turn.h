/*
 * turn.h -- giving the turn to somebody else, and getting it back.
 *
 * A fiber leaves only by a call of these, so between them nothing of anybody
 * changes: that is what coroutines are. A signal's handler that runs while all
 * wait has no turn to give: where it waits, all wait for it.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_TURN_H
#define CONCVIZ_SCHED_PRELOAD_TURN_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "sched/preload/fiber.h"

/* Why and how somebody waits. */
struct turn_wait {
    enum wait_reason kind;
    const volatile void *address; /* or NULL: only time, files … end it */
    const struct deadline *until; /* NULL: for ever */
    bool cancellable;
};

/* Somebody else's turn, until we are woken, or the deadline, a signal, or a
 * cancellation comes first. */
enum wait_end turn_park(const struct turn_wait *waiting);

/* The same, but who is cancelled does not return. */
enum wait_end turn_wait(const struct turn_wait *waiting);

/* The same, with these signals blocked meanwhile (NULL: as always). */
enum wait_end turn_wait_blocking(const struct turn_wait *waiting,
                                 const sigset_t *blocked);

/* Step aside: to the end of the line. */
void turn_yield(void);

/* The same, but the next turn is that of who stands so many places behind the
 * first. */
void turn_give(size_t places);

/* The running fiber has ended; its stack is never entered again. */
_Noreturn void turn_end(void);

/* The first thing an entry function calls: whoever was here before is buried. */
void turn_arrived(void);

/* Does the current fiber wait for all, itself among them? Only handlers of
 * signals run then. */
bool turn_is_nobodys(void);

/* How often somebody's turn has come. */
uint64_t turn_count(void);

#endif
