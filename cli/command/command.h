/*
 * command.h -- the commands of the program, one cmd_*.c each.
 */
#ifndef CONCVIZ_CLI_COMMAND_COMMAND_H
#define CONCVIZ_CLI_COMMAND_COMMAND_H

struct options;

struct command {
    const char *name;
    const char *arguments; /* how they are written in the help; or "" */
    const char *help;      /* one line, marked with N_() */
    unsigned scope;        /* enum option_scope: the options it takes */
    /* word[0] of the options is the command. Returns the exit status. */
    int (*run)(const struct options *options);
};

extern const struct command command_bench;
extern const struct command command_cc;
extern const struct command command_compare;
extern const struct command command_doctor;
extern const struct command command_explore;
extern const struct command command_export;
extern const struct command command_help;
extern const struct command command_lesson;
extern const struct command command_progress;
extern const struct command command_python;
extern const struct command command_replay;
extern const struct command command_reset;
extern const struct command command_run; /* all modes; its name is "MODE" */
extern const struct command command_version;
extern const struct command command_watch;
extern const struct command command_whatif;
extern const struct command command_workload;

/* All of them, in the order of the help; ends with NULL. */
extern const struct command *const command_table[];

/* What bare `concviz` is on a terminal. */
extern const struct command command_menu;

/* The command called name (every mode is command_run's), or NULL. */
const struct command *command_find(const char *name);

/* Say that there is no command called name, and which one was probably meant.
 * Returns the exit status. */
int command_refuse(const char *name);

/* Print the help text of one command, or of the program (NULL). */
void command_print_help(const struct command *command);

#endif
