/*
 * activate.h -- when the library begins to act, and what it was told to do.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_ACTIVATE_H
#define CONCVIZ_SCHED_PRELOAD_ACTIVATE_H

#include <stdbool.h>

/* Before anything of the program runs: read what we were told. */
void activate_before_main(void);

/* This process has threads from now on. Returns false if they cannot be had
 * here, after saying so. */
bool activate(void);

/* Is a thread run to its end where it is created? */
bool activate_sequential(void);

/* Speak the language concviz speaks. Changes the program's, so only at its
 * end. */
void activate_language(void);

/* Say something in that language in the middle of the program, whose own stays
 * as it is. */
void activate_say(void (*say)(const void *what), const void *what);

#endif
