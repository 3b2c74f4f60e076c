/*
 * player_want.h -- what is to run next: the current run makes way for it.
 *
 * Only the request is made here (player_run.h: next); player_run_next begins
 * it. Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_WANT_H
#define CONCVIZ_CLI_PLAYER_PLAYER_WANT_H

#include <stdbool.h>
#include <stddef.h>

struct player_run;

/* The next mode of the table, or the one before (direction -1). Of two runs
 * the first one stays and meets another. */
void player_want_mode(struct player_run *run, int direction);

/* This mode and its counterpart; or back to one run. */
void player_want_comparison(struct player_run *run);

/* The same again. */
void player_want_again(struct player_run *run);

/* What can be changed between two runs. */
enum player_knob {
    KNOB_MORE, /* machines */
    KNOB_FEWER,
    KNOB_SLICE,
    KNOB_POLICY,
    KNOB_LINES
};

/* The same with one thing changed. Writes what it is now, or why it cannot be
 * changed. Returns false, with nothing written, where nothing can: two runs, a
 * schedule, a person who picks. */
bool player_want_turned(struct player_run *run, enum player_knob knob,
                        char *text, size_t size);

#endif
