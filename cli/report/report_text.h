/*
 * report_text.h -- the numbers of a run as text, in two tables.
 */
#ifndef CONCVIZ_CLI_REPORT_REPORT_TEXT_H
#define CONCVIZ_CLI_REPORT_REPORT_TEXT_H

struct history;
struct metrics;
struct strbuf;

/* Append why nobody could go on, if so, the numbers of the run and those of
 * the tasks (of the first few hundred, if there are more). */
void report_text(struct strbuf *buf, const struct history *history,
                 const struct metrics *metrics);

#endif
