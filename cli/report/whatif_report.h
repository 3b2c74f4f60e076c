/*
 * whatif_report.h -- what another number of machines would change, as text
 * (a plot and a table of 80 columns) and as JSON.
 */
#ifndef CONCVIZ_CLI_REPORT_WHATIF_REPORT_H
#define CONCVIZ_CLI_REPORT_WHATIF_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cells;
struct strbuf;
struct whatif;

/* What really came out on the machines there are: machines 1 ... count. */
struct whatif_measured {
    int64_t *makespan_ns; /* -1: it did not finish */
    int count;            /* 0: nothing was run */
};

/* What a cell of the plot shows. */
enum whatif_report_ink {
    WHATIF_NONE,
    WHATIF_IDEAL,
    WHATIF_CEILING,
    WHATIF_AMDAHL,
    WHATIF_COMPUTED,
    WHATIF_MEASURED,
    WHATIF_LINE,   /* at the number of machines that was chosen */
    WHATIF_CHOSEN, /* what is computed for them */
    WHATIF_INKS
};

/* How a plot looks. */
struct whatif_look {
    int rows, columns; /* of the plot itself, as far as it can have them */
    int chosen;        /* machines to mark; 0: none */
    bool ascii;
};

/* The sign for ink, as UTF-8: of a curve three cells, in ASCII one. */
const char *whatif_report_ink(enum whatif_report_ink ink, bool ascii);

/* The speed-up that was measured, 0 where it is not known. */
double whatif_report_measured_speedup(const struct whatif_measured *measured,
                                      int machines);

/* Draw the plot alone over cells, which get the size it needs: a title, its
 * rows, and two rows of axis. Where nothing was computed they stay. */
void whatif_report_draw(struct cells *cells, const struct whatif *whatif,
                        const struct whatif_measured *measured,
                        const struct whatif_look *look);

/* Append the plot of speed-ups, computed and measured. */
void whatif_report_plot(struct strbuf *out, const struct whatif *whatif,
                        const struct whatif_measured *measured, bool ascii);

/* Append what work and span say, and the table. */
void whatif_report_table(struct strbuf *out, const struct whatif *whatif,
                         const struct whatif_measured *measured);

/* Append one JSON object; workload is its name. */
void whatif_report_json(struct strbuf *out, const char *workload,
                        const struct whatif *whatif,
                        const struct whatif_measured *measured);

#endif
