/*
 * program_explore.c -- see program_explore.h.
 */
#include "cli/program/program_explore.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/explore/orders_live.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_file.h"
#include "cli/program/program_orders.h"
#include "cli/program/program_progress.h"
#include "cli/program/program_story.h"
#include "cli/report/orders_report.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore.h"

enum {
    SIGNALLED = 128, /* as a shell counts */
};

static bool refuse(const struct options *options)
{
    if (options->dashes > 1 || options->word_count == options->dashes)
        message(_("explore, --, and the command: concviz explore -- COMMAND"));
    else if (options->mode != NOT_SAID)
        message(_("--mode does not apply to another program"));
    else
        return false;
    return true;
}

static bool is_live(const struct orders_report *report,
                    const struct options *options)
{
    return report->explored->count > 0 && isatty(STDIN_FILENO) &&
           isatty(STDOUT_FILENO) && arguments_live(options);
}

static void show(const struct orders_report *report,
                 const struct options *options)
{
    struct strbuf text;
    struct diag diag;
    bool shown = false;

    if (is_live(report, options)) {
        shown = orders_live(report, options, &diag);
        if (!shown)
            message_diag(&diag);
    }
    strbuf_init(&text);
    if (options->json)
        orders_report_json(&text, report);
    else if (shown)
        orders_report_brief(&text, report);
    else
        orders_report_text(&text, report);
    message_print(&text);
}

static struct program_story **make_stories(
    const struct program_ordered *ordered, const struct explored *explored,
    int64_t limit_ns)
{
    struct program_story **story = xcalloc(explored->count + 1, sizeof *story);
    struct diag unused;

    for (size_t i = 0; i < explored->count; i++)
        story[i] = program_story_new(ordered, &explored->finding[i].schedule,
                                     limit_ns, &unused);
    return story;
}

static int status_of(const struct explored *explored)
{
    if (explored->count > 0)
        return EXIT_DEADLOCK;
    return explored->stopped ? SIGNALLED + SIGINT : EXIT_DONE;
}

static int explore_orders(struct program_orders *orders,
                          const struct program_ordered *ordered,
                          const struct options *options,
                          const struct explore_options *explore)
{
    const struct program_usual *usual = program_orders_usual(orders);
    struct program_progress progress;
    struct diag diag;
    struct explored *explored;
    struct program_story **story = NULL;
    int status;

    program_progress_begin(&progress);
    explored = explore_program(program_orders_subject(orders, &progress),
                               explore, &diag);
    if (explored)
        story = make_stories(ordered, explored, usual->limit_ns);
    program_progress_end(&progress);
    if (!explored) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    show(&(struct orders_report){ ordered->command, ordered->input, explore,
                                  explored, usual, story },
         options);
    status = status_of(explored);
    for (size_t i = 0; i < explored->count; i++)
        program_story_free(story[i]);
    free(story);
    explored_free(explored);
    return status;
}

int program_explore(const struct options *options,
                    const struct explore_options *explore)
{
    struct program_file file;
    struct program_ordered ordered = {
        .file = &file,
        .command = &options->word[options->dashes],
        .input = options->input,
        .limit_ns = explore->limit_ns,
        .language = options->environment_language,
    };
    struct program_orders *orders;
    struct diag diag;
    int status;

    if (refuse(options))
        return EXIT_USAGE;
    if (!program_file_find(
            &file, options->compiled ? options->compiled : ordered.command,
            &diag) ||
        !(orders = program_orders_start(&ordered, &diag))) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    status = explore_orders(orders, &ordered, options, explore);
    program_orders_free(orders);
    return status;
}
