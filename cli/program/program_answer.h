/*
 * program_answer.h -- what a run of somebody else's program has left on the board.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_ANSWER_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_ANSWER_H

#include <stdbool.h>

struct explore_decision;
struct explore_order;
struct explore_outcome;
struct order_board;
struct program_ending;

/* Fill what ending says of the library's, and the decisions of outcome, which
 * stay in decision, of ORDER_BOARD_POINTS. outcome->partial is set where not
 * all of them are known, though the run came to its end. */
void program_answer_read(const struct order_board *board,
                         struct program_ending *ending,
                         struct explore_decision *decision,
                         struct explore_outcome *outcome);

/* Did the run not follow the order that it was told? */
bool program_answer_departed(const struct order_board *board,
                             const struct explore_order *order);

#endif
