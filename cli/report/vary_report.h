/*
 * vary_report.h -- what a knob changes, as text of 80 columns and as JSON.
 *
 * A knob with numbers is a plot, one with words has bars; both have a table.
 */
#ifndef CONCVIZ_CLI_REPORT_VARY_REPORT_H
#define CONCVIZ_CLI_REPORT_VARY_REPORT_H

#include <stdbool.h>

struct strbuf;
struct vary;

/* Append the picture and the table; all points have been computed. */
void vary_report_text(struct strbuf *out, const struct vary *vary, bool ascii);

/* Append one JSON object; workload and mode are names. */
void vary_report_json(struct strbuf *out, const struct vary *vary,
                      const char *workload, const char *mode);

#endif
