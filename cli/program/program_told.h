/*
 * program_told.h -- somebody else's program looked at while it runs: what is
 * told of it, by itself or by the kernel, and what it writes.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_TOLD_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"

struct options;
struct program_child;
struct program_told;
struct recording;
struct tape_record;
struct trace;

/* Who tells; times are those of CLOCK_MONOTONIC. */
struct program_teller {
    /* It has been started; may be NULL. */
    void (*begin)(void *context, int pid);
    /* Read what was told up to an instant. */
    void (*until)(void *context, int64_t monotonic_ns);
    /* The program has written a line, up to which all was read. */
    void (*say)(void *context, int64_t monotonic_ns, const char *line,
                size_t length);
    /* It has ended; how: OUTCOME_FINISHED, by itself; else we have ended it, and
     * this is why. */
    void (*end)(void *context, int status, enum outcome how);
    const struct trace *(*trace)(void *context);
};

/* What to run. All is borrowed. */
struct program_telling {
    const char *path;               /* of the file */
    const char *const *command;     /* ends with NULL */
    const char *const *environment; /* as in program_child.h */
    int descriptor;                 /* likewise */
    const int *cpu; /* the cores it may be on, so many; NULL: any */
    int cpus;
    const struct program_teller *teller;
    void *context;
};

/* Start it; NULL after saying why that cannot be. telling is needed no more, but
 * who tells is. */
struct program_told *program_told_start(const struct program_telling *telling,
                                        const struct options *options);

/* Its run, which grows as it is read, and its process. */
struct recording *program_told_recording(const struct program_told *told);
const struct program_child *program_told_child(const struct program_told *told);

/* End what still runs of it, print what it has written if options say so, and
 * free all. Nobody looks at the recording any more. */
void program_told_end(struct program_told *told, const struct options *options);

/* Start it, look at it as options ask, end it, and return the exit status;
 * record: as program_watch. */
int program_told_look(const struct program_telling *telling,
                      struct tape_record *record,
                      const struct options *options);

#endif
