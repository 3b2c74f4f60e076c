/*
 * order.h -- who is next, where it is not simply the first in line.
 *
 * A decision has choices from 0: what happens anyway. Where somebody runs who
 * may be stopped, that is that they go on, and choice n is the n-th in line;
 * where nobody runs, choice n is the one n places behind the first.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_ORDER_H
#define CONCVIZ_SCHED_PRELOAD_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fiber;
struct order_board;

/* Is anything but the line to say who is next? */
extern bool order_directed __attribute__((visibility("hidden")));

/* Decisions go by chance from now on (--policy random). */
void order_by_chance(uint64_t seed);

/* Decisions go by this board, which is a file of ours that is closed. */
void order_open(int fd);

/* The board, or NULL. Then time and chance are to be the same in each run. */
struct order_board *order_told(void);

/* A run begins: decisions are counted from here. */
void order_begin(void);

/* The choice between running (NULL: nobody) and those in line from first on. */
size_t order_choose(const struct fiber *running, const struct fiber *first);

/* Is somebody stopped at most so many decisions away, or is that the last one?
 * There is a board. */
bool order_is_near(uint32_t decisions);

/* This one steps aside, and should not be chosen again at once. */
void order_step_aside(const struct fiber *fiber);

/* Has a replay become another run than the one it is to be? */
bool order_has_departed(void);

/* In the child of a fork: it is not what the decisions are for. */
void order_forget(void);

#endif
