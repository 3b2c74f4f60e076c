/*
 * cmd_lesson.c -- lessons: go through one, list, check, reset, exercises.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/command/cmd_quiz.h"
#include "cli/command/command.h"
#include "cli/lesson/lesson_plan.h"
#include "cli/lesson/lesson_print.h"
#include "cli/lesson/session.h"
#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "lessons/catalog.h"
#include "lessons/check/check.h"
#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "lessons/session/progress.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

enum {
    TITLE_CELLS = 47
};

static struct catalog *open_catalog(void)
{
    return catalog_new(language_is_korean() ? "ko" : "en");
}

static void say_diags(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        message_diag(&diags->diag[i]);
    if (diags->found > diags->count)
        message(_("and %zu more"), diags->found - diags->count);
}

static const char *state_word(const struct progress *progress, const char *id)
{
    const struct progress_entry *entry = progress_find(progress, id);

    if (!entry)
        return "";
    return entry->done ? _("done") : _("started");
}

/* --- list, reset ---------------------------------------------------------- */

static int list(const struct options *options)
{
    struct catalog *catalog;
    struct progress *progress;
    struct diag diag;

    if (arguments_too_many(options, 2))
        return EXIT_USAGE;
    catalog = open_catalog();
    progress = progress_load(NULL, &diag);
    if (*diag.message)
        message_diag(&diag);
    for (size_t i = 0; i < catalog_count(catalog); i++) {
        const struct lesson *lesson = catalog_lesson(catalog, i);

        printf("%2zu  %s%*s  %s\n", i + 1, lesson->title,
               text_cells(lesson->title) < TITLE_CELLS
                   ? TITLE_CELLS - text_cells(lesson->title)
                   : 0,
               "", lesson->id);
        if (*state_word(progress, lesson->id))
            printf("    %s\n", state_word(progress, lesson->id));
    }
    progress_free(progress);
    catalog_free(catalog);
    return EXIT_DONE;
}

/* The id that a number or id names; anything else is an id of a file. */
static const char *id_of(const struct catalog *catalog, const char *word)
{
    int index = catalog_find(catalog, word);

    return index < 0 ? word : catalog_lesson(catalog, (size_t)index)->id;
}

static int reset(const struct options *options)
{
    struct catalog *catalog;
    struct progress *progress;
    struct diag diag;
    int status = EXIT_DONE;
    bool found;

    if (options->word_count != 3) {
        message(_("lesson reset needs the number or id of a lesson, or all"));
        return EXIT_USAGE;
    }
    catalog = open_catalog();
    progress = progress_load(NULL, &diag);
    found = progress_reset(progress, id_of(catalog, options->word[2]));
    if (*diag.message || (found && !progress_save(progress, &diag))) {
        message_diag(&diag);
        status = EXIT_FAILED;
    } else if (!found) {
        message(_("%s has not been started"), options->word[2]);
    }
    progress_free(progress);
    catalog_free(catalog);
    return status;
}

/* --- check ---------------------------------------------------------------- */

static int check(const struct options *options)
{
    size_t count = options->word_count - 2, read = 0, claims;
    struct lesson **lesson;
    struct diags diags;
    int status;

    if (count == 0) {
        message(_("lesson check needs a file"));
        return EXIT_USAGE;
    }
    lesson = xcalloc(count, sizeof *lesson);
    diags_init(&diags);
    for (size_t i = 0; i < count; i++) {
        lesson[read] = lesson_load(options->word[i + 2], &diags);
        read += lesson[read] != NULL;
    }
    claims = check_lessons((const struct lesson *const *)lesson, read,
                           &lesson_plan_runner, &diags);
    say_diags(&diags);
    status = diags.found ? EXIT_USAGE : EXIT_DONE;
    if (!diags.found)
        printf(_("lessons: %zu, claims that hold: %zu\n"), read, claims);
    for (size_t i = 0; i < read; i++) {
        for (size_t j = 0; j < lesson[i]->workload_count; j++)
            message_warnings(lesson[i]->workload[j].workload);
        lesson_free(lesson[i]);
    }
    free(lesson);
    diags_fini(&diags);
    return status;
}

/* --- going through lessons ------------------------------------------------ */

/* Returns whether there was a terminal for it. lesson NULL: the menu. */
static bool show(const struct options *options, const struct lesson *lesson,
                 int number)
{
    struct session *session;
    struct diag diag;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return false;
    session = session_new(options, &diag);
    if (!session) {
        message_diag(&diag);
        return false;
    }
    if (!lesson || session_lesson(session, lesson, number))
        session_menu(session);
    session_free(session);
    return true;
}

/* A page of the lesson, for documents and slides. */
static int print_page(const struct options *options,
                      const struct lesson *lesson, int number)
{
    struct diag diag;
    struct session *session = session_new(options, &diag);
    bool printed;
    int pages;

    if (!session) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    session_lesson(session, lesson, number);
    printed = session_printed(session);
    pages = session_pages(session);
    session_free(session);
    if (!printed && options->page)
        message(_("--page %d: %s has %d pages"), (int)options->page, lesson->id,
                pages);
    else if (!printed)
        message(_("%s asks no question: there is no page to print"),
                lesson->id);
    return printed ? EXIT_DONE : EXIT_FAILED;
}

static int open_lesson(const struct options *options, const char *word)
{
    struct catalog *catalog = open_catalog();
    const struct lesson *lesson;
    struct diags diags;
    int number = catalog_find(catalog, word) + 1, status = EXIT_DONE;

    diags_init(&diags);
    lesson = catalog_open(catalog, word, &diags);
    say_diags(&diags);
    diags_fini(&diags);
    if (lesson && options->frame_width)
        status = print_page(options, lesson, number);
    else if (lesson && !show(options, lesson, number))
        lesson_print(lesson, options->lecturer);
    catalog_free(catalog);
    return lesson ? status : EXIT_USAGE;
}

static const struct command parts[] = {
    { .name = "list", .run = list },
    { .name = "check", .run = check },
    { .name = "reset", .run = reset },
    { .name = "quiz", .run = cmd_quiz },
    { .name = NULL },
};

static int lesson(const struct options *options)
{
    const char *word = options->word_count > 1 ? options->word[1] : NULL;
    const struct command *part = arguments_part(parts, word);

    if (options->frame_width ? !word || part : options->svg || options->page) {
        message(
            _("a page of a lesson: say which one and how large, as in lesson "
              "18 --frame 80x24 --page 2 --svg"));
        return EXIT_USAGE;
    }
    if (part)
        return part->run(options);
    if (arguments_too_many(options, 2))
        return EXIT_USAGE;
    if (word)
        return open_lesson(options, word);
    return show(options, NULL, 0) ? EXIT_DONE : list(options);
}

static int menu(const struct options *options)
{
    if (options->frame_width || options->svg || options->page)
        return lesson(options);
    if (!show(options, NULL, 0))
        command_print_help(NULL);
    return EXIT_DONE;
}

const struct command command_lesson = {
    "lesson",
    N_("[ID|NUMBER|FILE] | list | check FILE... | reset ID|all | quiz"),
    N_("learn it: predict, run, change"), FOR_LESSON | FOR_ALL, lesson
};

const struct command command_menu = { "menu", "", N_("all lessons"),
                                      FOR_LESSON | FOR_ALL, menu };
