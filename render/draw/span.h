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
    SPAN_SWITCHING = STATE_COUNT, /* a machine changes over (to the task) */
    SPAN_PIECES_MAX = 32,         /* pieces looked at for one cell, or … */
    SPAN_TURN_MAX = 512           /* … so many that are interrupted turns */
};

/* One piece, of a task's life or a machine's: who is what. */
struct span_piece {
    int64_t from_ns, to_ns;
    int task;  /* -1: nobody */
    int state; /* enum task_state, or SPAN_SWITCHING */
    /* In a span, where a turn that others interrupt is one piece: how much of
     * it can be seen, and was stolen. It is STATE_STOLEN from an eighth on. */
    int64_t seen_ns, stolen_ns;
};

/* Where pieces come from: one row of the timeline. */
struct span_source {
    const struct history *history; /* borrowed */
    int task;                      /* the person, or -1: */
    int machine;                   /* the machine */
};

/* All that happened within [from_ns, to_ns). */
struct span {
    int64_t from_ns, to_ns;
    int pieces;  /* those with a part in it, at most SPAN_PIECES_MAX */
    int changes; /* of them, those that differ from the one before */
    struct span_piece first, last;
    size_t first_index, last_index; /* of a turn: where it began, in any cell */
    size_t index;                   /* of the last piece looked at, … */
    int state;                      /* … and its state */
    bool rests;                     /* part of it is no turn at a machine */
};

/* How many pieces there are, and the one at index. */
size_t span_count(const struct span_source *source);
struct span_piece span_piece_at(const struct span_source *source, size_t index);

/* Index of the piece at t_ns; the first one if it is earlier. */
size_t span_find(const struct span_source *source, int64_t t_ns);

/* Fill span for [a_ns, b_ns), beginning to look at piece `index`; returns
 * where to begin for the next one. Bounded time, however much happened. What
 * span holds before is the cell on the left, or zero. */
size_t span_take(struct span *span, const struct span_source *source,
                 size_t index, int64_t a_ns, int64_t b_ns);

#endif
