/*
 * cmd_explore.c -- look for a schedule in which a workload goes wrong.
 *
 * Only the options are read here; the search is in sched/explore. What it has
 * found is a page on a terminal (cli/explore), else text or JSON.
 */
#include <stdio.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/explore/explore_live.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_explore.h"
#include "cli/program/program_plain.h"
#include "cli/report/explore_report.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/explore/explore.h"
#include "sched/trace/mode.h"

enum {
    SCHEDULES_MAX = 10000000,
    PREEMPTIONS_MAX = 1000,
};

/* Numbers that are no such numbers. */
static bool refuse_numbers(const struct options *options)
{
    if (options->schedules == 0 || options->schedules > SCHEDULES_MAX) {
        message(_("--schedules must be a number from 1 to %d"), SCHEDULES_MAX);
        return true;
    }
    if (options->max_preemptions > PREEMPTIONS_MAX) {
        message(_("--max-preemptions must be a number from 0 to %d"),
                PREEMPTIONS_MAX);
        return true;
    }
    return false;
}

/* What can be seen to be wrong before anything is opened. */
static bool refuse(const struct options *options)
{
    if (options->word_count < 2) {
        message(_("explore needs a workload, as in concviz explore crossed"));
        return true;
    }
    if (arguments_too_many(options, 2))
        return true;
    if (options->mode == MODE_SEQUENTIAL) {
        message(_("%s has only one order: there is nothing to explore"),
                mode_table[options->mode].name);
        return true;
    }
    return false;
}

/* What was not said; the configuration file may hold what is for runs. */
static void fill(struct explore_options *explore, const struct options *options,
                 const struct mode *mode)
{
    *explore = (struct explore_options){
        .preemptive = mode->traits & PREEMPTIVE,
        .max_preemptions = -1,
        .seed = 1,
    };
    if (options->schedules != NOT_SAID)
        explore->schedules = options->schedules;
    if (options->max_preemptions != NOT_SAID)
        explore->max_preemptions = (int)options->max_preemptions;
    if (options->seed != NOT_SAID)
        explore->seed = (uint64_t)options->seed;
    if (options->limit_ns != NOT_SAID)
        explore->limit_ns = options->limit_ns;
}

/* A page needs something to choose from: findings, or values that differ. */
static bool is_live(const struct explore_report *report,
                    const struct options *options)
{
    const struct explored *explored = report->explored;
    bool some = explored->count > 0;

    for (size_t i = 0; i < explored->shared_count; i++)
        some = some || explored->shared[i].count > 1;
    return some && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
           arguments_live(options);
}

static void show(const struct explore_report *report,
                 const struct options *options)
{
    struct strbuf text;
    struct diag diag;
    bool shown = false;

    if (is_live(report, options)) {
        shown = explore_live(report, options, &diag);
        if (!shown)
            message_diag(&diag);
    }
    strbuf_init(&text);
    if (options->json)
        explore_report_json(&text, report);
    else if (shown)
        explore_report_brief(&text, report);
    else
        explore_report_text(&text, report);
    message_print(&text);
}

static int explore_workload(const struct workload *workload,
                            const struct options *options)
{
    int id = options->mode == NOT_SAID ? MODE_THREADS : options->mode;
    const struct mode *mode = &mode_table[id];
    struct explore_options explore_options;
    struct explored *explored;
    struct diag diag;
    int status;

    fill(&explore_options, options, mode);
    explored = explore(workload, &explore_options, &diag);
    if (!explored) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    show(&(struct explore_report){ workload, options->word[1], mode->name,
                                   &explore_options, explored },
         options);
    status = explored->count > 0 ? EXIT_DEADLOCK : EXIT_DONE;
    explored_free(explored);
    return status;
}

static int run(const struct options *options)
{
    struct explore_options explore_options;

    if (program_plain_takes(options))
        return program_plain_run(options, run);
    if (refuse_numbers(options))
        return EXIT_USAGE;
    if (options->dashes) {
        fill(&explore_options, options, &mode_table[MODE_THREADS]);
        return program_explore(options, &explore_options);
    }
    if (refuse(options))
        return EXIT_USAGE;
    return arguments_with_workload(options, explore_workload);
}

const struct command command_explore = {
    "explore", N_("WORKLOAD"), N_("look for a schedule in which it goes wrong"),
    FOR_EXPLORE | FOR_REPORT | FOR_ALL, run
};
