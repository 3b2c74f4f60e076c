/*
 * cmd_workload.c -- the built-in workloads, and whether a file of one's own is
 * without mistakes. Nothing is run.
 */
#include <stdio.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/suggest.h"
#include "sched/programs/program_source.h"
#include "sched/programs/programs.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_load.h"
#include "sched/workload/workload_print.h"

static int list(const struct options *options)
{
    if (arguments_too_many(options, 2))
        return EXIT_USAGE;
    for (const struct program_entry *p = program_table; p->name; p++)
        printf("%-22s %s\n", p->name, _(p->title));
    return EXIT_DONE;
}

/* A built-in text with its comments, as it was written; anything else in its
 * canonical form. */
static int show(const struct options *options)
{
    const char *name = options->word_count > 2 ? options->word[2] : NULL;
    const char *text = name ? program_source_text(name) : NULL;
    struct workload *workload;
    struct strbuf canonical;
    struct diag diag;

    if (options->word_count != 3) {
        message(_("workload show needs one name; see concviz workload list"));
        return EXIT_USAGE;
    }
    if (text) {
        fputs(text, stdout);
        return EXIT_DONE;
    }
    workload = programs_open(name, &diag);
    if (!workload) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    strbuf_init(&canonical);
    workload_print(&canonical, workload);
    message_print(&canonical);
    workload_free(workload);
    return EXIT_DONE;
}

/* All files are read, whatever is wrong with the first. */
static int check(const struct options *options)
{
    int status = EXIT_DONE;

    if (options->word_count < 3) {
        message(_("workload check needs a file"));
        return EXIT_USAGE;
    }
    for (size_t i = 2; i < options->word_count; i++) {
        struct diag diag;
        struct workload *workload = workload_load(options->word[i], &diag);

        if (workload) {
            message_warnings(workload);
        } else {
            message_diag(&diag);
            status = EXIT_USAGE;
        }
        workload_free(workload);
    }
    return status;
}

static const struct command parts[] = {
    { .name = "list", .run = list },
    { .name = "show", .run = show },
    { .name = "check", .run = check },
    { .name = NULL },
};

static int workload(const struct options *options)
{
    const char *word = options->word_count > 1 ? options->word[1] : NULL;
    const struct command *part = arguments_part(parts, word);
    struct suggestion near = { .typed = word };

    if (part)
        return part->run(options);
    if (!word) {
        message(_("workload needs list, show NAME or check FILE..."));
        return EXIT_USAGE;
    }
    for (part = parts; part->name; part++)
        suggest(&near, part->name);
    if (near.word)
        message(_("workload %s: did you mean %s?"), word, near.word);
    else
        message(_("workload %s: expected list, show or check"), word);
    return EXIT_USAGE;
}

const struct command command_workload = {
    "workload", N_("list | show NAME | check FILE..."),
    N_("the built-in workloads; check your own"), FOR_ALL, workload
};
