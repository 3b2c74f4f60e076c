/*
 * compare_internal.h -- the parts of the screen of two runs; for
 * screen_compare.c and draw_compare*.c only.
 */
#ifndef CONCVIZ_RENDER_DRAW_COMPARE_INTERNAL_H
#define CONCVIZ_RENDER_DRAW_COMPARE_INTERNAL_H

#include <stdint.h>

#include "render/draw/draw.h"
#include "render/draw/screen_compare.h"

/* One of the two. Before its turn it has no frame of its own. */
struct half {
    const struct compare_side *side;
    bool begun;
    struct view view; /* of the screen, at this half's instant */
    struct scene scene;
    struct layout layout;
    struct frame frame;
    int header_y;
};

struct both {
    struct cells *cells;
    const struct compare *compare;
    const struct view *view;
    struct half half[2];
    struct rect scenes; /* side by side; height 0: no room */
};

/* Divide the screen: rectangles of both layouts. */
void compare_layout(struct both *both, int width, int height);

/* The scenes side by side. */
void draw_compare_scenes(struct both *both);

/* "COROUTINES  REAL  serving [C]  in line [E]       IN PROGRESS 2 WORKING 1" */
void draw_compare_header(struct both *both, int index);

/* The panel of view: help, why, numbers. */
void draw_compare_panel(struct both *both);

#endif
