/*
 * screen.h -- a whole frame: a pure function of history, view and size.
 */
#ifndef CONCVIZ_RENDER_DRAW_SCREEN_H
#define CONCVIZ_RENDER_DRAW_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

struct cells;
struct history;
struct view;

/* Draw the frame of history at view->t_ns into cells, at cells' size. Returns
 * the row in which its timeline begins; 0 if there is no room for a frame. */
int screen_draw(struct cells *cells, const struct history *history,
                const struct view *view);

/* The instant at column x, row y of the timeline, as screen_draw would draw it
 * on cells of this size. Returns false where there is none. */
bool screen_time_at(const struct history *history, const struct view *view,
                    int width, int height, int x, int y, int64_t *t_ns);

/*
 * Draw only the timeline: the legend, a row for each person, the machines'
 * rows and the axis. Returns how many rows that needs; cells that have fewer
 * show only part of the people.
 */
int screen_timeline(struct cells *cells, const struct history *history,
                    const struct view *view);

#endif
