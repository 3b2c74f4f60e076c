/*
 * program_compile.h -- a C file that uses concviz.h becomes a program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_COMPILE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_COMPILE_H

#include <stdbool.h>

/* Is the word the name of a C file? */
bool program_compile_takes(const char *word);

/*
 * Compile it with $CC, or cc, which writes its own messages on standard error.
 * Returns a descriptor of the program, which has no name any more; negative,
 * after saying why, if there is none.
 */
int program_compile(const char *file);

#endif
