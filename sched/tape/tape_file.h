/*
 * tape_file.h -- a tape that somebody kept: opened, followed, and kept.
 *
 * A file may hold anything: nothing in it is believed, and what is damaged is
 * left out and told. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_FILE_H
#define CONCVIZ_SCHED_TAPE_TAPE_FILE_H

#include <stdbool.h>

struct diag;
struct strbuf;
struct tape_file;
struct trace;

/* Open a tape and read what is there; NULL: diag says why not, in a line. */
struct tape_file *tape_file_open(const char *path, struct diag *diag);
void tape_file_close(struct tape_file *tape); /* NULL is fine */

/*
 * The run: its events, and in its trace_info when and where it was made. The
 * trace_workload is parsed from its text again, or it is a program that concviz
 * brings along, or there are only names (definitions.h). Both belong to the
 * tape; the trace grows by tape_file_follow, which may exchange a workload of
 * names for a larger one. Older ones stay valid.
 */
const struct trace *tape_file_trace(const struct tape_file *tape);

/* Read what has been written since, and not what is written meanwhile. Returns
 * whether there was any event. */
bool tape_file_follow(struct tape_file *tape);

/* Does somebody still write it? Not asked of a tape of this very process. */
bool tape_file_written(const struct tape_file *tape);

/* Append a line for each thing that was found damaged or missing. */
void tape_file_remarks(const struct tape_file *tape, struct strbuf *lines);

/*
 * Keep a run that is in memory, with the time, machine and command that its
 * trace_info names, else those of now. Never replaces a file. Returns 0, or a
 * negative errno value with diag filled: -EEXIST, the name is taken. A trace
 * that still grows is kept up to here.
 */
int tape_file_save(const struct trace *trace, const char *path,
                   struct diag *diag);

#endif
