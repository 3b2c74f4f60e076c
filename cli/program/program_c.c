/*
 * program_c.c -- see program_c.h.
 *
 * The file is compiled once, and runs in a process of its own: once, or, to be
 * compared, twice in turn. What it does is followed as a recording that grows,
 * so all that can be done with a kept run can be done with it.
 */
#include "cli/program/program_c.h"

#include <string.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/command/run_end.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/player/player.h"
#include "cli/program/program_compile.h"
#include "cli/program/program_own.h"
#include "cli/report/compare_report.h"
#include "cli/report/sound.h"
#include "cli/run/kept_runs.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/cores.h"
#include "sched/exchange/recording.h"
#include "sched/workload/workload.h"

/* Before it runs nobody knows what it is made of. */
static const struct workload unknown = { .name = "program",
                                         .file = "program",
                                         .source = "",
                                         .slice_ns = WORKLOAD_NO_SLICE,
                                         .line_count = 1 };

struct c_runs {
    const struct options *options; /* borrowed */
    const char *file;              /* borrowed */
    int program;
    struct program_own *own[2];
    struct kept_runs kept;
};

static bool refuse(const struct options *options)
{
    if (arguments_refuse_run(options))
        return true;
    if (options->schedule)
        message(_("--schedule is for workloads; the order of a C file is its "
                  "own"));
    else if (options->policy.policy == POLICY_PICK)
        message(_("--policy pick is for workloads: this program runs in a "
                  "process of its own"));
    else
        return false;
    return true;
}

/* --- runs ----------------------------------------------------------------- */

/* Start one more, after the others. */
static bool start(struct c_runs *runs, const struct run_plan *plan, int *status)
{
    struct kept_runs *kept = &runs->kept;
    int i = kept->count;

    if (plan->note[0])
        message("%s", plan->note);
    runs->own[i] = program_own_start(runs->program, runs->file, plan,
                                     runs->options, &kept->tape[i], status);
    if (!runs->own[i])
        return false;
    kept->path = &runs->file;
    kept->runner[i] = runner_replay(kept->tape[i], true);
    program_own_accompany(runs->own[i], kept->runner[i]);
    run_plan_kept(&kept->plan[i], recording_trace(kept->tape[i]));
    runner_set_label(kept->runner[i], run_plan_label(plan));
    kept->count++;
    return true;
}

/* End them all; status is what is known so far. */
static int end(struct c_runs *runs, int status)
{
    for (int i = 0; i < 2; i++)
        if (runs->own[i])
            status = program_own_end(runs->own[i], runs->options->output,
                                     status);
    kept_runs_close(&runs->kept);
    return status;
}

/* --- one ------------------------------------------------------------------ */

/* What was said stands in the output that is printed at the end. */
static int watch(struct c_runs *runs, int sound)
{
    struct options own = *runs->options;
    struct kept_runs *kept = &runs->kept;
    struct diag diag;

    own.output = false;
    if (!player_replay(kept, "", runs->options, &diag)) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    return run_end_live(kept->runner, &kept->plan[0], &own, sound);
}

static int run_one(struct c_runs *runs, const struct run_plan *plan)
{
    const struct options *options = runs->options;
    int status, sound = -1;

    if (options->sound && (sound = sound_open(options->sound)) < 0)
        return EXIT_USAGE;
    if (!start(runs, plan, &status))
        return status;
    if (arguments_live(options))
        status = watch(runs, sound);
    else
        status = run_end_unseen(runs->kept.runner[0], options, sound);
    return end(runs, status);
}

/* --- two ------------------------------------------------------------------ */

static int compare(struct c_runs *runs, const struct run_plan plan[2])
{
    const struct options *options = runs->options;
    int status = EXIT_DONE, second = EXIT_DONE;

    for (int i = 0; i < 2 && status == EXIT_DONE; i++)
        if (start(runs, &plan[i], &status))
            status = run_end_wait(runs->kept.runner[i]);
    if (runs->kept.count == 2 && arguments_live(options))
        second = watch(runs, -1);
    else if (runs->kept.count == 2)
        compare_report_print(runs->kept.runner, options);
    return end(runs, status == EXIT_DONE ? second : status);
}

/* --- both ----------------------------------------------------------------- */

static bool plan_runs(struct run_plan plan[2], const struct options *options)
{
    const struct executor *executor = executor_find(options->word[0]);
    int usable = cores_usable();
    struct diag diag;
    bool good = executor
                    ? run_plan_make(&plan[0], executor, &unknown, options,
                                    usable, &diag)
                    : run_plan_pair(plan, &unknown, options, usable, &diag);

    if (!good)
        message_diag(&diag);
    return good;
}

int program_c_run(const struct options *options)
{
    struct c_runs runs = { .options = options, .file = options->word[1] };
    struct run_plan plan[2];
    int status;

    if (refuse(options) || !plan_runs(plan, options))
        return EXIT_USAGE;
    runs.program = program_compile(runs.file);
    if (runs.program < 0)
        return EXIT_USAGE;
    status = executor_find(options->word[0]) ? run_one(&runs, &plan[0])
                                             : compare(&runs, plan);
    close(runs.program);
    return status;
}
