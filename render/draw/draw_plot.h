/*
 * draw_plot.h -- points over two axes of numbers, in cells.
 *
 * A plot is painted from the back to the front: what is drawn later covers what
 * was there. Plain data; any thread.
 */
#ifndef CONCVIZ_RENDER_DRAW_DRAW_PLOT_H
#define CONCVIZ_RENDER_DRAW_DRAW_PLOT_H

#include <stdbool.h>
#include <stdint.h>

#include "render/cells/cells.h"

/* Cells for the numbers of the axes: left of the plot, below it, and what the
 * last number may take at its right. */
enum {
    DRAW_PLOT_LEFT = 8,
    DRAW_PLOT_BELOW = 2,
    DRAW_PLOT_RIGHT = 8
};

struct draw_plot {
    struct cells *cells; /* borrowed */
    int x, y;            /* of the cell at the top left, after the axis */
    int columns, rows;   /* at least two of each */
    double first, last;  /* whole numbers: at the first and last column */
    double top; /* draw_plot_top: in the highest row; in the lowest 0 */
    bool ascii; /* the signs of the axes */
};

/* The round number for the highest row, so that value (above 0) is below. */
double draw_plot_top(double value, int rows);

/* Draw both axes and their numbers, which are round. */
void draw_plot_axes(const struct draw_plot *plot);

/* The number at a column, and the column nearest to a number. */
double draw_plot_number(const struct draw_plot *plot, int column);
int draw_plot_column(const struct draw_plot *plot, double number);

/* Put sign, which is one cell wide, at a value above 0; beyond the plot there
 * is none. */
void draw_plot_point(const struct draw_plot *plot, int column, double value,
                     const char *sign, enum role role);

/*
 * A curve, in dots two to a cell across and four down. It covers nothing but
 * what is blank or another curve, whose dots stay.
 */
enum draw_plot_style {
    PLOT_SOLID,
    PLOT_DASHED,
    PLOT_DOTTED
};
void draw_plot_curve(const struct draw_plot *plot, enum draw_plot_style style,
                     double (*value)(const void *of, double number),
                     const void *of);

/* Fill a column with sign. */
void draw_plot_line(const struct draw_plot *plot, int column, const char *sign,
                    enum role role);

#endif
