/*
 * line.h -- who is in line, and who waits for what.
 *
 * Who waits stands in a table by the address of what it waits for, not in the
 * object: objects belong to the program, and may lie in memory that it has only
 * set to zero. Nobody is in line and in the table at once. Who gets the turn is
 * turn.h's business.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_LINE_H
#define CONCVIZ_SCHED_PRELOAD_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/preload/fiber.h"

/* To the end of the line. */
void line_add(struct fiber *fiber);

/* Is anybody in line? */
bool line_anybody(void);

/* Who stands first; those behind by ->next. NULL: nobody is in line. */
struct fiber *line_first(void);

/* Take who is next out of the line: who was promised it, else the first, or
 * whom order.h says. Somebody must be there. */
struct fiber *line_take(void);

/* line_take will take the one so many places behind the first. */
void line_promise(size_t places);

/* Into the table. address, deadline and the like stand in the fiber. If it waits
 * for a semaphore that a handler has put up meanwhile, not for long. */
void line_wait(struct fiber *fiber, const struct deadline *until);

/* Wake this one, which waits: to the end of the line. */
void line_rouse(struct fiber *fiber, enum wait_end end);

/* Wake up to count of those who wait for address, in the order in which they
 * came. Returns how many. */
size_t line_wake(const volatile void *address, size_t count);

/* Of those who wait for a futex only those with one of these bits; of the rest
 * requeue wait for another address from now on. Returns how many of both. */
size_t line_wake_futex(const volatile void *address, size_t count,
                       uint32_t bits, const volatile void *other,
                       size_t requeue);

/* Who waits for address: the first, and the one after. NULL: nobody. */
struct fiber *line_waiting(const volatile void *address);
struct fiber *line_waiting_after(const struct fiber *fiber);

/*
 * Between enter and leave the line, the table and whoever runs may be half
 * changed. A signal's handler that comes then may not wake anybody; it asks for
 * a look at all semaphores at the next chance.
 */
void line_enter(void);
void line_leave(void);
bool line_is_busy(void);
void line_look_later(void);

/* After fork in the child: nobody waits, nobody is in line. */
void line_forget(void);

#endif
