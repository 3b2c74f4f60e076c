/*
 * orders_report.h -- what the orders of somebody else's program have shown, for
 * people and programs.
 */
#ifndef CONCVIZ_CLI_REPORT_ORDERS_REPORT_H
#define CONCVIZ_CLI_REPORT_ORDERS_REPORT_H

struct explore_options;
struct explored;
struct finding;
struct program_story;
struct program_usual;
struct schedule;
struct strbuf;

/* What is reported on; all borrowed. */
struct orders_report {
    const char *const *command; /* ends with NULL */
    const char *input;          /* file, or NULL */
    const struct explore_options *options;
    const struct explored *explored;
    const struct program_usual *usual;
    struct program_story *const *story; /* of each finding; may be NULL */
};

/* Append what was tried, and what was not. */
void orders_report_head(struct strbuf *buf, const struct orders_report *report);

/* Append how often it was found. */
void orders_report_count(struct strbuf *buf, const struct orders_report *report,
                         const struct finding *finding);

/* Append "see it: concviz coroutine --schedule CODE -- ./prog". */
void orders_report_command(struct strbuf *buf,
                           const struct orders_report *report,
                           const struct schedule *schedule);

/* Append what stays after the screen. */
void orders_report_brief(struct strbuf *buf,
                         const struct orders_report *report);

/* Append all of it as text, or as one JSON object. */
void orders_report_text(struct strbuf *buf, const struct orders_report *report);
void orders_report_json(struct strbuf *buf, const struct orders_report *report);

#endif
