/*
 * fold.h -- rows of the timeline that stand for several people or machines.
 */
#ifndef CONCVIZ_RENDER_DRAW_FOLD_H
#define CONCVIZ_RENDER_DRAW_FOLD_H

#include <stdbool.h>

#include "render/cells/cells.h"

struct frame;

/*
 * Draw all people (or, if machine, all machines) in the rows of rect, every
 * step-th one. A cell says how much they computed of what they could have, all
 * at once or on all machines, exactly, as a height; where nobody computed, what
 * most of them did instead.
 */
void fold_draw(struct frame *frame, struct rect rect, int step, bool machine);

/* Only the names of the rows of people, before their run has begun. */
void fold_label(struct frame *frame, struct rect rect, int step);

#endif
