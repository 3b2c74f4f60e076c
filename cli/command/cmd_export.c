/*
 * cmd_export.c -- a run, or two to compare, written for other programs.
 *
 * A run is made as a mode makes it, on the ideal machine with --model. The file
 * is opened before, so that nobody waits for a run that then cannot be kept.
 */
#include <string.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/command/run_end.h"
#include "cli/export/export.h"
#include "cli/export/export_file.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/cores.h"
#include "sched/history/history.h"

enum {
    PICTURES = 1 << TO_SVG | 1 << TO_CAST
};

/* Options that only some of the formats know. */
static const struct {
    const char *name;
    unsigned formats; /* bits of enum to_choice */
} only[] = {
    { "frame", PICTURES },
    { "at", 1 << TO_SVG },
    { "speed", 1 << TO_CAST },
    { "theme", PICTURES },
    { "no-color", PICTURES },
    { "ascii", 1 << TO_TEXT | PICTURES },
    { "large", PICTURES },
    { "show", PICTURES },
    { "no-motion", 1 << TO_CAST },
    { "cast", 1 << TO_CAST },
    { "perfetto-states", 1 << TO_CHROME },
    { "question", 1 << TO_HTML },
};

static bool refuse_only(const struct options *options)
{
    for (size_t i = 0; i < sizeof only / sizeof *only; i++)
        if (options_said(options, only[i].name) &&
            !(only[i].formats >> options->to & 1)) {
            message(_("--%s does not apply to this format"), only[i].name);
            return true;
        }
    return false;
}

static bool refuse(const struct options *options)
{
    if (options->to == NOT_SAID)
        message(_("export needs a format, as in concviz export cafeteria --to "
                  "chrome"));
    else if (options_said(options, "mode") &&
             (options_said(options, "modes") || options->with[0]))
        message(_("--mode is for one run, --modes and --with are for two"));
    else
        return arguments_refuse_run(options) || refuse_only(options);
    return true;
}

/* How many runs, and which. Returns 0 with diag filled. */
static int plan_runs(struct run_plan plan[2], const struct workload *workload,
                     const struct options *options, struct diag *diag)
{
    int usable = cores_usable();
    int mode = options->mode == NOT_SAID ? MODE_COROUTINE : options->mode;

    if (options_said(options, "modes") || options->with[0])
        return run_plan_pair(plan, workload, options, usable, diag) ? 2 : 0;
    if (!run_plan_make(&plan[0], executor_table[mode], workload, options,
                       usable, diag))
        return 0;
    if (plan[0].run.policy != POLICY_PICK)
        return 1;
    diag_set(diag, NULL, 0, 0,
             _("--policy pick needs the live screen: someone has to choose"));
    return 0;
}

/* Returns 0 or a negative errno value. */
static int write_runs(FILE *out, struct runner *const *runner, int runs,
                      const struct options *options)
{
    struct export export = { .runner = runner,
                             .runs = runs,
                             .options = options };
    struct history *history[2] = { NULL, NULL };
    int error;

    for (int i = 0; i < runs; i++) {
        export.history[i] = history[i] = runner_history(runner[i]);
        export.label[i] = runner_label(runner[i]);
    }
    error = export_format[options->to](out, &export);
    for (int i = 0; i < runs; i++)
        history_free(history[i]);
    return error;
}

static int say_why(const char *name, int error, int status)
{
    if (name) /* message_finished knows of standard output */
        message(_("cannot write %s: %s"), name, strerror(-error));
    return status;
}

/* Run what was planned and write it into the open file. */
static int run_and_write(struct export_file *file, const struct run_plan *plan,
                         int runs, const struct options *options)
{
    struct runner *runner[2] = { NULL, NULL };
    int status = EXIT_DONE, error = 0;
    bool ran = true;

    for (int i = 0; i < runs && ran; i++) {
        int one = run_end_of(&plan[i], &runner[i]);

        status = status == EXIT_DONE ? one : status;
        ran = !run_end_refused(runner[i]);
    }
    if (ran)
        error = write_runs(file->stream, runner, runs, options);
    if (error)
        export_file_close(file, false);
    else
        error = export_file_close(file, ran);
    runner_free(runner[0]);
    runner_free(runner[1]);
    return error ? say_why(options->save, error, EXIT_INCOMPLETE) : status;
}

static int export_workload(const struct workload *workload,
                           const struct options *options)
{
    struct export_file file;
    struct run_plan plan[2];
    struct diag diag;
    int runs = plan_runs(plan, workload, options, &diag), error;

    if (!runs) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    error = export_file_open(&file, options->save);
    if (error)
        return say_why(options->save, error, EXIT_USAGE);
    return run_and_write(&file, plan, runs, options);
}

static int run(const struct options *options)
{
    if (refuse(options))
        return EXIT_USAGE;
    return arguments_with_workload(options, export_workload);
}

const struct command command_export = {
    "export", N_("[WORKLOAD] --to FORMAT [OPTIONS]"),
    N_("write a run for other programs and for slides"), FOR_EXPORT | FOR_ALL,
    run
};
