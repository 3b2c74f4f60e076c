/*
 * draw_plot.c -- numbers become columns and rows, or dots in them.
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
    LABEL_GAP = 2, /* cells between two numbers below */
    BRAILLE = 0x2800,
    ACROSS = 2, /* dots of a cell */
    DOWN = 4
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

/* --- curves --------------------------------------------------------------- */

/* One dot of a Braille pattern, whose eight bits are numbered by column, the
 * lowest row apart: Unicode, Braille Patterns. */
static void put_dot(const struct draw_plot *plot, int across, int down)
{
    static const uint8_t bit[ACROSS][DOWN] = { { 0x01, 0x02, 0x04, 0x40 },
                                               { 0x08, 0x10, 0x20, 0x80 } };
    int x = plot->x + across / ACROSS, y = plot->y + down / DOWN;
    uint32_t rune;

    if (down < 0 || y >= plot->y + plot->rows)
        return;
    rune = cells_at(plot->cells, x, y)->rune;
    if (rune < BRAILLE || rune > BRAILLE + 0xFF)
        rune = BRAILLE;
    cells_put(plot->cells, x, y, rune | bit[across % ACROSS][down % DOWN],
              ROLE_TEXT);
}

/* The row of dots of a value; the middle of a cell is where its sign would be. */
static int dot_row(const struct draw_plot *plot, double value)
{
    double row = (1 - value / plot->top) * (plot->rows - 1) + 0.5;

    if (row < 0 || row >= plot->rows)
        return -1;
    return (int)(row * DOWN);
}

static bool is_drawn(enum draw_plot_style style, int across)
{
    switch (style) {
    case PLOT_DASHED:
        return across % 6 < 3;
    case PLOT_DOTTED:
        return across % 4 == 0;
    default:
        return true;
    }
}

/* Where a solid curve is steep its dots are joined; what is 0 is not known. */
void draw_plot_curve(const struct draw_plot *plot, enum draw_plot_style style,
                     double (*value)(const void *of, double number),
                     const void *of)
{
    int before = -1;

    for (int across = 0; across < plot->columns * ACROSS; across++) {
        double column = (across + 0.5) / ACROSS - 0.5;
        double number = plot->first + (plot->last - plot->first) * column /
                                          (plot->columns - 1);
        double at = value(of, number);
        int down = at > 0 ? dot_row(plot, at) : -1;

        if (!is_drawn(style, across) || down < 0)
            continue;
        put_dot(plot, across, down);
        for (int i = before - 1; style == PLOT_SOLID && i > down; i--)
            put_dot(plot, across, i);
        before = down;
    }
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
