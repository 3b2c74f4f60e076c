/*
 * crash_cleanup.h -- what must be undone before the program dies.
 *
 * The layer that changed the terminal says here how to restore it; code below
 * it that has to end the program with a message (no memory, a task that
 * overflowed its stack) calls crash_cleanup_run first, so that the message
 * appears on a working screen.
 */
#ifndef CONCVIZ_SCHED_BASE_CRASH_CLEANUP_H
#define CONCVIZ_SCHED_BASE_CRASH_CLEANUP_H

#include <signal.h>

/*
 * Set what crash_cleanup_run calls; NULL: nothing. cleanup must be
 * async-signal-safe. Main thread.
 */
void crash_cleanup_set(void (*cleanup)(void));

/* Call it, once. Any thread, also in a signal handler. */
void crash_cleanup_run(void);

/*
 * Block the signals sent to the process, and return the mask as it was:
 * threads that are made now leave signals to the main thread, which has the
 * terminal. Faults stay open: a blocked one would kill without a word.
 */
sigset_t crash_cleanup_block_signals(void);

#endif
