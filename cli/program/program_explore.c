/*
 * program_explore.c -- see program_explore.h.
 */
#include "cli/program/program_explore.h"

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_file.h"
#include "cli/program/program_orders.h"
#include "cli/report/orders_report.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/explore/explore.h"

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

static void show(const struct orders_report *report,
                 const struct options *options)
{
    struct strbuf text;

    strbuf_init(&text);
    if (options->json)
        orders_report_json(&text, report);
    else
        orders_report_text(&text, report);
    message_print(&text);
}

static int explore_orders(struct program_orders *orders,
                          const struct options *options,
                          const struct explore_options *explore,
                          const char *const *command)
{
    struct diag diag;
    struct explored *explored = explore_program(program_orders_subject(orders),
                                                explore, &diag);
    int status;

    if (!explored) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    show(&(struct orders_report){ command, options->input, explore, explored,
                                  program_orders_usual(orders) },
         options);
    status = explored->count > 0 ? EXIT_DEADLOCK : EXIT_DONE;
    explored_free(explored);
    return status;
}

int program_explore(const struct options *options,
                    const struct explore_options *explore)
{
    const char *const *command = &options->word[options->dashes];
    struct program_orders *orders;
    struct program_file file;
    struct diag diag;
    int status;

    if (refuse(options))
        return EXIT_USAGE;
    if (!program_file_find(&file, command, &diag) ||
        !(orders = program_orders_start(
              &(struct program_ordered){ &file, command, options->input,
                                         explore->limit_ns,
                                         options->environment_language },
              &diag))) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    status = explore_orders(orders, options, explore, command);
    program_orders_free(orders);
    return status;
}
