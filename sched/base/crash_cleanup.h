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
#include <stdbool.h>

/* Set what crash_cleanup_run calls. cleanup must be async-signal-safe, and
 * take no longer than a second. Main thread. */
void crash_cleanup_set(void (*cleanup)(void));

/* Whether it is set and has not been called yet. */
bool crash_cleanup_is_set(void);

/* Call it, once, and return when it has been done, by whatever thread. Any
 * thread, also in a signal handler; leaves errno undefined. */
void crash_cleanup_run(void);

/*
 * Some faults are none, as one of a file that somebody has cut short: mend is
 * async-signal-safe and returns whether what was done at address can be done
 * again. Any thread; the last one set is asked.
 */
void crash_cleanup_set_mend(bool (*mend)(const void *address));

/* Ask it about a fault; false if nobody was set. In a signal handler. */
bool crash_cleanup_mends(const void *address);

/* exit(), for when several threads may do it at once: the first one does, and
 * the others wait for the end. Not in a signal handler. */
_Noreturn void crash_cleanup_exit(int status);

/*
 * Block the signals sent to the process, and return the mask as it was:
 * threads that are made now leave signals to the main thread, which has the
 * terminal. Faults stay open: a blocked one would kill without a word.
 */
sigset_t crash_cleanup_block_signals(void);

#endif
