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
struct journal;
struct recording;
struct strbuf;
struct trace;
struct trace_info;
struct workload;

/* Does the file look like one? Only its beginning is read. */
bool recording_is(const char *path);

/* Open a file and read what is there; NULL: diag says why not, in a line. Of
 * those that are no tapes, that is all. */
struct recording *recording_open(const char *path, struct diag *diag);
void recording_close(struct recording *recording); /* NULL is fine */

/* The run; see tape_file.h. In trace_info, imported says what wrote it down. */
const struct trace *recording_trace(const struct recording *recording);
const struct workload *recording_workload(const struct recording *recording);

/*
 * Open a run that others still write: a tape, or JSON lines in a file or a
 * pipe. What can only be read at once is, as by recording_open.
 */
struct recording *recording_open_growing(const char *path, struct diag *diag);

/*
 * A run that somebody else tells us, in moments that read writes into the journal
 * whenever it is called; written says whether there may be more, and is asked
 * before the last read. All three are told context.
 */
struct recording_source {
    void (*read)(void *context);
    bool (*written)(void *context);
    void (*free)(void *context);
    const struct trace *(*trace)(void *context); /* NULL: it is made here */
};

/* Make a recording called name of a source, and of its journal: both are taken.
 * For info see journal_live_new; source is a static table. */
struct recording *recording_live(struct journal *journal, const char *name,
                                 const struct trace_info *info,
                                 const struct recording_source *source,
                                 void *context);

/* The same of a source that makes its trace itself. */
struct recording *recording_told(const struct recording_source *source,
                                 void *context);

/* JSON lines from fd, which is taken; otherwise the same. */
struct recording *recording_lines(int fd, const char *name,
                                  const struct trace_info *info);

/* Read on, true if there was anything; may there be more? Of what was opened by
 * recording_open, tapes only. */
bool recording_follow(struct recording *recording);
bool recording_written(const struct recording *recording);

/* Append a line for each thing that was found damaged or was left out, "FILE: …"
 * or "FILE:LINE:COLUMN: …". */
void recording_remarks(const struct recording *recording, struct strbuf *lines);

#endif
