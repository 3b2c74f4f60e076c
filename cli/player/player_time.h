/*
 * player_time.h -- from instant to instant: acts of the table of keys, whose
 * screen is a struct player_controls.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_TIME_H
#define CONCVIZ_CLI_PLAYER_PLAYER_TIME_H

/* Pause or go on (toggle), or only go on. */
void player_time_hold(void *screen, int toggle);

/* To the next event that can be seen, or the one before (direction -1), and
 * pause. */
void player_time_step(void *screen, int direction);

/* A stretch of time forward, or back. */
void player_time_scrub(void *screen, int direction);

/* To the end, which a run that still goes on is followed at; or the start. */
void player_time_end(void *screen, int direction);

/* From the start once more. */
void player_time_again(void *screen, int unused);

/* Faster, slower, or (0) as fast as it was. */
void player_time_speed(void *screen, int direction);

#endif
