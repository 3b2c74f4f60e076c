/*
 * program_progress.h -- how far a search has come, in a line that is written
 * over again and again; Ctrl-C ends the search, and not us.
 *
 * Nothing is shown unless standard output and error both are a terminal. Main
 * thread only.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_PROGRESS_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_PROGRESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct explored;

struct program_progress {
    sigset_t before;
    int interrupt; /* a descriptor that tells of Ctrl-C; -1: there is none */
    bool visible;
    int64_t began_ns, shown_ns;
    int cells; /* of the line that is shown */
};

/* From here on SIGINT is ours, until the end, which removes the line. */
void program_progress_begin(struct program_progress *progress);
void program_progress_end(struct program_progress *progress);

/* Is it a while ago that the line was written? Then write what is known now. */
void program_progress_show(struct program_progress *progress,
                           const struct explored *so_far, bool shortening);

/* Has Ctrl-C been pressed since this was asked last? */
bool program_progress_interrupted(const struct program_progress *progress);

#endif
