/*
 * player_measure.h -- "a": two marks, and what lies between them.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_MEASURE_H
#define CONCVIZ_CLI_PLAYER_PLAYER_MEASURE_H

struct player_controls;

/* Put the first mark, or the second one, at the vertical line or, if there is
 * none, at the instant shown; take both away. And say so. */
void player_measure_mark(struct player_controls *controls);

#endif
