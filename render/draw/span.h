/*
 * span.h -- what a task or a machine did during one cell of the timeline.
 */
#ifndef CONCVIZ_RENDER_DRAW_SPAN_H
#define CONCVIZ_RENDER_DRAW_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/history/history.h"

enum {
    ROW_SWITCHING = STATE_COUNT, /* of a machine: changing over */
    SPAN_PIECES_MAX = 32         /* stretches looked at for one cell */
};

/* One stretch, of a task's life or a machine's: who is what. */
struct stretch {
    int64_t from_ns, to_ns;
    int task;  /* -1: nobody */
    int state; /* enum task_state, or ROW_SWITCHING */
};

/* Where stretches come from: one row of the timeline. */
struct row_of {
    const struct history *history; /* borrowed */
    int task;                      /* the person, or -1: */
    int machine;                   /* the machine */
};

/* All that happened within [from_ns, to_ns). */
struct span {
    int64_t from_ns, to_ns;
    int pieces;  /* stretches with a part in it, at most SPAN_PIECES_MAX */
    int changes; /* of them, those that differ from the one before */
    bool solid;  /* all of them running */
    struct stretch first, second, last; /* second: the first that differs */
    size_t first_index, last_index;
};

size_t row_count(const struct row_of *row);
struct stretch row_stretch(const struct row_of *row, size_t index);

/* Index of the stretch at t_ns; the first one if it is earlier. */
size_t row_find(const struct row_of *row, int64_t t_ns);

/* Fill span for [a_ns, b_ns), beginning to look at stretch `index`; returns
 * where to begin for the next one. Bounded time, however much happened. */
size_t span_take(struct span *span, const struct row_of *row, size_t index,
                 int64_t a_ns, int64_t b_ns);

#endif
