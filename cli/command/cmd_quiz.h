/*
 * cmd_quiz.h -- the part of concviz lesson that makes exercises.
 */
#ifndef CONCVIZ_CLI_COMMAND_CMD_QUIZ_H
#define CONCVIZ_CLI_COMMAND_CMD_QUIZ_H

struct options;

/* concviz lesson quiz [MODE] [1|2|3]. Returns the exit status. */
int cmd_quiz(const struct options *options);

#endif
