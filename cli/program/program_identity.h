/*
 * program_identity.h -- what a schedule code remembers of a program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_IDENTITY_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_IDENTITY_H

struct schedule_program;

/*
 * Numbers for the program's own code and data as they lie in its file, and for
 * what it is given: its arguments, the files they name, its standard input (a
 * file's name, or NULL: nothing).
 */
void program_identity(struct schedule_program *identity, const char *path,
                      const char *const *command, const char *input);

#endif
