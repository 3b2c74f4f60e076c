/*
 * pane_values.h -- what tasks share, and what it is worth now.
 */
#ifndef CONCVIZ_RENDER_DRAW_PANE_VALUES_H
#define CONCVIZ_RENDER_DRAW_PANE_VALUES_H

#include "render/cells/cells.h"

struct frame;

/* Rows that are mostly enough, the same all through a run; at most `most`. */
int pane_values_rows(const struct frame *frame, int most);

/* Draw into rect, or as much of it as has room; returns the rows that all of it
 * takes at this width. A rect without rows only counts. */
int pane_values_draw(struct frame *frame, struct rect rect);

#endif
