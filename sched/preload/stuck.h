/*
 * stuck.h -- saying what everybody waits for, when nobody can go on.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_STUCK_H
#define CONCVIZ_SCHED_PRELOAD_STUCK_H

struct fiber;

enum {
    STUCK_EXIT = 4, /* the exit status of a deadlock */
    STUCK_NAME_BYTES = 96
};

/* What a thread is called. Also in a signal handler. */
void stuck_name(char text[STUCK_NAME_BYTES], const struct fiber *fiber);

/* A deadlock: say who waits for what, and end the program. */
_Noreturn void stuck_for_ever(void);

/* The same, but a signal's handler could still change something: go on. */
void stuck_but_for_signals(void);

/* Say that this one computes and the others wait. Also in a signal handler. */
void stuck_behind(const struct fiber *fiber);

/* Say whose stack overflowed. */
void stuck_overflowed(const struct fiber *fiber);

#endif
