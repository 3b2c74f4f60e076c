/*
 * command.c -- the commands there are, and which one is meant.
 */
#include "cli/command/command.h"

#include <string.h>

#include "cli/message.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/trace/mode.h"

const struct command *const command_table[] = {
    &command_run, /* the modes */
    &command_python,
    &command_compare,
    &command_replay,
    &command_explore,
    &command_cc,
    &command_whatif,
    &command_watch,
    &command_export,
    &command_lesson,
    &command_progress,
    &command_workload,
    &command_bench,
    &command_doctor,
    &command_reset,
    &command_help,
    &command_version,
    NULL,
};

const struct command *command_find(const char *name)
{
    if (mode_find(name))
        return &command_run;
    for (int i = 0; command_table[i]; i++)
        if (command_table[i] != &command_run &&
            strcmp(command_table[i]->name, name) == 0)
            return command_table[i];
    return NULL;
}

/* The nearest of everything that could stand as the first word, or NULL. */
static const char *nearest(const char *name)
{
    struct suggestion near = { .typed = name };

    for (int i = 0; i < MODE_COUNT; i++)
        suggest(&near, mode_table[i].name);
    for (int i = 0; command_table[i]; i++)
        if (command_table[i] != &command_run)
            suggest(&near, command_table[i]->name);
    return near.word;
}

int command_refuse(const char *name)
{
    if (nearest(name))
        message(_("%s is not a mode or command; did you mean %s?"), name,
                nearest(name));
    else
        message(_("%s is not a mode or command; see concviz --help"),
                *name ? name : "\"\"");
    return EXIT_USAGE;
}
