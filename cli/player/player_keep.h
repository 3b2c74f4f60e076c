/*
 * player_keep.h -- "e": what is shown, kept in a file of its own.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_KEEP_H
#define CONCVIZ_CLI_PLAYER_PLAYER_KEEP_H

/* An act of the table of keys, whose screen is a struct player_controls: keep
 * the run, or both of a comparison, in the current folder, and say under which
 * name, or why not. Of a run that goes on: what there is of it. */
void player_keep(void *screen, int unused);

#endif
