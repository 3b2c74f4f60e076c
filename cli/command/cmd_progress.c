/*
 * cmd_progress.c -- what somebody has done in the lessons, or a whole class: as
 * text or as CSV.
 */
#include <stdio.h>
#include <string.h>

#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "lessons/catalog.h"
#include "lessons/lesson.h"
#include "lessons/session/progress.h"
#include "lessons/session/progress_table.h"
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

/* For programs: always UTF-8. */
static void print_table(struct strbuf *table)
{
    fwrite(table->text, 1, table->length, stdout);
    strbuf_fini(table);
}

/* A file that is wrong is named, and does not keep the others back. */
static int merge(const struct options *options)
{
    struct catalog *catalog = catalog_new("en");
    int status = EXIT_DONE;
    struct strbuf table;

    strbuf_init(&table);
    progress_table_head(&table);
    for (size_t i = 2; i < options->word_count; i++) {
        struct diag diag;

        if (!progress_table_file(options->word[i], catalog, &table, &diag)) {
            message_diag(&diag);
            status = EXIT_USAGE;
        }
    }
    print_table(&table);
    catalog_free(catalog);
    return status;
}

static void print_own_table(const struct progress *progress, const char *name)
{
    struct catalog *catalog = catalog_new("en");
    struct strbuf table;

    strbuf_init(&table);
    progress_table_head(&table);
    progress_table_rows(progress, name, catalog, &table);
    print_table(&table);
    catalog_free(catalog);
}

static int show(const struct options *options)
{
    struct diag diag;
    struct progress *progress = progress_load(NULL, &diag);

    if (diag.message[0])
        message_diag(&diag);
    if (options->csv)
        print_own_table(progress, options->name);
    else
        print_all(progress);
    progress_free(progress);
    return *diag.message ? EXIT_FAILED : EXIT_DONE;
}

static int run(const struct options *options)
{
    const char *word = options->word_count > 1 ? options->word[1] : NULL;

    if (!word)
        return show(options);
    if (strcmp(word, "merge") != 0) {
        message(_("progress %s: expected merge, or nothing"), word);
        return EXIT_USAGE;
    }
    if (options->word_count == 2) {
        message(_("progress merge needs a file"));
        return EXIT_USAGE;
    }
    return merge(options);
}

const struct command command_progress = { "progress",
                                          N_("[--csv] | merge FILE..."),
                                          N_("what you have done so far"),
                                          FOR_PROGRESS | FOR_ALL, run };
