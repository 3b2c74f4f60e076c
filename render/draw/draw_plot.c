/*
 * draw_plot.c -- numbers become columns and rows.
 *
 *   2.92 ┤     ·
 *        ┤   ●●●●●●
 *   0.00 ┤
 *        └─────────
 *         1   3   5
 */
#include "render/draw/draw_plot.h"

enum {
    LABEL_ROWS = 3, /* from one number of the left axis to the next */
    LABEL_PARTS = 6 /* the lower axis has a number after each of so many */
};

static int nearest(double value)
{
    return (int)(value < 0 ? value - 0.5 : value + 0.5);
}

double draw_plot_number(const struct draw_plot *plot, int column)
{
    return plot->first +
           (plot->last - plot->first) * column / (plot->columns - 1);
}

int draw_plot_column(const struct draw_plot *plot, double number)
{
    double width = plot->last - plot->first;

    if (width <= 0)
        return 0;
    return nearest((number - plot->first) / width * (plot->columns - 1));
}

void draw_plot_point(const struct draw_plot *plot, int column, double value,
                     const char *sign, enum role role)
{
    int row = nearest((1 - value / plot->top) * (plot->rows - 1));

    if (value > 0 && row >= 0 && row < plot->rows && column >= 0 &&
        column < plot->columns)
        cells_text(plot->cells, plot->x + column, plot->y + row, -1, sign,
                   role);
}

void draw_plot_line(const struct draw_plot *plot, int column, const char *sign,
                    enum role role)
{
    for (int row = 0; row < plot->rows; row++)
        cells_text(plot->cells, plot->x + column, plot->y + row, -1, sign,
                   role);
}

void draw_plot_axes(const struct draw_plot *plot)
{
    struct cells *cells = plot->cells;
    int left = plot->x - 1, bottom = plot->y + plot->rows;

    for (int row = 0; row < plot->rows; row++) {
        if (row % LABEL_ROWS == 0 || row == plot->rows - 1)
            cells_printf(cells, left - 7, plot->y + row, -1, ROLE_TEXT, "%6.2f",
                         plot->top * (plot->rows - 1 - row) / (plot->rows - 1));
        cells_put(cells, left, plot->y + row, plot->ascii ? '|' : 0x2524,
                  ROLE_TEXT);
    }
    cells_put(cells, left, bottom, plot->ascii ? '+' : 0x2514, ROLE_TEXT);
    cells_fill(cells, (struct rect){ plot->x, bottom, plot->columns, 1 },
               plot->ascii ? '-' : 0x2500, ROLE_TEXT);
    for (int i = 0; i <= LABEL_PARTS; i++) {
        int number = nearest(plot->first +
                             (plot->last - plot->first) * i / LABEL_PARTS);

        cells_printf(cells, plot->x + draw_plot_column(plot, number),
                     bottom + 1, -1, ROLE_TEXT, "%d", number);
    }
}
