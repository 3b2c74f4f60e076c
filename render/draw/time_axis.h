/*
 * time_axis.h -- columns of cells that stand for stretches of time.
 *
 * The one axis of all timelines: rows are drawn by it, a click is turned into
 * an instant by it, and two runs that share it can be compared by eye. Plain
 * data; any thread.
 */
#ifndef CONCVIZ_RENDER_DRAW_TIME_AXIS_H
#define CONCVIZ_RENDER_DRAW_TIME_AXIS_H

#include <stdbool.h>
#include <stdint.h>

struct cells;
struct history;
struct view;

struct time_axis {
    int x, width;              /* columns of the grid */
    int64_t left_ns, scale_ns; /* the time they show */
    int64_t
        forever_ns; /* from here on nothing will ever change; or TIME_NEVER */
};

/* An axis over these columns for what view wants to see: a window of time, or
 * all of history and what is expected of it. */
struct time_axis time_axis_make(int x, int width, const struct history *history,
                                const struct view *view);

/* From when on nothing will ever change in this run; TIME_NEVER if it is not
 * over, or no deadlock. How long it is to be drawn: with a part of for ever. */
int64_t time_axis_forever(const struct history *history);
int64_t time_axis_length(const struct history *history);

/* The instant at which a column begins; columns count from 0. */
int64_t time_axis_begin(const struct time_axis *axis, int column);

/* The time of a column as far as it is before end_ns; returns false where all
 * of it is later. */
bool time_axis_cell(const struct time_axis *axis, int column, int64_t end_ns,
                    int64_t *from_ns, int64_t *to_ns);

/* The column t_ns is in: -1 before the first one, width after the last. */
int time_axis_column(const struct time_axis *axis, int64_t t_ns);

/* The instant in the middle of column x of the grid. Returns false, and leaves
 * *t_ns, unchanged, where that is outside the axis. */
bool time_axis_find(const struct time_axis *axis, int x, int64_t *t_ns);

/*
 * Draw the axis in row y of cells and its labels below: ticks, a mark at
 * now_ns, and one at cursor_ns with its time unless that is negative.
 */
void time_axis_draw(struct cells *cells, const struct time_axis *axis, int y,
                    int64_t now_ns, int64_t cursor_ns);

/* Draw over it the marks that are not -1, and between two of them how long the
 * stretch is. */
void time_axis_draw_marks(struct cells *cells, const struct time_axis *axis,
                          int y, const int64_t mark_ns[2]);

#endif
