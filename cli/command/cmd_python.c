/*
 * cmd_python.c -- a Python program, looked at while it runs: asyncio's tasks,
 * and threads.
 */
#include <stdbool.h>
#include <stddef.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_python.h"
#include "sched/base/i18n.h"

/* What is for other programs, but not for these. */
static bool refuse_order(const struct options *options)
{
    static const char *const name[] = { "policy", "seed" };

    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (options_said(options, name[i])) {
            message(_("--%s does not apply to %s"), name[i], "python");
            return true;
        }
    return false;
}

static int run(const struct options *options)
{
    if (arguments_refuse_look(options) || refuse_order(options))
        return EXIT_USAGE;
    if (options->word_count < 2)
        message(_("which program? concviz python SCRIPT, with its arguments "
                  "behind it"));
    else
        return program_python(options);
    return EXIT_USAGE;
}

const struct command command_python = {
    "python", N_("SCRIPT [ARGUMENTS...] [OPTIONS]"),
    N_("watch a Python program: tasks and threads"), FOR_PROGRAM | FOR_ALL, run
};
