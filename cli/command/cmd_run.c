/*
 * cmd_run.c -- the modes. A run is looked at in one of five ways: live on the
 * terminal, as event text, as a report, as one frame, or not at all. Who looks
 * decides nothing about the run. A command after -- is the business of
 * program_run.c.
 */
#include "cli/command/arguments.h"
#include "cli/command/c_file.h"
#include "cli/command/command.h"
#include "cli/command/run_end.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/player/player.h"
#include "cli/program/program_kernel.h"
#include "cli/program/program_run.h"
#include "cli/report/record.h"
#include "cli/report/sound.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/cores.h"
#include "sched/scheduler/schedule.h"

static int run_live(struct run_plan *plan, const struct options *options,
                    int usable, int sound, bool *shown)
{
    struct runner *runner[2];
    struct diag diag;

    *shown = player_open(plan, NULL, options, usable, runner, &diag);
    if (!*shown) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    return run_end_live(runner, plan, options, sound);
}

static int run_unseen(const struct run_plan *plan,
                      const struct options *options, int sound)
{
    struct runner *runner;
    struct diag diag;
    int status;

    if (plan->run.policy == POLICY_PICK) {
        message(
            _("--policy pick needs the live screen: someone has to choose"));
        return EXIT_USAGE;
    }
    if (plan->note[0])
        message("%s", plan->note);
    runner = runner_start(plan->executor, plan->workload, &plan->run, &diag);
    if (!runner) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    status = run_end_unseen(runner, options, sound);
    runner_free(runner);
    return status;
}

static int run_plan(struct run_plan *plan, const struct options *options,
                    int usable)
{
    struct tape_record *record; /* the live screen changes the plan */
    bool shown = false;
    int status = EXIT_DONE, sound = -1;

    run_plan_note_busy(plan);
    if (options->sound && (sound = sound_open(options->sound)) < 0)
        return EXIT_USAGE;
    if (!record_begin(plan, options))
        return EXIT_USAGE;
    record = plan->record;
    if (arguments_live(options))
        status = run_live(plan, options, usable, sound, &shown);
    if (!shown)
        status = run_unseen(plan, options, sound);
    return record_end(record, options, status);
}

static int run_workload(const struct workload *workload,
                        const struct options *options)
{
    const struct executor *executor = executor_find(options->word[0]);
    int usable = cores_usable(), status = EXIT_USAGE;
    struct schedule schedule = { .departure = NULL };
    struct run_plan plan;
    struct diag diag;

    if (run_plan_make(&plan, executor, workload, options, usable, &diag) &&
        run_plan_schedule(&plan, &schedule, options, &diag))
        status = run_plan(&plan, options, usable);
    else
        message_diag(&diag);
    schedule_fini(&schedule);
    return status;
}

static int run(const struct options *options)
{
    int status;

    if (options->dashes)
        return program_run(options);
    if (c_file_run(options, run, &status))
        return status;
    if (arguments_refuse_run(options))
        return EXIT_USAGE;
    if (options->kernel)
        return program_kernel(options);
    return arguments_with_workload(options, run_workload);
}

const struct command command_run = {
    N_("MODE"), N_("[WORKLOAD | FILE.c | -- COMMAND] [OPTIONS]"),
    N_("run a workload in this mode and watch it"),
    FOR_RUN | FOR_REPLAY | FOR_PROGRAM | FOR_ALL, run
};
