/*
 * cmd_watch.c -- any program, as the system runs it: nothing of it is changed,
 * and whatever it starts is shown, too.
 */
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_run.h"
#include "sched/base/i18n.h"

static int run(const struct options *options)
{
    if (options->dashes)
        return program_run(options);
    message(_("watch what? concviz watch -- COMMAND, as in: concviz watch -- "
              "make -j4"));
    return EXIT_USAGE;
}

const struct command command_watch = {
    "watch", N_("-- COMMAND [OPTIONS]"),
    N_("watch processes and threads of any program"), FOR_PROGRAM | FOR_ALL, run
};
