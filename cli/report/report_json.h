/*
 * report_json.h -- a run as one JSON object, for programs.
 *
 * Times are milliseconds, exact; null is what never happened or was not asked
 * for. The order of the fields is fixed.
 */
#ifndef CONCVIZ_CLI_REPORT_REPORT_JSON_H
#define CONCVIZ_CLI_REPORT_REPORT_JSON_H

struct history;
struct json;
struct metrics;
struct strbuf;

/* Append the report and a newline. */
void report_json(struct strbuf *buf, const struct history *history,
                 const struct metrics *metrics);

/* The same as a value of something larger. */
void report_json_run(struct json *json, const struct history *history,
                     const struct metrics *metrics);

/* Begin writing to out, in the letters that the locale has, with the object
 * and the version that all our JSON begins with. */
void report_json_open(struct json *json, struct strbuf *out);

/* End the object, and the line. */
void report_json_close(struct json *json);

/* How it ended and its numbers; and the averages over its tasks. */
void report_json_outcome(struct json *json, const struct metrics *metrics);
void report_json_averages(struct json *json, const struct metrics *metrics);

/* "deadlock": who waits for which lock, in a cycle; null if there is none. */
void report_json_cycle(struct json *json, const struct metrics *metrics);

#endif
