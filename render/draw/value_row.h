/*
 * value_row.h -- what a shared variable was worth, as a row of the timeline.
 */
#ifndef CONCVIZ_RENDER_DRAW_VALUE_ROW_H
#define CONCVIZ_RENDER_DRAW_VALUE_ROW_H

struct frame;

/* Draw the rows there is room for: the first variables of the workload. */
void value_row_draw(struct frame *frame);

#endif
