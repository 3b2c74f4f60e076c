/*
 * cancel.h -- ending a thread from outside, where it waits or asks.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_CANCEL_H
#define CONCVIZ_SCHED_PRELOAD_CANCEL_H

#include <stdbool.h>

struct fiber;

/* Has somebody asked for it, and may it be? */
bool cancel_is_due(const struct fiber *fiber);

/* End the running fiber: clean-up handlers, destructors, its end. */
_Noreturn void cancel_now(void);

/* The same if it is due. */
void cancel_point(struct fiber *running);

/* End the running fiber with this value: its handlers run, and control comes
 * back to where it began (fiber's entry). */
_Noreturn void cancel_leave(void *value);

#endif
