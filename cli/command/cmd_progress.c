/*
 * cmd_progress.c -- what somebody has done in the lessons, as text or as CSV.
 */
#include <stdio.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "lessons/session/progress.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

static const char *exercise_word(const struct progress_entry *entry)
{
    switch (entry->modify) {
    case MODIFY_SOLVED:
        return _("exercise solved");
    case MODIFY_SEEN:
        return _("solution seen");
    case MODIFY_TRIED:
        return _("exercise tried");
    default:
        return "";
    }
}

static void print_entry(const struct progress_entry *entry)
{
    int answered = 0;

    for (size_t i = 0; i < entry->choice_count; i++)
        answered += entry->choice[i] != CHOICE_NONE;
    printf("%-28s %s", entry->id, entry->done ? _("done") : _("started"));
    printf(_(", questions answered: %d of %zu"), answered, entry->choice_count);
    if (*exercise_word(entry))
        printf(", %s", exercise_word(entry));
    putchar('\n');
}

static void print_all(const struct progress *progress)
{
    size_t printed = 0;

    for (size_t i = 0; i < progress_count(progress); i++)
        if (!progress_at(progress, i)->removed) {
            print_entry(progress_at(progress, i));
            printed++;
        }
    if (printed == 0)
        printf("%s\n", _("Nothing yet. Start with: concviz lesson 1"));
}

static int run(const struct options *options)
{
    struct diag diag;
    struct progress *progress;
    struct strbuf text;

    if (arguments_too_many(options, 1))
        return EXIT_USAGE;
    progress = progress_load(NULL, &diag);
    if (diag.message[0])
        message_diag(&diag);
    strbuf_init(&text);
    if (options->csv)
        progress_csv(progress, &text);
    else
        print_all(progress);
    message_print(&text);
    progress_free(progress);
    return *diag.message ? EXIT_FAILED : EXIT_DONE;
}

const struct command command_progress = { "progress", "[--csv]",
                                          N_("what you have done so far"),
                                          FOR_PROGRESS | FOR_ALL, run };
