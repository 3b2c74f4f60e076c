/*
 * program_python.h -- `concviz python SCRIPT`: an asyncio program, looked at.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_PYTHON_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_PYTHON_H

struct options;

/*
 * Run the script word[1] with the words behind it, look at it as options ask,
 * and return its exit status. Main thread.
 */
int program_python(const struct options *options);

#endif
