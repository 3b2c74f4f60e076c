/*
 * screen.h -- a whole frame: a pure function of history, view and size.
 */
#ifndef CONCVIZ_RENDER_SCREEN_H
#define CONCVIZ_RENDER_SCREEN_H

struct cells;
struct history;
struct view;

/* The smallest terminal the screen is made for; below it says so. */
enum {
    SCREEN_WIDTH_MIN = 60,
    SCREEN_HEIGHT_MIN = 16
};

/* Draw the frame of history at view->t_ns into cells, at cells' size. */
void screen_draw(struct cells *cells, const struct history *history,
                 const struct view *view);

/*
 * Draw only the timeline: the legend, a row for each person, the machines'
 * rows and the axis. Returns how many rows that needs; cells that have fewer
 * show only part of the people.
 */
int screen_timeline(struct cells *cells, const struct history *history,
                    const struct view *view);

#endif
