/*
 * compare_report.h -- two ended runs of one workload, without a live screen.
 *
 * All but compare_report_text print on standard output. Main thread.
 */
#ifndef CONCVIZ_CLI_REPORT_COMPARE_REPORT_H
#define CONCVIZ_CLI_REPORT_COMPARE_REPORT_H

struct options;
struct runner;
struct strbuf;

/* Append both timelines on one scale, the numbers side by side, and the
 * sentence of compare_report_line. */
void compare_report_text(struct strbuf *out, struct runner *const runner[2],
                         const struct options *options);

/*
 * As options ask for it: a frame, JSON ({"compare":[report, report],"ratio":…},
 * how many times as long the first one took, null if one of them did not
 * finish; with --with also "with":[label, label]), or compare_report_text,
 * but nothing with --view none.
 */
void compare_report_print(struct runner *const runner[2],
                          const struct options *options);

/* Which one was faster, and why. */
void compare_report_line(struct runner *const runner[2]);

#endif
