/*
 * draw_overhead.h -- observation overhead: drawing the picture, recording the
 * run.
 */
#ifndef CONCVIZ_RENDER_DRAW_DRAW_OVERHEAD_H
#define CONCVIZ_RENDER_DRAW_DRAW_OVERHEAD_H

#include "render/cells/cells.h"

struct frame;

/* Measured by whoever draws frames, over the last second or so. */
struct overhead {
    double frames_per_s;
    double cpu_percent;     /* of one core, by the thread that draws */
    double bytes_per_frame; /* to the terminal; negative: not known */
    double event_ns;        /* to write one event down; 0: not known */
};

/* Two numbers of the panel from row y on, as far as they are inside; returns
 * how many rows they need. */
int draw_overhead(struct frame *frame, struct rect inside, int y);

#endif
