/*
 * recording.h -- a run that somebody has written down, in any format known.
 *
 * Which one it is, is asked of the bytes, not of the name: a tape of ours,
 * Chrome Trace Event JSON, what `perf script` prints, JSON lines; each of the
 * last three also packed by gzip. A file may hold anything: nothing in it is
 * believed, and what is left out is told. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_RECORDING_H
#define CONCVIZ_SCHED_EXCHANGE_RECORDING_H

#include <stdbool.h>

struct diag;
struct recording;
struct strbuf;
struct trace;
struct workload;

/* Does the file look like one? Only its beginning is read. */
bool recording_is(const char *path);

/* Open a file and read what is there; NULL: diag says why not, in a line. */
struct recording *recording_open(const char *path, struct diag *diag);
void recording_close(struct recording *recording); /* NULL is fine */

/* The run; see tape_file.h. In trace_info, imported says what wrote it down. */
const struct trace *recording_trace(const struct recording *recording);
const struct workload *recording_workload(const struct recording *recording);

/* Of tapes; others do not grow, and nobody writes them. */
bool recording_follow(struct recording *recording);
bool recording_written(const struct recording *recording);

/* Append a line for each thing that was found damaged or was left out, "FILE: …"
 * or "FILE:LINE:COLUMN: …". */
void recording_remarks(const struct recording *recording, struct strbuf *lines);

#endif
