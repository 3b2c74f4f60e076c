/*
 * race.h -- data races: two threads use the same memory, one of them writes, and
 * nothing says which comes first.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_RACE_H
#define CONCVIZ_SCHED_PRELOAD_RACE_H

#include <stdbool.h>
#include <stddef.h>

struct fiber;

/* Begin to watch. */
void race_begin(void);

/* Its stack and its thread-local variables were somebody else's before. */
void race_created(const struct fiber *fiber);

/* The running fiber is about to use these bytes; from is where in the program.
 * Says so, once, if that is a data race. */
void race_touch(const volatile void *address, size_t bytes, bool writes,
                bool atomic, const void *from);

/* Whatever was done with these bytes has nothing to do with what comes. */
void race_forget(const volatile void *address, size_t bytes);

#endif
