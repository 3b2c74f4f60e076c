/*
 * player_find.h -- "/": to a person by name, or to when somebody comes into a
 * state.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_FIND_H
#define CONCVIZ_CLI_PLAYER_PLAYER_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/page/prompt.h"

struct player_controls;

struct player_find {
    bool open; /* keys go into the prompt */
    struct prompt prompt;
    char last[PROMPT_BYTES]; /* what was looked for, in normal form; or "" */
};

void player_find_open(struct player_find *find);

/* While it is open: what a key does to it. Enter looks for what was typed, from
 * the instant shown on; for the same as last time if that is nothing. */
void player_find_press(struct player_controls *controls, uint32_t key);

/* The next one, or the one before (direction -1); what to look for is asked
 * first if nobody has said it yet. */
void player_find_again(struct player_controls *controls, int direction);

#endif
