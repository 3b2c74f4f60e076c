/*
 * cmd_help.c -- the help text: examples first, since that is what most people
 * look for; then the modes, the commands, the options, all from their tables.
 */
#include <stdio.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/trace/mode.h"

enum {
    LEFT_CELLS = 30,    /* the left column of options and commands */
    EXAMPLE_CELLS = 44, /* the left column of examples */
};

static const struct {
    const char *line, *meaning;
} example[] = {
    { "concviz lesson 1", N_("the first of 25 lessons") },
    { "concviz coroutine", N_("five people, two lines, one machine") },
    { "concviz parallel", N_("the same, a machine for each line") },
    { "concviz threads juice --slice 20", N_("one core, small time slices") },
    { "concviz coroutine async-sum --view plain",
      N_("every event as a line of text") },
    { "concviz parallel --model --machines 4",
      N_("four machines, computed, not run") },
    { "concviz explore crossed", N_("find the order that gets it stuck") },
    { "concviz coroutine my.work --json", N_("your own; a JSON report") },
};

static const char *const group_title[GROUP_COUNT] = {
    [GROUP_RUN] = N_("The run:"),
    [GROUP_EXPLORE] = N_("Looking for a bad schedule (explore):"),
    [GROUP_OUTPUT] = N_("Output:"),
    [GROUP_EXPORT] = N_("Exporting (export):"),
    [GROUP_LOOK] = N_("Appearance:"),
    [GROUP_LESSON] = N_("Lessons:"),
    [GROUP_OTHER] = N_("General:"),
};

/* The catalogue's own head stands under "". */
static const char *translated(const char *text)
{
    return text && *text ? _(text) : "";
}

/* "  left   right": right on a line of its own if left is too long. */
static void print_row(const char *left, int cells, const char *right)
{
    int used = 2 + text_cells(left);

    printf("  %s", left);
    if (used + 1 > cells) {
        putchar('\n');
        used = 0;
    }
    printf("%*s%s\n", cells - used, "", right);
}

static void print_options(unsigned scope)
{
    char left[96];

    for (int group = 0; group < GROUP_COUNT; group++) {
        bool titled = false;

        for (const struct option_spec *o = option_table; o->name; o++) {
            if ((int)o->group != group || !(o->scope & scope))
                continue;
            if (!titled)
                printf("\n%s\n", _(group_title[group]));
            titled = true;
            snprintf(left, sizeof left, "%c%c%s--%s%s%s", o->letter ? '-' : ' ',
                     o->letter ? o->letter : ' ', o->letter ? ", " : "  ",
                     o->name, o->argument ? " " : "", translated(o->argument));
            print_row(left, LEFT_CELLS, _(o->help));
        }
    }
}

static void print_modes(void)
{
    printf("\n%s\n", _("Modes:"));
    for (int i = 0; i < MODE_COUNT; i++)
        print_row(mode_table[i].name, LEFT_CELLS / 2, _(mode_table[i].title));
}

static void print_commands(void)
{
    char left[96];

    printf("\n%s\n", _("Commands:"));
    for (int i = 0; command_table[i]; i++) {
        const struct command *command = command_table[i];

        if (command == &command_run)
            continue;
        snprintf(left, sizeof left, "%s %s", command->name,
                 translated(command->arguments));
        print_row(left, LEFT_CELLS, _(command->help));
    }
}

static void print_program(void)
{
    printf("concviz %s - %s\n\n%s\n", PACKAGE_VERSION,
           _("see concurrency and parallelism"), _("Examples:"));
    for (size_t i = 0; i < sizeof example / sizeof *example; i++)
        print_row(example[i].line, EXAMPLE_CELLS, _(example[i].meaning));
    printf("\n%s\n  concviz %s %s\n  concviz %s\n", _("Usage:"),
           _(command_run.name), translated(command_run.arguments),
           _("COMMAND [ARGUMENTS]"));
    print_modes();
    print_commands();
    print_options(~0U);
    printf("\n%s\n", _("More: man concviz, or press ? on the live screen"));
}

void command_print_help(const struct command *command)
{
    if (!command) {
        print_program();
        return;
    }
    printf("%s\n  concviz %s %s\n\n%s\n", _("Usage:"), _(command->name),
           translated(command->arguments), _(command->help));
    if (command == &command_run)
        print_modes();
    print_options(command->scope);
}

static int help(const struct options *options)
{
    const struct command *command = NULL;

    if (arguments_too_many(options, 2))
        return EXIT_USAGE;
    if (options->word_count == 2) {
        command = command_find(options->word[1]);
        if (!command)
            return command_refuse(options->word[1]);
    }
    command_print_help(command);
    return EXIT_DONE;
}

static int version(const struct options *options)
{
    if (arguments_too_many(options, 1))
        return EXIT_USAGE;
    printf("concviz %s\n", PACKAGE_VERSION);
    return EXIT_DONE;
}

const struct command command_help = {
    "help", N_("[COMMAND]"), N_("show this help, or the help of a command"),
    FOR_ALL, help
};

const struct command command_version = { "version", "", N_("show the version"),
                                         FOR_ALL, version };
