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
 * compiled from, both borrowed. Returns NULL after saying why not: it may have
 * ended without a run, and then *status is the exit status that asks for.
 */
struct program_own *program_own_start(int program, const char *file,
                                      const struct run_plan *plan,
                                      const struct options *options,
                                      int *status);

/* The run, and what it is read from; both belong to it. */
struct runner *program_own_runner(const struct program_own *own);
struct recording *program_own_recording(const struct program_own *own);

/*
 * Once its run has been seen: wait for the end of the program, or end it if it
 * was seen before its end; say how it ended, print what was kept of its output
 * if all, or if something went wrong. Returns status, or, where that is
 * EXIT_DONE, what the program's end asks for. Frees all.
 */
int program_own_end(struct program_own *own, bool all, int status);

#endif
