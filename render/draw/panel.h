/*
 * panel.h -- boxes over the picture, and text in them.
 */
#ifndef CONCVIZ_RENDER_DRAW_PANEL_H
#define CONCVIZ_RENDER_DRAW_PANEL_H

#include "render/cells/cells.h"

struct frame;

/* Draw an empty box with a title in the middle, for `rows` rows as far as
 * there is room; returns what is inside. */
struct rect panel_open(struct frame *frame, const char *title, int rows);

/* As wide as what is inside of a box, without rows: to count how many a text
 * would take. */
struct rect panel_nothing(const struct frame *frame);

/* The first of `rows` rows to show in `room`, so that the last page is full. */
int panel_scroll(const struct frame *frame, int rows, int room);

/* Put text into rect from row y on, broken at spaces; what is outside is left
 * out. Returns the rows it takes. */
int panel_wrap(struct frame *frame, struct rect rect, int y, const char *text);

#endif
