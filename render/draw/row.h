/*
 * row.h -- one row of the timeline.
 */
#ifndef CONCVIZ_RENDER_DRAW_ROW_H
#define CONCVIZ_RENDER_DRAW_ROW_H

struct frame;
struct span_source;

/*
 * Draw the row from the left of the time columns to the now-line in row y.
 * In a machine's row every cell has the letter of who is served.
 */
void row_draw(struct frame *frame, int y, const struct span_source *row);

#endif
