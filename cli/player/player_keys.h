/*
 * player_keys.h -- what keys do to the live screen: one table, from which the
 * help and the footer come too.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_KEYS_H
#define CONCVIZ_CLI_PLAYER_PLAYER_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/page/page_keys.h"
#include "cli/player/player.h"

struct playback;
struct player_notice;
struct player_find;
struct player_pick;
struct player_run;
struct strbuf;
struct view;

/* What keys may change; all but left is borrowed. */
struct player_controls {
    const struct key_binding *keys;
    const struct player_guest *guest; /* NULL: the run is all there is */
    struct player_run *run;
    struct playback *playback;
    struct view *view;
    struct player_notice *notice;
    const struct player_pick *pick;
    struct player_find *find;
    int columns;           /* of the screen */
    enum player_left left; /* PLAYER_HERE until a key leaves */
};

/* Of a run that is all there is; in a lesson, where Enter goes on and the mode
 * stays; where a menu is to come back to; and of runs that were kept, which are
 * not run again. */
extern const struct key_binding player_keys[], player_keys_guest[],
    player_keys_visit[], player_keys_kept[];

/* Do what the key does. Returns whether it does anything. */
bool player_keys_press(struct player_controls *controls, uint32_t key);

/* The same for the key with that label in the footer. */
bool player_keys_click(struct player_controls *controls, const char *label);

/* Move the vertical line to t_ns, or as near as there is something shown. */
void player_keys_put_line(struct player_controls *controls, int64_t t_ns);

/* Append the footer for what is shown, from one of the tables. */
void player_keys_footer(struct strbuf *out, const struct view *view,
                        const struct key_binding *keys);

#endif
