/*
 * compare_internal.h -- the parts of the screen of two runs; for
 * screen_compare.c and draw_compare*.c only.
 */
#ifndef CONCVIZ_RENDER_DRAW_COMPARE_INTERNAL_H
#define CONCVIZ_RENDER_DRAW_COMPARE_INTERNAL_H

#include <stdint.h>

#include "render/draw/draw.h"
#include "render/draw/screen_compare.h"

/* One of the two. Before its turn it has no scene. */
struct compare_half {
    const struct compare_side *side;
    bool begun;
    struct view view; /* of the screen, at this half's instant */
    struct scene scene;
    struct frame frame;
};

struct compare_frame {
    struct cells *cells;
    const struct compare *compare;
    const struct view *view;
    struct layout layout[2]; /* by half */
    struct compare_half half[2];
};

/* The scenes side by side. */
void draw_compare_scenes(struct compare_frame *both);

/* "COROUTINES  REAL  serving [C]  in line [E]       IN PROGRESS 2 WORKING 1" */
void draw_compare_header(struct compare_frame *both, int index);

/* The panel of view: help, why, numbers. */
void draw_compare_panel(struct compare_frame *both);

#endif
