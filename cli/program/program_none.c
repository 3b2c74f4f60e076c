/*
 * program_none.c -- for systems that are not Linux: other people's programs, and
 * those in C and Python, are run and watched by means that only Linux has.
 * Whoever asks for them is told so.
 */
#include <stdlib.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_c.h"
#include "cli/program/program_compare.h"
#include "cli/program/program_compile.h"
#include "cli/program/program_explore.h"
#include "cli/program/program_kernel.h"
#include "cli/program/program_plain.h"
#include "cli/program/program_python.h"
#include "cli/program/program_run.h"
#include "sched/base/i18n.h"

int program_run(const struct options *options)
{
    (void)options;
    message(_("programs can be run and watched on Linux only; on this system "
              "concviz has workloads and lessons"));
    return EXIT_USAGE;
}

int program_kernel(const struct options *options)
{
    return program_run(options);
}

int program_c_run(const struct options *options)
{
    return program_run(options);
}

int program_python(const struct options *options)
{
    return program_run(options);
}

int program_compare(const struct options *options)
{
    return program_run(options);
}

int program_explore(const struct options *options,
                    const struct explore_options *explore)
{
    (void)explore;
    return program_run(options);
}

/* Refused in program_plain_run, whatever it is; not taken for a workload. */
bool program_plain_takes(const struct options *options)
{
    return options->word_count == 2 && program_compile_takes(options->word[1]);
}

int program_plain_run(const struct options *options,
                      int (*command)(const struct options *options))
{
    (void)command;
    return program_run(options);
}
