/*
 * player_numbers.h -- the numbers of the run on the screen, or of both.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_NUMBERS_H
#define CONCVIZ_CLI_PLAYER_PLAYER_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

struct history;
struct metrics;
struct view;

struct player_numbers {
    struct metrics *metrics; /* NULL: not computed yet */
    size_t events;           /* of so many, */
    int64_t mark_ns[2];      /* and between these marks */
    int64_t due_ns;          /* on our clock: not again before */
};

/* The numbers of history that view asks for, as they are now, or were a moment
 * ago; valid until the next call, or player_numbers_forget. */
const struct metrics *player_numbers_get(struct player_numbers *numbers,
                                         const struct history *history,
                                         const struct view *view);

/* Another history comes next. */
void player_numbers_forget(struct player_numbers *numbers);

#endif
