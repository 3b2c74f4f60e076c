/*
 * cmd_progress.c -- what somebody has done in the lessons, as text or as CSV.
 */
#include <stdio.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "lessons/catalog.h"
#include "lessons/lesson.h"
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
    printf("    %s", entry->done ? _("done") : _("started"));
    printf(_(", questions answered: %d of %zu"), answered, entry->choice_count);
    if (*exercise_word(entry))
        printf(", %s", exercise_word(entry));
    putchar('\n');
}

/* Lessons in their order; then those that somebody wrote. */
static void print_all(const struct progress *progress)
{
    struct catalog *catalog = catalog_new(language_is_korean() ? "ko" : "en");
    size_t printed = 0;

    for (size_t i = 0; i < catalog_count(catalog); i++) {
        const struct lesson *lesson = catalog_lesson(catalog, i);
        const struct progress_entry *entry = progress_find(progress,
                                                           lesson->id);

        if (!entry)
            continue;
        printf("%2zu  %s\n", i + 1, lesson->title);
        print_entry(entry);
        printed++;
    }
    for (size_t i = 0; i < progress_count(progress); i++) {
        const struct progress_entry *entry = progress_at(progress, i);

        if (entry->removed || catalog_find(catalog, entry->id) >= 0)
            continue;
        printf("    %s\n", entry->id);
        print_entry(entry);
        printed++;
    }
    if (printed == 0)
        printf("%s\n", _("Nothing yet. Start with: concviz lesson 1"));
    catalog_free(catalog);
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
