/*
 * The modes. A run is looked at in one of five ways: live on the terminal, as
 * event text, as a report, as one frame, or not at all. Who looks decides
 * nothing about the run.
 */
#include <errno.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/plan.h"
#include "cli/player.h"
#include "cli/runner.h"
#include "cli/say.h"
#include "cli/watch.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/programs/programs.h"
#include "sched/run/machines.h"
#include "sched/workload/workload.h"

static int usable_machines(void)
{
    struct machines machines;
    int usable;

    machines_init(&machines, NULL, NULL);
    usable = machines.usable;
    machines_fini(&machines);
    return usable;
}

/* What can be seen to be wrong before anything is opened. */
static bool refuse(const struct options *options)
{
    if (options->word_count > 2) {
        say(_("too many arguments: %s"), options->word[2]);
        return true;
    }
    if (options->at_ns != NOT_SAID && !options->frame_width) {
        say(_("--at needs --frame WxH"));
        return true;
    }
    if (options->json && options->frame_width) {
        say(_("--json and --frame cannot both be printed"));
        return true;
    }
    return false;
}

static bool wants_live(const struct options *options)
{
    if (options->json || options->frame_width)
        return false;
    return options->view == VIEW_LIVE ||
           (options->view == VIEW_AUTO && isatty(STDOUT_FILENO));
}

/* Wait for the run; if it failed, say why. Returns the exit status. */
static int finish(struct runner *runner)
{
    const struct diag *why;
    int error;

    while (!runner_wait(runner, -1))
        continue;
    error = runner_error(runner, &why);
    if (!error)
        return watch_status(runner);
    say_diag(why);
    return error == -EINVAL ? EXIT_USAGE : EXIT_FAILED;
}

static bool has_failed(int status)
{
    return status == EXIT_USAGE || status == EXIT_FAILED;
}

static int run_live(struct plan *plan, const struct options *options,
                    int usable, bool *shown)
{
    struct runner *runner;
    struct diag diag;
    int status;

    *shown = player_run(plan, options, usable, &runner, &diag);
    if (!*shown) {
        say_diag(&diag);
        return EXIT_FAILED;
    }
    status = finish(runner);
    if (!has_failed(status))
        watch_line(runner);
    runner_free(runner);
    return status;
}

static int run_unseen(const struct plan *plan, const struct options *options)
{
    struct runner *runner;
    struct diag diag;
    int status;

    if (plan->run.policy == POLICY_PICK) {
        say(_("--policy pick needs the live screen: somebody has to choose"));
        return EXIT_USAGE;
    }
    if (plan->note[0])
        say("%s", plan->note);
    runner = runner_start(plan->executor, plan->workload, &plan->run, &diag);
    if (!runner) {
        say_diag(&diag);
        return EXIT_FAILED;
    }
    if (!options->json && !options->frame_width && options->view != VIEW_NONE)
        watch_plain(runner, options);
    status = finish(runner);
    if (options->json && !has_failed(status))
        watch_json(runner);
    else if (options->frame_width && !has_failed(status))
        watch_frame(runner, options);
    runner_free(runner);
    return status;
}

static int run_plan(struct plan *plan, const struct options *options,
                    int usable)
{
    bool shown = false;
    int status = EXIT_DONE;

    if (wants_live(options))
        status = run_live(plan, options, usable, &shown);
    return shown ? status : run_unseen(plan, options);
}

static int run(const struct options *options)
{
    const struct executor *executor = executor_find(options->word[0]);
    const char *name = options->word_count > 1 ? options->word[1]
                                               : PROGRAM_DEFAULT;
    int usable = usable_machines(), status = EXIT_USAGE;
    struct workload *workload;
    struct plan plan;
    struct diag diag;

    if (refuse(options))
        return EXIT_USAGE;
    workload = programs_open(name, &diag);
    if (workload &&
        plan_make(&plan, executor, workload, options, usable, &diag))
        status = run_plan(&plan, options, usable);
    else
        say_diag(&diag);
    workload_free(workload);
    return status;
}

const struct command command_run = {
    "MODE", "[WORKLOAD] [OPTIONS]",
    N_("run a workload in this mode and watch it"), FOR_RUN | FOR_ALL, run
};
