/*
 * compare_report.h -- two ended runs of one workload, where there is no live screen.
 *
 * All print on standard output. Main thread.
 */
#ifndef CONCVIZ_CLI_REPORT_COMPARE_REPORT_H
#define CONCVIZ_CLI_REPORT_COMPARE_REPORT_H

struct options;
struct runner;

/* Both timelines on one scale, the numbers side by side, and the sentence. */
void compare_report_text(struct runner *const runner[2],
                         const struct options *options);

/* {"compare":[report, report],"ratio":…}: how many times as long the first one
 * took; null if one of them did not finish. */
void compare_report_json(struct runner *const runner[2]);

/* The frame that options ask for. */
void compare_report_frame(struct runner *const runner[2],
                          const struct options *options);

/* Which one was faster, and why. */
void compare_report_line(struct runner *const runner[2]);

#endif
