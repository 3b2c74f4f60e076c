/*
 * signals.h -- signals of a process whose threads are all one thread.
 *
 * Each fiber blocks the signals it wants to; those of the running one hold.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_SIGNALS_H
#define CONCVIZ_SCHED_PRELOAD_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

struct fiber;

/* Block what this one blocks; it has just got the turn. */
void signals_install(const struct fiber *running);

/* Run the handlers of what was sent to this one alone (pthread_kill); it is
 * the running one. */
void signals_deliver(struct fiber *running);

/* A handler has run where fiber waits: end its wait, if a signal does that. */
void signals_interrupt(struct fiber *fiber);

/* Is what was interrupted begun again? Only if all handlers say so. */
bool signals_restart(void);

/* All signals that somebody waits for with sigwait and the like; false: nobody
 * does. */
bool signals_awaited(sigset_t *set);

/* Wake those whose signal has come. */
void signals_look(void);

/* Could a signal make somebody go on: is there a handler, or a timer? */
bool signals_could_help(void);

/* Have fibers ever blocked different signals? */
bool signals_differ(void);

/* The running fiber blocks these from now on. */
void signals_block(const sigset_t *set);

/* It blocks these while it waits, which it is about to do. Returns false if one
 * that is no longer blocked has come already: its handler has run, and there is
 * nothing to wait for. */
bool signals_lend(const sigset_t *set);

/* Nobody has the turn: no handler runs but where somebody says so. */
void signals_hold(void);

#endif
