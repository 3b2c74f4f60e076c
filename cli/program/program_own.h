/*
 * program_own.h -- a compiled program of concviz.h, as a run of its own process.
 *
 * It writes a tape, which we follow. Main thread.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_OWN_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_OWN_H

#include <stdbool.h>

struct options;
struct program_own;
struct recording;
struct run_plan;
struct runner;

/*
 * Start it as plan says: program is a descriptor of it, file what it was
 * compiled from, both borrowed; *recording, which is the caller's, is its tape.
 * Returns NULL after saying why not: it may have ended without a run, and
 * *status is the exit status that asks for.
 */
struct program_own *program_own_start(int program, const char *file,
                                      const struct run_plan *plan,
                                      const struct options *options,
                                      struct recording **recording,
                                      int *status);

/* Let a runner of the recording look after the program. */
void program_own_accompany(struct program_own *own, struct runner *runner);

/*
 * Once its run has been seen: wait for the end of the program, or end it if it
 * was left before the end of its run; say how it ended, unless the run has told
 * that; print what was kept of its output if all, or if something went wrong.
 * Returns what its end asks for, or, where that is EXIT_DONE, status. Frees
 * all, and comes before its recording is closed.
 */
int program_own_end(struct program_own *own, bool all, int status);

#endif
