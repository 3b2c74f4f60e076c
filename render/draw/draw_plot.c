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

enum {
    LABEL_ROWS = 2, /* at least from one number of the left axis to the next */
    LABEL_GAP = 2,  /* cells between two numbers of the lower one */
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

/* The smallest of 1, 2, 5, 10, 20, ... that leaves room for numbers: one every
 * `each` cells, where the whole range has so many cells. */
static int round_step(double range, int cells, int each)
{
    static const int next[] = { 1, 2, 5 };

    for (int ten = 1; ten < 1000000; ten *= 10)
        for (int i = 0; i < 3; i++)
            if (next[i] * ten * cells >= each * range)
                return next[i] * ten;
    return 1000000;
}

double draw_plot_top(double value, int rows)
{
    int step = round_step(value, rows - 1, LABEL_ROWS);
    int steps = (int)(value / step);

    return step * (double)(steps + (steps * step < value));
}

static void draw_left(const struct draw_plot *plot)
{
    int step = round_step(plot->top, plot->rows - 1, LABEL_ROWS);

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
    int step = round_step(last - first, plot->columns - 1, each);
    int bottom = plot->y + plot->rows;

    cells_put(plot->cells, plot->x - 1, bottom, plot->ascii ? '+' : 0x2514,
              ROLE_TEXT);
    cells_fill(plot->cells, (struct rect){ plot->x, bottom, plot->columns, 1 },
               plot->ascii ? '-' : 0x2500, ROLE_TEXT);
    for (int number = first; number <= last; number += step - number % step) {
        int column = draw_plot_column(plot, number);

        if (number == first || column >= each)
            cells_printf(plot->cells, plot->x + column, bottom + 1, -1,
                         ROLE_TEXT, "%d", number);
    }
}

void draw_plot_axes(const struct draw_plot *plot)
{
    draw_left(plot);
    draw_lower(plot);
}
