/*
 * program_watch.h -- a run of somebody else's program, looked at.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_WATCH_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_WATCH_H

#include <stdbool.h>

#include "cli/program/program_child.h"

struct kept_runs;
struct options;
struct recording;
struct tape_record;

/*
 * Look at a program that was started while its recording grows, as options ask:
 * on the live screen, as event text, as JSON, as one frame. The child is read by
 * whoever reads the recording. Returns the program's own exit status, as a shell
 * would say it (128 and the number of a signal), or that of a person who left
 * before the end. record, or NULL: the live screen says if it fails. Main thread.
 */
int program_watch(struct recording *recording,
                  const struct program_child *child, struct tape_record *record,
                  const struct options *options);

/* Where what the program writes goes, so that it is not mixed with what we do. */
enum program_output program_watch_output(const struct options *options);

/* Print what was kept of its output, as it was written. */
void program_watch_print(const struct program_child *child);

/* A recording as the one run that is kept; follow: see runner_replay. Its runner
 * is to be freed before the recording is closed. */
void program_watch_open(struct kept_runs *kept, struct recording *recording,
                        bool follow);

/* The exit status that the child's end asks for; status: of who has left before
 * it. */
int program_watch_status(const struct program_child *child, int status);

#endif
