/*
 * program_answer.c -- see program_answer.h. What stands on the board was written
 * by a process that may have gone wrong in any way, so none of it is believed.
 */
#include "cli/program/program_answer.h"

#include <stdint.h>
#include <stdio.h>

#include "cli/program/program_verdict.h"
#include "sched/explore/explore.h"
#include "sched/preload/order_board.h"

/* What a decision cannot have been is none; codes of schedules have no larger
 * numbers. */
static size_t read_decisions(const struct order_board *board,
                             struct explore_decision *decision)
{
    size_t points = board->points;

    if (points > ORDER_BOARD_POINTS)
        points = ORDER_BOARD_POINTS;
    for (size_t i = 0; i < points; i++) {
        struct order_point point = board->point[i];

        if (point.count < 2 || point.count > INT32_MAX ||
            point.choice >= point.count)
            return i;
        decision[i] = (struct explore_decision){ point.count, point.choice,
                                                 point.stops != 0 };
    }
    return points;
}

void program_answer_read(const struct order_board *board,
                         struct program_ending *ending,
                         struct explore_decision *decision,
                         struct explore_outcome *outcome)
{
    ending->deadlock = board->deadlock != 0;
    ending->stuck = board->stuck;
    ending->race = board->race;
    snprintf(ending->race_text, sizeof ending->race_text, "%.*s",
             (int)sizeof board->race_text, board->race_text);
    outcome->decision = decision;
    outcome->decisions = read_decisions(board, decision);
    outcome->partial = board->cut != 0;
}

bool program_answer_departed(const struct order_board *board,
                             const struct explore_order *order)
{
    return order->chance == CHANCE_NONE && !order->loose &&
           (board->unfit || board->followed != board->departures);
}
