/*
 * c_file.c -- a C file is run in one of two ways: as a program that uses
 * concviz.h, or as anybody's program, which it is once it has been compiled.
 */
#include "cli/command/c_file.h"

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_c.h"
#include "cli/program/program_compile.h"
#include "cli/program/program_plain.h"
#include "sched/base/i18n.h"

bool c_file_run(const struct options *options,
                int (*command)(const struct options *options), int *status)
{
    if (program_plain_takes(options)) {
        *status = program_plain_run(options, command);
    } else if (options->word_count > 1 &&
               program_compile_takes(options->word[1])) {
        *status = program_c_run(options);
    } else if (options->input) {
        message(_("--stdin is for another program: concviz coroutine -- "
                  "COMMAND"));
        *status = EXIT_USAGE;
    } else {
        return false;
    }
    return true;
}
