/*
 * player_panes.h -- the program, its values and its output beside the picture,
 * or in its place: what options and keys do to them.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_PANES_H
#define CONCVIZ_CLI_PLAYER_PLAYER_PANES_H

#include <stdbool.h>

#include "render/scene/view.h"

struct options;
struct player_controls;

/* What --show asks for. */
enum side player_panes_wanted(const struct options *options);

/* Show only these, from the start, unless --show asks for something. */
void player_panes_begin(struct view *view, unsigned panes);

/* Show what comes next: the program, the output, the picture. */
void player_panes_next(struct player_controls *controls);

/* Scroll the output. Returns false where it has not the screen to itself. */
bool player_panes_scroll(struct player_controls *controls, int direction);

#endif
