/*
 * columns.h -- text in columns: widths are cells of the terminal, not bytes.
 * Any thread.
 */
#ifndef CONCVIZ_CLI_REPORT_COLUMNS_H
#define CONCVIZ_CLI_REPORT_COLUMNS_H

struct strbuf;
struct workload;

/* Append text, and spaces up to `cells`, but at least one. */
void columns_left(struct strbuf *out, const char *text, int cells);

/* Append text so that it ends after `cells`; longer text is not cut. */
void columns_right(struct strbuf *out, const char *text, int cells);

/* A column for the names of all tasks of workload: the cells of the longest, at
 * least `least`. */
int columns_names(const struct workload *workload, int least);

/* End the row, without spaces after its last column. */
void columns_end(struct strbuf *out);

#endif
