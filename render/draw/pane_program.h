/*
 * pane_program.h -- the text of the workload, and who is where in it.
 */
#ifndef CONCVIZ_RENDER_DRAW_PANE_PROGRAM_H
#define CONCVIZ_RENDER_DRAW_PANE_PROGRAM_H

#include "render/cells/cells.h"

struct frame;

/* How many rows of `width` cells would show all of it but for the comment at
 * its top; at most `most`. */
int pane_program_rows(struct frame *frame, int width, int most);

/* Draw it into rect, around the selected task or else the step just done. */
void pane_program_draw(struct frame *frame, struct rect rect);

#endif
