/*
 * explore_report.h -- what an exploration has found, for people and programs.
 */
#ifndef CONCVIZ_CLI_REPORT_EXPLORE_REPORT_H
#define CONCVIZ_CLI_REPORT_EXPLORE_REPORT_H

struct explored;
struct explore_options;
struct schedule;
struct strbuf;
struct workload;

/* What is reported on; all borrowed. */
struct explore_report {
    const struct workload *workload;
    const char *argument; /* how the workload was named */
    const char *mode;
    const struct explore_options *options;
    const struct explored *explored;
};

/* Append what was tried, a few lines. */
void explore_report_head(struct strbuf *buf,
                         const struct explore_report *report);

/* Append a line: the orders with how many stops were all tried. */
void explore_report_depth(struct strbuf *buf, const struct explored *explored);

/* Append "see it: concviz coroutine crossed --schedule CODE". */
void explore_report_command(struct strbuf *buf,
                            const struct explore_report *report,
                            const struct schedule *schedule);

/* Append each finding as a sentence and the command that shows it: what stays
 * after the screen. */
void explore_report_brief(struct strbuf *buf,
                          const struct explore_report *report);

/* Append text: what was tried; then of each finding a sentence, the steps that
 * lead to it, and its code. */
void explore_report_text(struct strbuf *buf,
                         const struct explore_report *report);

/* Append one JSON object with the same, and a newline. */
void explore_report_json(struct strbuf *buf,
                         const struct explore_report *report);

#endif
