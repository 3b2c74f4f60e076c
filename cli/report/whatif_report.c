/*
 * whatif_report.c -- other numbers of machines as a plot, a table and JSON.
 *
 * The plot is painted from the back to the front: what an ideal workload would
 * do, the ceilings, Amdahl's curve, what the model computes, what was measured:
 * nothing hides that.
 */
#include "cli/report/whatif_report.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "cli/report/columns.h"
#include "cli/report/report_json.h"
#include "render/draw/draw_plot.h"
#include "render/output/backend.h"
#include "sched/base/clock.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/explore/whatif.h"

enum {
    ROWS = 14,
    COLUMNS = 66, /* of the plot; 80 with the numbers next to it */
    ROWS_LEAST = 4,
    ROWS_MOST = 40,
    COLUMNS_LEAST = 16,
    COLUMNS_MOST = 80,
    LABEL_CELLS = 8,
    EVERY_TO = 8, /* the table has all numbers of machines up to here */
};

/* Of the curves as much as one can be told by. */
static const char *const ink_unicode[WHATIF_INKS] = { " ", "⠂⠂⠂", "⠒⠒⠒", "⠒⠂⠐",
                                                      "●", "◆",   "┊",   "◉" };
static const char *const ink_ascii[WHATIF_INKS] = { " ", ".", "-", "o",
                                                    "*", "#", ":", "@" };

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

static int within(int least, int value, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* --- the plot ------------------------------------------------------------- */

static int64_t measured_ns(const struct whatif_measured *measured, int machines)
{
    return machines <= measured->count ? measured->makespan_ns[machines - 1]
                                       : -1;
}

double whatif_report_measured_speedup(const struct whatif_measured *measured,
                                      int machines)
{
    int64_t ns = measured_ns(measured, machines);

    if (ns <= 0 || measured_ns(measured, 1) <= 0)
        return 0;
    return (double)measured_ns(measured, 1) / (double)ns;
}

/* All points must be seen; of curves that leave the others far below, the
 * beginning is enough. */
static double highest(const struct whatif *whatif,
                      const struct whatif_measured *measured)
{
    double best = 1, curves = 1;

    for (size_t i = 0; i < whatif->count; i++) {
        const struct whatif_point *point = &whatif->point[i];

        best = larger(best, point->speedup);
        best = larger(
            best, whatif_report_measured_speedup(measured, point->machines));
        curves = larger(curves, larger(point->ceiling, point->amdahl));
    }
    return larger(best, smaller(curves, 1.5 * best));
}

const char *whatif_report_ink(enum whatif_report_ink ink, bool ascii)
{
    return (ascii ? ink_ascii : ink_unicode)[ink];
}

/* The point that was chosen stands out. */
static void put(const struct draw_plot *plot, int column, double speedup,
                enum whatif_report_ink ink)
{
    draw_plot_point(plot, column, speedup, whatif_report_ink(ink, plot->ascii),
                    ink == WHATIF_CHOSEN ? ROLE_METER : ROLE_TEXT);
}

static double ideal(const void *whatif, double machines)
{
    (void)whatif;
    return machines;
}

static double ceiling(const void *whatif, double machines)
{
    return whatif_ceiling(whatif, machines);
}

static double amdahl(const void *whatif, double machines)
{
    return whatif_amdahl(whatif, machines);
}

static void draw_curves(const struct draw_plot *plot,
                        const struct whatif *whatif)
{
    draw_plot_curve(plot, PLOT_DOTTED, ideal, whatif);
    if (whatif->span_ns <= 0)
        return;
    draw_plot_curve(plot, PLOT_SOLID, ceiling, whatif);
    draw_plot_curve(plot, PLOT_DASHED, amdahl, whatif);
}

/* Where there are no dots, a sign for each column. */
static void put_curves(const struct draw_plot *plot,
                       const struct whatif *whatif)
{
    for (int column = 0; column < plot->columns; column++) {
        double n = draw_plot_number(plot, column);

        put(plot, column, n, WHATIF_IDEAL);
        if (whatif->span_ns <= 0)
            continue;
        put(plot, column, whatif_ceiling(whatif, n), WHATIF_CEILING);
        put(plot, column, whatif_amdahl(whatif, n), WHATIF_AMDAHL);
    }
}

static void put_points(const struct draw_plot *plot,
                       const struct whatif *whatif,
                       const struct whatif_measured *measured, int chosen)
{
    for (size_t i = 0; i < whatif->count; i++) {
        const struct whatif_point *point = &whatif->point[i];

        put(plot, draw_plot_column(plot, point->machines), point->speedup,
            point->machines == chosen ? WHATIF_CHOSEN : WHATIF_COMPUTED);
    }
    for (int n = (int)plot->first; n <= measured->count; n++)
        put(plot, draw_plot_column(plot, n),
            whatif_report_measured_speedup(measured, n), WHATIF_MEASURED);
}

void whatif_report_draw(struct cells *cells, const struct whatif *whatif,
                        const struct whatif_measured *measured,
                        const struct whatif_look *look)
{
    struct draw_plot plot = {
        .cells = cells,
        .x = DRAW_PLOT_LEFT,
        .y = 1,
        .columns = within(COLUMNS_LEAST, look->columns, COLUMNS_MOST),
        .rows = within(ROWS_LEAST, look->rows, ROWS_MOST),
        .ascii = look->ascii,
    };

    if (whatif->count == 0 || whatif->one_ns <= 0)
        return;
    cells_resize(cells, DRAW_PLOT_LEFT + plot.columns + DRAW_PLOT_RIGHT,
                 1 + plot.rows + DRAW_PLOT_BELOW);
    plot.first = whatif->point[0].machines;
    plot.last = whatif->point[whatif->count - 1].machines;
    plot.top = draw_plot_top(highest(whatif, measured), plot.rows);
    cells_text(cells, 0, 0, -1, _("speed-up, by number of machines"),
               ROLE_TEXT);
    draw_plot_axes(&plot);
    if (look->chosen > 0)
        draw_plot_line(&plot, draw_plot_column(&plot, look->chosen),
                       whatif_report_ink(WHATIF_LINE, look->ascii), ROLE_TEXT);
    if (plot.ascii)
        put_curves(&plot, whatif);
    else
        draw_curves(&plot, whatif);
    put_points(&plot, whatif, measured, look->chosen);
}

static void write_legend(struct strbuf *out, const char *const *ink,
                         bool was_run)
{
    strbuf_addf(out, "%*s%s %s  %s %s  %s %s  %s %s", LABEL_CELLS, "",
                ink[WHATIF_COMPUTED], _("computed"), ink[WHATIF_CEILING],
                _("ceiling"), ink[WHATIF_AMDAHL], _("Amdahl"),
                ink[WHATIF_IDEAL], _("as many times as machines"));
    if (was_run)
        strbuf_addf(out, "  %s %s", ink[WHATIF_MEASURED], _("measured"));
    strbuf_addc(out, '\n');
}

void whatif_report_plot(struct strbuf *out, const struct whatif *whatif,
                        const struct whatif_measured *measured, bool ascii)
{
    struct whatif_look look = { ROWS, COLUMNS, 0, ascii };
    struct cells cells;

    if (whatif->count == 0 || whatif->one_ns <= 0)
        return;
    cells_init(&cells, 0, 0);
    whatif_report_draw(&cells, whatif, measured, &look);
    backend_text(out, &cells);
    cells_fini(&cells);
    write_legend(out, ascii ? ink_ascii : ink_unicode, measured->count > 0);
}

/* --- the table ------------------------------------------------------------ */

static void add_seconds(struct strbuf *out, int64_t ns)
{
    if (ns < 0)
        strbuf_adds(out, _("never"));
    else
        decimal_seconds(out, ns, 3, ns < 10 * NS_PER_MS ? 6 : 3);
}

/* Is any number of machines better than Amdahl's curve says? */
static bool beats_amdahl(const struct whatif *whatif)
{
    for (size_t i = 0; i < whatif->count; i++)
        if (whatif->point[i].speedup > 1.01 * whatif->point[i].amdahl)
            return true;
    return false;
}

static void explain(struct strbuf *out, const struct whatif *whatif)
{
    strbuf_addf(out, "%s ", _("work, seconds:"));
    add_seconds(out, whatif->work_ns);
    strbuf_addf(out, "   %s ", _("span, seconds:"));
    add_seconds(out, whatif->span_ns);
    strbuf_addf(out, "   %s ", _("on one machine:"));
    add_seconds(out, whatif->one_ns);
    strbuf_addc(out, '\n');
    if (whatif->span_ns > 0 && !whatif->span_is_bound)
        strbuf_line(out, "%s",
                    _("The span is no bound here: on fewer machines tasks may "
                      "meet in a better order."));
    if (whatif->serial < 0)
        return;
    strbuf_addf(out, _("Serial part (only one machine can work): %.1f %%"),
                100 * whatif->serial);
    if (whatif->serial > 0)
        strbuf_addf(out, _("; Amdahl: at most %.2fx"), 1 / whatif->serial);
    strbuf_addc(out, '\n');
    if (beats_amdahl(whatif))
        strbuf_line(out, "%s",
                    _("Amdahl assumes that nobody else computes in the serial "
                      "part; here others do."));
}

/* All small numbers, then those between which something may change. */
static bool is_in_table(const struct whatif *whatif, size_t i)
{
    int n = whatif->point[i].machines;

    return n <= EVERY_TO || (n & (n - 1)) == 0 || n % 12 == 0 ||
           i + 1 == whatif->count;
}

static void add_cell(struct strbuf *out, int cells, double value)
{
    char text[32];

    snprintf(text, sizeof text, "%.2f", value);
    columns_right(out, value > 0 ? text : "-", cells);
}

static void add_time_cell(struct strbuf *out, int cells, int64_t ns)
{
    struct strbuf text;

    strbuf_init(&text);
    add_seconds(&text, ns);
    columns_right(out, text.text, cells);
    strbuf_fini(&text);
}

static void add_head(struct strbuf *out, bool was_run)
{
    columns_right(out, _("machines"), 9);
    columns_right(out, _("makespan"), 11);
    columns_right(out, _("speed-up"), 10);
    columns_right(out, _("efficiency"), 12);
    columns_right(out, _("ceiling"), 9);
    columns_right(out, _("Amdahl"), 8);
    if (was_run) {
        columns_right(out, _("measured"), 10);
        columns_right(out, _("speed-up"), 10);
    }
    strbuf_addc(out, '\n');
}

void whatif_report_table(struct strbuf *out, const struct whatif *whatif,
                         const struct whatif_measured *measured)
{
    explain(out, whatif);
    strbuf_addc(out, '\n');
    add_head(out, measured->count > 0);
    for (size_t i = 0; i < whatif->count; i++) {
        const struct whatif_point *point = &whatif->point[i];

        if (!is_in_table(whatif, i))
            continue;
        strbuf_addf(out, "%9d", point->machines);
        add_time_cell(out, 11, point->makespan_ns);
        add_cell(out, 10, point->speedup);
        strbuf_addf(out, "%10.0f %%", 100 * point->efficiency);
        add_cell(out, 9, point->ceiling);
        add_cell(out, 8, point->amdahl);
        if (point->machines <= measured->count) {
            add_time_cell(out, 10, measured_ns(measured, point->machines));
            add_cell(out, 10,
                     whatif_report_measured_speedup(measured, point->machines));
        }
        strbuf_addc(out, '\n');
    }
}

/* --- JSON ----------------------------------------------------------------- */

static void add_real(struct json *json, const char *name, double value)
{
    if (value <= 0)
        json_null(json, name);
    else
        json_real(json, name, value, 4);
}

static void add_point(struct json *json, const struct whatif_point *point,
                      const struct whatif_measured *measured)
{
    int n = point->machines;

    json_line(json);
    json_begin(json, NULL, '{');
    json_int(json, "machines", n);
    json_ms(json, "makespan", point->makespan_ns);
    add_real(json, "speedup", point->speedup);
    add_real(json, "efficiency", point->efficiency);
    add_real(json, "ceiling", point->ceiling);
    add_real(json, "amdahl", point->amdahl);
    if (n <= measured->count) {
        json_begin(json, "measured", '{');
        json_ms(json, "makespan", measured_ns(measured, n));
        add_real(json, "speedup", whatif_report_measured_speedup(measured, n));
        json_end(json, '}');
    } else {
        json_null(json, "measured");
    }
    json_end(json, '}');
}

void whatif_report_json(struct strbuf *out, const char *workload,
                        const struct whatif *whatif,
                        const struct whatif_measured *measured)
{
    struct json json;

    report_json_open(&json, out);
    json_string(&json, "workload", workload);
    json_string(&json, "mode", whatif->mode);
    json_string(&json, "kind", "model");
    json_ms(&json, "work", whatif->work_ns);
    json_ms(&json, "span", whatif->span_ns);
    json_ms(&json, "one", whatif->one_ns);
    json_bool(&json, "span_is_bound", whatif->span_is_bound);
    if (whatif->serial < 0)
        json_null(&json, "serial");
    else
        json_real(&json, "serial", whatif->serial, 4);
    json_begin(&json, "points", '[');
    for (size_t i = 0; i < whatif->count; i++)
        add_point(&json, &whatif->point[i], measured);
    json_end(&json, ']');
    report_json_close(&json);
}
