/*
 * draw_plot.c -- numbers become columns and rows.
 *
 *      4 ┤     ·
 *        ┤   ●●●●●●
 *      2 ┤ ●●
 *        ┤
 *      0 ┤
 *        └─────────
 *         1 2 3 4 5
 *
 * The axes have round numbers, and each stands where it belongs: a person reads
 * off 2 and a half between 2 and 3, and not between 1.95 and 3.90.
 */
#include "render/draw/draw_plot.h"

#define LABEL_ROWS 1.5 /* at least from one number to the next, at the left */

enum {
    LABEL_GAP = 2 /* cells between two numbers below */
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

static int row_of(const struct draw_plot *plot, double value)
{
    return nearest((1 - value / plot->top) * (plot->rows - 1));
}

void draw_plot_point(const struct draw_plot *plot, int column, double value,
                     const char *sign, enum role role)
{
    int row = row_of(plot, value);

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

/* The next of 1, 2, 5, 10, 20, 50, ... */
static int next_step(int step)
{
    int ten = 1;

    while (ten * 10 <= step)
        ten *= 10;
    return step == 2 * ten ? 5 * ten : 2 * step;
}

/* The first multiple of step that is not below value. */
static double above(double value, int step)
{
    int steps = (int)(value / step);

    return step * (double)(steps + (steps * step < value));
}

/* From number to number on the left axis, which ends at one. */
static int left_step(double value, int rows)
{
    int step = 1;

    while ((rows - 1) * step < LABEL_ROWS * above(value, step))
        step = next_step(step);
    return step;
}

double draw_plot_top(double value, int rows)
{
    return above(value, left_step(value, rows));
}

static void draw_left(const struct draw_plot *plot)
{
    int step = left_step(plot->top, plot->rows);

    for (int row = 0; row < plot->rows; row++)
        cells_put(plot->cells, plot->x - 1, plot->y + row,
                  plot->ascii ? '|' : 0x2524, ROLE_TEXT);
    for (int number = 0; number <= plot->top; number += step)
        cells_printf(plot->cells, plot->x - 8, plot->y + row_of(plot, number),
                     -1, ROLE_TEXT, "%6d", number);
}

static int digits(int number)
{
    return number < 10 ? 1 : 1 + digits(number / 10);
}

/* The first number in any case, then round ones. */
static void draw_lower(const struct draw_plot *plot)
{
    int first = (int)plot->first, last = (int)plot->last;
    int each = digits(last) + LABEL_GAP;
    int bottom = plot->y + plot->rows, step = 1;

    while (step * (plot->columns - 1) < each * (last - first))
        step = next_step(step);
    cells_put(plot->cells, plot->x - 1, bottom, plot->ascii ? '+' : 0x2514,
              ROLE_TEXT);
    cells_fill(plot->cells, (struct rect){ plot->x, bottom, plot->columns, 1 },
               plot->ascii ? '-' : 0x2500, ROLE_TEXT);
    for (int number = first; number <= last; number += step - number % step) {
        int column = draw_plot_column(plot, number);

        if (number == first || column > digits(first))
            cells_printf(plot->cells, plot->x + column, bottom + 1, -1,
                         ROLE_TEXT, "%d", number);
    }
}

void draw_plot_axes(const struct draw_plot *plot)
{
    draw_left(plot);
    draw_lower(plot);
}
