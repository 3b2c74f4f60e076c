/*
 * main.c -- the program: what was asked for, and the command that does it.
 */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/carried/carried.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/config_file.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

/* Where our parent closed one of the three standard files, the next file we
 * open would take its place and get what was meant for it. Something that can
 * be neither read nor written takes it instead. */
static void keep_standard_files(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            open("/", O_RDONLY | O_DIRECTORY);
}

/* The configuration file first, the command line over it. */
static bool read_options(struct options *options, int count,
                         char *const *argument, struct diag *diag)
{
    char path[PATH_MAX];
    const char *language = options_language(count, argument);

    language_set(language);
    if (config_file_path(path, sizeof path) &&
        !config_file_read(options, path, diag))
        return false;
    if (!language && options->language)
        language_set(options->language);
    options->said = 0;
    return options_parse(options, count, argument, diag);
}

/* An option that means nothing here was typed for something: say so. */
static bool refuse_foreign(const struct options *options,
                           const struct command *command)
{
    for (int i = 0; option_table[i].name; i++)
        if (options->said >> i & 1 &&
            !(option_table[i].scope & command->scope)) {
            message(_("--%s does not apply to %s"), option_table[i].name,
                    options->word_count ? options->word[0] : command->name);
            return true;
        }
    return false;
}

/* Can a menu be shown, and somebody choose from it? */
static bool on_terminal(void)
{
    const char *term = getenv("TERM");

    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term &&
           strcmp(term, "dumb") != 0;
}

static int run(const struct options *options)
{
    const struct command *command = NULL;

    if (options->version)
        return command_version.run(options);
    if (options->word_count) {
        command = command_find(options->word[0]);
        if (!command)
            return command_refuse(options->word[0]);
    }
    if (!command && !options->help && on_terminal())
        command = &command_menu;
    if (options->help || !command) {
        command_print_help(command);
        return EXIT_DONE;
    }
    if (refuse_foreign(options, command))
        return EXIT_USAGE;
    return command->run(options);
}

int main(int argc, char **argv)
{
    struct options options;
    struct diag diag;
    int status = EXIT_USAGE;

    keep_standard_files();
    signal(SIGXFSZ, SIG_IGN); /* a full file is an error, not the end */
    if (isatty(STDOUT_FILENO))
        carried_terminal();
    options_init(&options);
    if (read_options(&options, argc > 0 ? argc - 1 : 0, argv + 1, &diag))
        status = run(&options);
    else
        message_diag(&diag);
    options_fini(&options);
    return message_finished(status);
}
