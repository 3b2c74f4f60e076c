/*
 * unattended.h -- what a run looks like where there is no live screen.
 *
 * Those that append nothing print on standard output; all but unattended_plain want the run to have
 * ended. Main thread.
 */
#ifndef CONCVIZ_CLI_REPORT_UNATTENDED_H
#define CONCVIZ_CLI_REPORT_UNATTENDED_H

#include <stdint.h>

struct history;
struct cells;
struct options;
struct runner;
struct strbuf;

/* Append the whole timeline (picture.h) as text, and an empty line. */
void unattended_timeline(struct strbuf *out, const struct history *history,
                         int64_t total_ns, const struct options *options);

/* Append what follows the events of an ended run: that, and the numbers. */
void unattended_end(struct strbuf *out, const struct history *history,
                    const struct options *options);

/* Events as they happen, then the timeline and the numbers. Returns when the
 * run has ended. */
void unattended_plain(struct runner *runner, const struct options *options);

/* The report, and nothing else. */
void unattended_json(const struct runner *runner);

/* Print a frame as options ask for it: text, or a picture (always UTF-8). */
void unattended_cells(const struct cells *cells, const struct options *options);

/* The frame that options ask for. */
void unattended_frame(const struct runner *runner,
                      const struct options *options);

/* What the program said, one text a line. */
void unattended_output(const struct runner *runner);

/* One line with the most important numbers: what stays after the screen. */
void unattended_line(const struct runner *runner);

/* The exit status that the outcome of the run asks for. */
int unattended_status(const struct runner *runner);

#endif
