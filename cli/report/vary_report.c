/*
 * vary_report.c -- see vary_report.h. Shown are the makespan, which is how long
 * it takes for all, and the average wait, which is what each has of it; the
 * table has what explains them.
 */
#include "cli/report/vary_report.h"

#include <string.h>

#include "cli/report/columns.h"
#include "cli/report/report_json.h"
#include "cli/run/vary.h"
#include "render/cells/cells.h"
#include "render/cells/glyphs.h"
#include "render/draw/draw_plot.h"
#include "render/output/backend.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/base/clock.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    ROWS = 14,
    COLUMNS = 64, /* of the plot, with its axis 80 */
    BAR_CELLS = 40,
    GAP = 2, /* between two columns of the table */
};

/* --- the two numbers that are drawn --------------------------------------- */

static double makespan(const struct metrics *metrics)
{
    return metrics->outcome == OUTCOME_FINISHED ? (double)metrics->makespan_ns
                                                : -1;
}

static double average_wait(const struct metrics *metrics)
{
    return metrics->average_wait_ns;
}

static const struct curve {
    const char *name;                               /* as in metrics_table */
    double (*value)(const struct metrics *metrics); /* ns; negative: never */
    const char *sign, *ascii;
} curve_table[] = {
    { N_("makespan"), makespan, "●", "*" },
    { N_("average wait"), average_wait, "○", "o" },
};

enum {
    CURVES = sizeof curve_table / sizeof *curve_table
};

static double highest(const struct vary *vary, const struct curve *curve)
{
    double most = 0;

    for (size_t i = 0; i < vary->count; i++) {
        double value = curve->value(vary->point[i].metrics);

        if (value > most)
            most = value;
    }
    return most;
}

/* --- a plot --------------------------------------------------------------- */

/* The largest unit in which these times are numbers with digits enough. */
static int64_t unit_of(double ns)
{
    return ns >= 20.0 * NS_PER_S  ? NS_PER_S
           : ns >= 20 * NS_PER_MS ? NS_PER_MS
           : ns >= 20 * NS_PER_US ? NS_PER_US
                                  : 1;
}

static const char *unit_word(int64_t unit)
{
    return unit == NS_PER_S    ? "s"
           : unit == NS_PER_MS ? "ms"
           : unit == NS_PER_US ? "us"
                               : "ns";
}

/* The unit in which the whole axis has whole numbers. */
static int64_t unit_below(const struct vary *vary)
{
    int64_t unit = NS_PER_MS;

    if (vary->kind != VARY_TIME)
        return 1;
    for (size_t i = 0; i < vary->count; i++)
        while (vary->point[i].number % unit != 0)
            unit /= 1000;
    return unit;
}

/* What is 0 is seen in the lowest row. */
static void put_curve(const struct draw_plot *plot, const struct vary *vary,
                      const struct curve *curve, const int64_t unit[2])
{
    for (size_t i = 0; i < vary->count; i++) {
        const struct vary_point *point = &vary->point[i];
        double value = curve->value(point->metrics) / (double)unit[1];

        if (value >= 0)
            draw_plot_point(
                plot, draw_plot_column(plot, (double)(point->number / unit[0])),
                value > 0 ? value : 1e-9,
                plot->ascii ? curve->ascii : curve->sign, ROLE_TEXT);
    }
}

static void add_plot(struct strbuf *out, const struct vary *vary, bool ascii)
{
    double most = highest(vary, &curve_table[0]);
    double second = highest(vary, &curve_table[1]);
    int64_t unit[2] = { unit_below(vary),
                        unit_of(most > second ? most : second) };
    struct cells cells;
    struct draw_plot plot = {
        .cells = &cells,
        .x = DRAW_PLOT_LEFT,
        .columns = COLUMNS,
        .rows = ROWS,
        .first = (double)(vary->point[0].number / unit[0]),
        .last = (double)(vary->point[vary->count - 1].number / unit[0]),
        .ascii = ascii,
    };

    most = (most > second ? most : second) / (double)unit[1];
    if (most <= 0)
        return;
    plot.top = draw_plot_top(most, plot.rows);
    cells_init(&cells, DRAW_PLOT_LEFT + COLUMNS + DRAW_PLOT_RIGHT,
               ROWS + DRAW_PLOT_BELOW);
    draw_plot_axes(&plot);
    for (int i = CURVES - 1; i >= 0; i--)
        put_curve(&plot, vary, &curve_table[i], unit);
    backend_text(out, &cells);
    cells_fini(&cells);
    strbuf_addf(out, "%*s%s", DRAW_PLOT_LEFT, "", vary->knob);
    if (vary->kind == VARY_TIME)
        strbuf_addf(out, " (%s)", unit_word(unit[0]));
    strbuf_addc(out, ':');
    for (int i = 0; i < CURVES; i++)
        strbuf_addf(out, "  %s %s (%s)",
                    ascii ? curve_table[i].ascii : curve_table[i].sign,
                    _(curve_table[i].name), unit_word(unit[1]));
    strbuf_adds(out, "\n\n");
}

/* --- bars ----------------------------------------------------------------- */

static void add_bar(struct strbuf *out, double share, bool ascii)
{
    int eighths = (int)(share * BAR_CELLS * 8 + 0.5);
    char bytes[4];

    if (ascii)
        eighths = (eighths + 4) / 8 * 8;
    for (; eighths > 0; eighths -= 8) {
        size_t length = text_encode(bytes,
                                    glyphs_eighths(eighths < 8 ? eighths : 8));

        for (size_t i = 0; i < length && !ascii; i++)
            strbuf_addc(out, bytes[i]);
        if (ascii)
            strbuf_addc(out, '#');
    }
}

static int widest_text(const struct vary *vary, int least)
{
    for (size_t i = 0; i < vary->count; i++)
        if (text_cells(vary->point[i].text) > least)
            least = text_cells(vary->point[i].text);
    return least;
}

static void add_bars(struct strbuf *out, const struct vary *vary, bool ascii)
{
    int names = widest_text(vary, 0) + GAP;

    for (int i = 0; i < CURVES; i++) {
        const struct curve *curve = &curve_table[i];
        double most = highest(vary, curve);

        strbuf_line(out, "%s", _(curve->name));
        for (size_t j = 0; j < vary->count; j++) {
            double value = curve->value(vary->point[j].metrics);

            strbuf_adds(out, "  ");
            columns_left(out, vary->point[j].text, names);
            if (value > 0 && most > 0) {
                add_bar(out, value / most, ascii);
                strbuf_addc(out, ' ');
            }
            metrics_table_average(out, value);
            strbuf_addc(out, '\n');
        }
        strbuf_addc(out, '\n');
    }
}

/* --- the table ------------------------------------------------------------ */

/* Numbers of metrics_table, and what stands above them. */
static const struct {
    const char *name, *head;
} column_table[] = {
    { "makespan", N_("makespan") },
    { "average wait", N_("wait") },
    { "average response", N_("response") },
    { "average turnaround", N_("turnaround") },
    { "fairness", N_("fairness") },
    { "switches", N_("switches") },
};

enum {
    TABLE_COLUMNS = sizeof column_table / sizeof *column_table
};

static const struct metrics_row *row_of(const char *name)
{
    const struct metrics_row *row = metrics_table;

    while (strcmp(row->name, name) != 0)
        row++;
    return row;
}

static void add_value(struct strbuf *out, const struct vary *vary, size_t i)
{
    if (vary->kind == VARY_TIME) {
        decimal_ms(out, vary->point[i].number);
        strbuf_adds(out, _(" ms"));
    } else {
        strbuf_adds(out, vary->point[i].text);
    }
}

/* Append a cell of the table: row -1 is the head, column -1 the value. */
static void add_cell(struct strbuf *out, const struct vary *vary, int row,
                     int column)
{
    if (column < 0 && row < 0)
        strbuf_adds(out, vary->knob);
    else if (column < 0)
        add_value(out, vary, (size_t)row);
    else if (row < 0)
        strbuf_adds(out, _(column_table[column].head));
    else
        row_of(column_table[column].name)->write(out, vary->point[row].metrics);
}

static int width_of(const struct vary *vary, int column)
{
    struct strbuf cell;
    int width = 0;

    strbuf_init(&cell);
    for (int row = -1; row < (int)vary->count; row++) {
        strbuf_clear(&cell);
        add_cell(&cell, vary, row, column);
        if (text_cells(cell.text) > width)
            width = text_cells(cell.text);
    }
    strbuf_fini(&cell);
    return width;
}

static void add_table(struct strbuf *out, const struct vary *vary)
{
    struct strbuf cell;
    int width[TABLE_COLUMNS + 1];

    for (int column = -1; column < TABLE_COLUMNS; column++)
        width[column + 1] = width_of(vary, column) + GAP;
    strbuf_init(&cell);
    for (int row = -1; row < (int)vary->count; row++) {
        for (int column = -1; column < TABLE_COLUMNS; column++) {
            strbuf_clear(&cell);
            add_cell(&cell, vary, row, column);
            columns_right(out, cell.text, width[column + 1]);
        }
        strbuf_addc(out, '\n');
    }
    strbuf_fini(&cell);
    strbuf_line(out, "\n%s", _("wait, response and turnaround are averages"));
}

void vary_report_text(struct strbuf *out, const struct vary *vary, bool ascii)
{
    if (vary->kind == VARY_WORD)
        add_bars(out, vary, ascii);
    else
        add_plot(out, vary, ascii);
    add_table(out, vary);
}

/* --- JSON ----------------------------------------------------------------- */

void vary_report_json(struct strbuf *out, const struct vary *vary,
                      const char *workload, const char *mode)
{
    struct json json;

    report_json_open(&json, out);
    json_string(&json, "workload", workload);
    json_string(&json, "mode", mode);
    json_string(&json, "kind", "model");
    json_string(&json, "vary", vary->knob);
    json_begin(&json, "points", '[');
    for (size_t i = 0; i < vary->count; i++) {
        const struct vary_point *point = &vary->point[i];

        json_line(&json);
        json_begin(&json, NULL, '{');
        if (vary->kind == VARY_TIME)
            json_ms(&json, "value", point->number);
        else if (vary->kind == VARY_COUNT)
            json_int(&json, "value", point->number);
        else
            json_string(&json, "value", point->text);
        report_json_outcome(&json, point->metrics);
        report_json_averages(&json, point->metrics);
        json_end(&json, '}');
    }
    json_end(&json, ']');
    report_json_close(&json);
}
