/*
 * arguments.c -- see arguments.h.
 */
#include "cli/command/arguments.h"

#include <string.h>
#include <unistd.h>

#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_compile.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/programs/programs.h"
#include "sched/workload/workload.h"

bool arguments_too_many(const struct options *options, size_t most)
{
    if (options->word_count <= most)
        return false;
    message(_("too many arguments: %s"), options->word[most]);
    return true;
}

bool arguments_refuse_run(const struct options *options)
{
    if (arguments_too_many(options, 2))
        return true;
    if (!options->machines_last)
        return arguments_refuse_look(options);
    message(_("--machines %d-%d: only concviz what-if takes a range"),
            (int)options->machines, (int)options->machines_last);
    return true;
}

bool arguments_refuse_look(const struct options *options)
{
    if (options->at_ns != NOT_SAID && !options->frame_width)
        message(_("--at needs --frame WxH"));
    else if (options->svg && !options->frame_width)
        message(_("--svg needs --frame WxH"));
    else if (options->json && options->frame_width)
        message(_("--json and --frame cannot be combined"));
    else if (options->output && (options->json || options->frame_width))
        message(_("--output cannot be combined with --json or --frame"));
    else
        return false;
    return true;
}

bool arguments_live(const struct options *options)
{
    if (options->json || options->frame_width)
        return false;
    return options->view == VIEW_LIVE ||
           (options->view == VIEW_AUTO && isatty(STDOUT_FILENO));
}

int arguments_with_workload(const struct options *options,
                            int (*run)(const struct workload *workload,
                                       const struct options *options))
{
    const char *name = options->word_count > 1 ? options->word[1]
                                               : PROGRAM_DEFAULT;
    struct workload *workload;
    int status = EXIT_USAGE;
    struct diag diag;

    if (program_compile_takes(name) && access(name, F_OK) == 0) {
        message(_("%s: a C file that uses concviz.h can be run in a mode, and "
                  "compared"),
                name);
        return EXIT_USAGE;
    }
    workload = programs_open(name, &diag);
    if (workload) {
        message_warnings(workload);
        status = run(workload, options);
    } else {
        message_diag(&diag);
    }
    workload_free(workload);
    return status;
}

const struct command *arguments_part(const struct command *part,
                                     const char *word)
{
    for (; word && part->name; part++)
        if (strcmp(part->name, word) == 0)
            return part;
    return NULL;
}
