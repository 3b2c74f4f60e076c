/*
 * program_diary.h -- coroutine|sequential -- COMMAND looked at: the program
 * tells what its threads do, by the library that makes coroutines of them.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_DIARY_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_DIARY_H

struct options;
struct program_file;
struct trace_info;

/* Run the file's command (ends with NULL) in this environment, look at it as
 * options ask, and return the exit status. */
int program_diary(const struct program_file *file, const char *const *command,
                  const char *const *environment, const struct trace_info *info,
                  const struct options *options);

#endif
