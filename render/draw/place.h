/*
 * place.h -- where in the text of a program somebody is.
 */
#ifndef CONCVIZ_RENDER_DRAW_PLACE_H
#define CONCVIZ_RENDER_DRAW_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct history;

/* A line of what people see as the text, and a column; both from 1. Column 0 is
 * the whole line. */
struct place {
    int task, line, column;
};

/*
 * Find where a task was after the first `events` events, which are those until
 * t_ns, and the event that brought it there (0: none has). Returns false for
 * who is nowhere: a program in C that has not called anything, a task that is
 * not there yet.
 */
bool place_find(const struct history *history, int task, int64_t t_ns,
                size_t events, size_t *step, struct place *place);

#endif
