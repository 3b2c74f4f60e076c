/*
 * report_json.h -- a run as one JSON object, for programs.
 */
#ifndef CONCVIZ_CLI_REPORT_REPORT_JSON_H
#define CONCVIZ_CLI_REPORT_REPORT_JSON_H

struct history;
struct metrics;
struct strbuf;

/*
 * Append the report: times are milliseconds, exact; null is what never
 * happened or was not asked for. The order of the fields is fixed. Ends with
 * a newline.
 */
void report_json(struct strbuf *buf, const struct history *history,
                 const struct metrics *numbers);

/* Append text as a JSON string, with its quotes. What is not UTF-8 becomes
 * U+FFFD. */
void json_string(struct strbuf *buf, const char *text);

#endif
