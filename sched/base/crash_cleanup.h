/*
 * crash_cleanup.h -- what must be put right before the program dies.
 *
 * The layer that changed the terminal says here how to change it back; code
 * below it that has to end the program with a message (no memory, a task that
 * overflowed its stack) calls crash_cleanup_run first, so that the message stands on
 * a screen that works.
 */
#ifndef CONCVIZ_SCHED_BASE_CRASH_CLEANUP_H
#define CONCVIZ_SCHED_BASE_CRASH_CLEANUP_H

#include <signal.h>

/*
 * Say what puts things right; NULL: nothing has to be. put_right must be
 * async-signal-safe. Main thread.
 */
void crash_cleanup_set(void (*put_right)(void));

/* Put things right, once. Any thread, also in a signal handler. */
void crash_cleanup_run(void);

/*
 * Block what is sent to the process, and return the mask as it was: threads
 * that are made now leave signals to the main thread, which has the terminal.
 * Faults stay open: a blocked one would kill without a word.
 */
sigset_t crash_cleanup_block_signals(void);

#endif
