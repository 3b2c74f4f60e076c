/*
 * pane_output.h -- what tasks have said, as a terminal would show it.
 */
#ifndef CONCVIZ_RENDER_DRAW_PANE_OUTPUT_H
#define CONCVIZ_RENDER_DRAW_PANE_OUTPUT_H

#include "render/cells/cells.h"

struct frame;

/* Draw the last lines said until now into rect; view->output_back lines before
 * them, if there are so many. */
void pane_output_draw(struct frame *frame, struct rect rect);

#endif
