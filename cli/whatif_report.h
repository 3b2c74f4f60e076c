/*
 * whatif_report.h -- what another number of machines would change, as text
 * (a plot and a table of 80 columns) and as JSON.
 */
#ifndef CONCVIZ_CLI_WHATIF_REPORT_H
#define CONCVIZ_CLI_WHATIF_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strbuf;
struct whatif;

/* What really came out on the machines there are: machines 1 ... count. */
struct whatif_measured {
    int64_t *makespan_ns; /* -1: it did not finish */
    int count;            /* 0: nothing was run */
};

/* Append the plot of speed-ups, computed and measured. */
void whatif_plot(struct strbuf *out, const struct whatif *whatif,
                 const struct whatif_measured *measured, bool ascii);

/* Append what work and span say, and the table. */
void whatif_table(struct strbuf *out, const struct whatif *whatif,
                  const struct whatif_measured *measured);

/* Append one JSON object; workload is its name. */
void whatif_json(struct strbuf *out, const char *workload,
                 const struct whatif *whatif,
                 const struct whatif_measured *measured);

#endif
