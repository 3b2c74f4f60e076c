/*
 * program_told.h -- MODE -- COMMAND looked at: the program tells what its
 * threads do, by the library that makes coroutines of them.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_TOLD_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_TOLD_H

struct options;
struct trace_info;

/* What to run. All is borrowed. */
struct program_telling {
    const char *path;               /* of the file */
    const char *const *command;     /* ends with NULL */
    const char *const *environment; /* as in program_child.h */
    const char *meant; /* file of the program that is meant: as path, or what
                          path runs */
    const struct trace_info *info;
};

/* Run it, look at it as options ask, and return the exit status. */
int program_told(const struct program_telling *telling,
                 const struct options *options);

#endif
