/*
 * whatif_page.c -- the plot, and beside it its legend with the numbers.
 */
#include "cli/whatif/whatif_page.h"

#include <stddef.h>

#include "cli/page/page_text.h"
#include "cli/report/whatif_report.h"
#include "render/draw/draw_plot.h"
#include "render/words/duration.h"
#include "sched/base/i18n.h"
#include "sched/explore/whatif.h"

enum {
    NUMBERS_CELLS = 31, /* right of it, with the gap */
    NUMBERS_ROWS = 9,
    INK_CELLS = 4,
    PLOT_ROWS_LEAST = 6,
    AROUND = 11, /* rows that are neither the plot's nor a timeline's row */
    MACHINE_ROWS = 8,
};

/* --- the numbers ---------------------------------------------------------- */

static const struct whatif_point *point(const struct whatif_page *page)
{
    return &page->whatif->point[page->machines - 1];
}

/* "◆ measured   2.41x" */
static void put_value(const struct whatif_page *page, struct page_text *sheet,
                      enum whatif_report_ink ink, const char *name,
                      double value, const char *unit)
{
    int at = sheet->cells;

    page_text_put(sheet, ROLE_TEXT, whatif_report_ink(ink, page->ascii));
    page_text_tab(sheet, at + INK_CELLS);
    page_text_put(sheet, ROLE_TEXT, name);
    page_text_tab(sheet, at + 18);
    if (value > 0)
        page_text_putf(sheet, ROLE_STRONG, "%8.2f%s", value, unit);
    else
        page_text_put(sheet, ROLE_DIM, "       -");
}

static void put_time(const struct whatif_page *page, struct page_text *sheet,
                     bool real)
{
    const struct whatif_measured *measured = page->measured;
    int64_t ns = point(page)->makespan_ns;
    struct unit unit = duration_unit(page->whatif->one_ns);
    char text[DURATION_SIZE];

    unit.decimals++; /* two that are read side by side */
    if (real)
        ns = page->machines <= measured->count
                 ? measured->makespan_ns[page->machines - 1]
                 : -1;
    page_text_put(sheet, real ? ROLE_REAL : ROLE_MODEL,
                  real ? _("REAL") : _("MODEL"));
    page_text_putf(sheet, ROLE_TEXT, " %s", _("makespan"));
    page_text_put(sheet, ROLE_TEXT, " ");
    if (ns >= 0)
        page_text_put(sheet, ROLE_STRONG, duration_text(text, ns, unit));
    else
        page_text_put(sheet, ROLE_DIM, real ? _("Enter runs it") : "-");
}

/* What stands beside row `row` of the plot. */
static void put_number(const struct whatif_page *page, struct page_text *sheet,
                       int row)
{
    const struct whatif_point *at = point(page);
    double measured = whatif_report_measured_speedup(page->measured,
                                                     page->machines);

    switch (row) {
    case 0:
        page_text_putf(sheet, ROLE_METER, " %s %d ", _("machines"),
                       page->machines);
        break;
    case 1:
        put_time(page, sheet, false);
        break;
    case 2:
        put_value(page, sheet, WHATIF_CHOSEN, _("speed-up"), at->speedup, "x");
        break;
    case 3:
        put_value(page, sheet, WHATIF_NONE, _("efficiency"),
                  100 * at->efficiency, " %");
        break;
    case 4:
        put_value(page, sheet, WHATIF_IDEAL, _("ideal"), page->machines, "x");
        break;
    case 5:
        put_value(page, sheet, WHATIF_CEILING, _("ceiling"), at->ceiling, "x");
        break;
    case 6:
        put_value(page, sheet, WHATIF_AMDAHL, _("Amdahl"), at->amdahl, "x");
        break;
    case 7:
        put_time(page, sheet, true);
        break;
    case 8: /* a speed-up needs the time on one machine, too */
        if (page->measured->count && measured <= 0)
            page_text_put(sheet, ROLE_DIM, _("speed-up: also run it on 1"));
        else
            put_value(page, sheet, WHATIF_MEASURED, _("measured"), measured,
                      "x");
        break;
    default:
        break;
    }
}

/* --- the page ------------------------------------------------------------- */

/* Rows of the plot that leave room for the timeline. */
static int plot_rows(const struct whatif_page *page)
{
    int machines = page->machines < MACHINE_ROWS ? page->machines
                                                 : MACHINE_ROWS;
    int rows = page->height - AROUND - machines - page->tasks;

    return rows > PLOT_ROWS_LEAST ? rows : PLOT_ROWS_LEAST;
}

void whatif_page(struct page_text *sheet, const struct whatif_page *page)
{
    struct whatif part = *page->whatif;
    int right = page->cells - NUMBERS_CELLS;
    struct whatif_look how = {
        .rows = plot_rows(page),
        .columns = right - DRAW_PLOT_LEFT,
        .chosen = page->machines,
        .ascii = page->ascii,
    };
    struct cells plot;

    part.count = (size_t)(page->machines > page->shown ? page->machines
                                                       : page->shown);
    cells_init(&plot, 0, 0);
    whatif_report_draw(&plot, &part, page->measured, &how);
    for (int row = 0; row < plot.height || row < NUMBERS_ROWS; row++) {
        page_text_row(sheet);
        if (row < plot.height)
            page_text_copy(sheet, &plot, row);
        page_text_tab(sheet, right + 3);
        put_number(page, sheet, row);
    }
    cells_fini(&plot);
}
