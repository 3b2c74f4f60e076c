/*
 * cmd_compare.c -- one workload run in two ways, one after the other so that
 * they do not compete for the cores, then looked at on one clock and one scale.
 */
#include "cli/command/arguments.h"
#include "cli/command/c_file.h"
#include "cli/command/command.h"
#include "cli/command/run_end.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/player/player.h"
#include "cli/program/program_compare.h"
#include "cli/report/compare_report.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/cores.h"

static int run_live(struct run_plan plan[2], const struct options *options,
                    int usable)
{
    struct runner *runner[2];
    struct run_plan shown = plan[0];
    struct diag diag;

    if (player_open(&shown, &plan[1], options, usable, runner, &diag))
        return run_end_close(runner);
    message_diag(&diag);
    return EXIT_FAILED;
}

static int run_unseen(const struct run_plan plan[2],
                      const struct options *options)
{
    struct runner *runner[2] = { NULL, NULL };
    int status = run_end_of(&plan[0], &runner[0]), second = EXIT_DONE;

    if (!run_end_refused(runner[0]))
        second = run_end_of(&plan[1], &runner[1]);
    if (!run_end_refused(runner[0]) && !run_end_refused(runner[1]))
        compare_report_print(runner, options);
    runner_free(runner[0]);
    runner_free(runner[1]);
    return status != EXIT_DONE ? status : second;
}

static int compare(const struct workload *workload,
                   const struct options *options)
{
    int usable = cores_usable();
    struct run_plan plan[2];
    struct diag diag;

    if (!run_plan_pair(plan, workload, options, usable, &diag)) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    if (arguments_live(options))
        return run_live(plan, options, usable);
    return run_unseen(plan, options);
}

static int run(const struct options *options)
{
    int status;

    if (options->dashes)
        return program_compare(options);
    if (c_file_run(options, run, &status))
        return status;
    if (arguments_refuse_run(options))
        return EXIT_USAGE;
    if (options->sound) {
        message(_("--%s is for a single run, and compare makes two"), "sound");
        return EXIT_USAGE;
    }
    return arguments_with_workload(options, compare);
}

const struct command command_compare = {
    "compare", N_("[WORKLOAD | FILE.c | -- COMMAND] [OPTIONS]"),
    N_("run a workload in two ways and compare them"),
    FOR_RUN | FOR_COMPARE | FOR_PROGRAM | FOR_ALL, run
};
