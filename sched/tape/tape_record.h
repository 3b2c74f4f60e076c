/*
 * tape_record.h -- a run is recorded as it goes on.
 *
 * Each event is on the tape before the writer of the trace goes on, so a
 * process that is killed loses none that it has written (a machine that loses
 * power, what its system had not yet put on the disk). tape_record_error any
 * thread; the rest belongs to who makes it.
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_RECORD_H
#define CONCVIZ_SCHED_TAPE_TAPE_RECORD_H

struct diag;
struct tape_record;
struct trace_listener;

/* Open the file; a tape of that name is replaced, nothing else is. Returns NULL
 * with diag filled. */
struct tape_record *tape_record_new(const char *path, struct diag *diag);

/* For run_options: the first trace that it is given is recorded, and no other
 * one. */
struct trace_listener *tape_record_listener(struct tape_record *record);

/* As tape_writer_error: the run goes on without a tape. */
int tape_record_error(const struct tape_record *record);

/* Once the run has ended: close the file if it is still open (NULL is fine). */
void tape_record_free(struct tape_record *record);

#endif
