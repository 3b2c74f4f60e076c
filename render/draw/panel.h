/*
 * panel.h -- boxes over the picture, and text in them.
 */
#ifndef CONCVIZ_RENDER_DRAW_PANEL_H
#define CONCVIZ_RENDER_DRAW_PANEL_H

#include <stddef.h>

#include "render/cells/cells.h"

struct frame;
struct history;
struct metrics;
struct view;

/* Draw an empty box with a title in the middle, for `rows` rows as far as
 * there is room; returns what is inside. */
struct rect panel_open(struct frame *frame, const char *title, int rows);

/* As wide as what is inside of a box, without rows: to count how many a text
 * would take. */
struct rect panel_nothing(const struct frame *frame);

/* The numbers of a history that view asks for: of the run, or of the stretch
 * between the marks. Free with metrics_free. */
struct metrics *panel_numbers(const struct view *view,
                              const struct history *history);

/* What they are of: "NUMBERS", or where the stretch is and how long. */
void panel_numbers_title(char *out, size_t size, const struct view *view);

/* The first of `rows` rows to show in `room`, so that the last page is full. */
int panel_scroll(const struct frame *frame, int rows, int room);

/* Put text into rect from row y on, broken at spaces; what is outside is left
 * out. Returns the rows it takes. */
int panel_wrap(struct frame *frame, struct rect rect, int y, const char *text);

#endif
