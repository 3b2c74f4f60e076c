/*
 * tape_writer.h -- a tape is written: event by event, into a file.
 *
 * The file is mapped, so what has been written is the system's: whatever
 * becomes of this process, nothing of it is lost, and others can read it at
 * once. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_WRITER_H
#define CONCVIZ_SCHED_TAPE_TAPE_WRITER_H

#include <stdbool.h>

struct diag;
struct event;
struct tape_writer;
struct trace;

/*
 * Open the file of a tape. A tape of that name is replaced if `replace`; any
 * other file never is, nor a tape that is being written. Returns NULL with diag
 * filled, and *error a negative errno value (-EEXIST: the name is taken).
 */
struct tape_writer *tape_writer_open(const char *path, bool replace, int *error,
                                     struct diag *diag);

/* Begin the tape of a trace, which stays alive as long as it is added to: write
 * its head and its workload. */
void tape_writer_begin(struct tape_writer *writer, const struct trace *trace);

/* Write the next event of the trace; once there has been an error, nothing. */
void tape_writer_add(struct tape_writer *writer, const struct event *event);

/* The negative errno value with which the file could not grow any more, or 0.
 * What was written before is a valid tape; -ESTALE: somebody else has cut it
 * short. */
int tape_writer_error(const struct tape_writer *writer);

/* Such a value in words, for people. */
const char *tape_writer_why(int error);

/* End the tape and forget it (NULL is fine); one that was not begun leaves
 * what was there. Returns tape_writer_error, or the
 * error with which it could not be ended. */
int tape_writer_close(struct tape_writer *writer);

#endif
