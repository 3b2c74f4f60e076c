/*
 * program_c.h -- `concviz MODE FILE.c`: a program that uses concviz.h.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_C_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_C_H

struct options;

/* Compile the file that the second word names, run it in the mode of the first,
 * and show it. Returns the exit status. */
int program_c_run(const struct options *options);

#endif
