/*
 * program_kernel.c -- see program_kernel.h. So our picture of a run can be held
 * against the kernel's: that one knows nothing of lines and machines of ours, only
 * threads, named after their tasks, and what they wait for while they have no turn.
 */
#include "cli/program/program_kernel.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_run.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"

enum {
    OWN_WORDS = 4 /* the program, --view none, and the end */
};

static bool refuse(const struct options *options)
{
    const struct mode *mode = mode_find(options->word[0]);

    if (mode != &mode_table[MODE_THREADS] && mode != &mode_table[MODE_PARALLEL])
        message(_("--kernel is for threads and parallel: in other modes the "
                  "kernel sees one thread"));
    else if (options->model)
        message(
            _("--kernel and --model: a run that is computed has no threads"));
    else if (options->word_count > 1 && strcmp(options->word[1], "-") == 0)
        message(_("--kernel needs a workload with a name: standard input is "
                  "read by the other process"));
    else
        return false;
    return true;
}

int program_kernel(const struct options *options)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    const char **command;
    size_t count;
    int status;

    if (refuse(options))
        return EXIT_USAGE;
    if (length <= 0)
        return EXIT_FAILED;
    self[length] = '\0';
    command = xcalloc((size_t)options->given_count + OWN_WORDS,
                      sizeof *command);
    command[0] = self;
    count = 1 + options_of_group(options, GROUP_RUN, command + 1);
    command[count++] = "--view";
    command[count] = "none";
    status = program_run_observed(command, options);
    free(command);
    return status;
}
