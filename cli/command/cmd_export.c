/*
 * cmd_export.c -- a run, or two to compare, written for other programs.
 *
 * A run is made as a mode makes it, on the ideal machine with --model, or was
 * kept. The file is opened before, so that nobody waits for a run that then
 * cannot be written.
 */
#include <string.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/command/run_end.h"
#include "cli/export/export.h"
#include "cli/export/export_file.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/run/kept_runs.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/cpu/cores.h"
#include "sched/exchange/recording.h"
#include "sched/history/history.h"
#include "sched/programs/programs.h"
#include "sched/scheduler/schedule.h"

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
    bool two = options_said(options, "modes") || options->with[0];

    if (options->to == NOT_SAID)
        message(_("export needs a format, as in concviz export cafeteria --to "
                  "chrome"));
    else if (two && options->schedule)
        message(_("--%s is for a single run, and here are two"), "schedule");
    else if (two && options_said(options, "mode"))
        message(_("--mode is for one run, --modes and --with are for two"));
    else
        return refuse_only(options);
    return true;
}

/* What was asked for of a workload. */
struct asked {
    struct run_plan plan[2];
    struct schedule schedule; /* that the one run replays */
};

/* How many runs, and which. Returns 0 with diag filled. */
static int plan_runs(struct asked *asked, const struct workload *workload,
                     const struct options *options, struct diag *diag)
{
    struct run_plan *plan = asked->plan;
    int usable = cores_usable();
    int mode = options->mode == NOT_SAID ? MODE_COROUTINE : options->mode;

    if (options_said(options, "modes") || options->with[0])
        return run_plan_pair(plan, workload, options, usable, diag) ? 2 : 0;
    if (!run_plan_make(&plan[0], executor_table[mode], workload, options,
                       usable, diag) ||
        !run_plan_schedule(&plan[0], &asked->schedule, options, diag))
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

/* Returns EXIT_DONE or, after saying why, EXIT_USAGE. */
static int open_file(struct export_file *file, const struct options *options)
{
    int error = export_file_open(file, options->save);

    return error ? say_why(options->save, error, EXIT_USAGE) : EXIT_DONE;
}

/* Write runs that have ended with that status (none: there is nothing to
 * write), and close the file. Returns the exit status. */
static int write_file(struct export_file *file, struct runner *const *runner,
                      int runs, int status, const struct options *options)
{
    int error = 0, closing;

    if (runs)
        error = write_runs(file->stream, runner, runs, options);
    closing = export_file_close(file, runs > 0 && !error);
    error = error ? error : closing;
    return error ? say_why(options->save, error, EXIT_INCOMPLETE) : status;
}

/* Make the runs that were planned. Returns how many may be written: all or
 * none. */
static int make_runs(struct runner *runner[2], const struct run_plan *plan,
                     int runs, int *status)
{
    *status = EXIT_DONE;
    for (int i = 0; i < runs; i++) {
        int one = run_end_of(&plan[i], &runner[i]);

        *status = *status == EXIT_DONE ? one : *status;
        if (run_end_refused(runner[i]))
            return 0;
    }
    return runs;
}

static int export_workload(const struct workload *workload,
                           const struct options *options)
{
    struct runner *runner[2] = { NULL, NULL };
    struct export_file file;
    struct asked asked = { .schedule = { .departure = NULL } };
    struct diag diag;
    int runs = plan_runs(&asked, workload, options, &diag), status;

    if (!runs)
        message_diag(&diag);
    status = runs ? open_file(&file, options) : EXIT_USAGE;
    if (status == EXIT_DONE) {
        runs = make_runs(runner, asked.plan, runs, &status);
        status = write_file(&file, runner, runs, status, options);
    }
    runner_free(runner[0]);
    runner_free(runner[1]);
    schedule_fini(&asked.schedule);
    return status;
}

/* --- runs that were kept -------------------------------------------------- */

/* What could only be said of a run that is still to be made. */
static bool refuse_making(const struct options *options)
{
    for (int i = 0; option_table[i].name; i++)
        if (options->said >> i & 1 && option_table[i].group == GROUP_RUN) {
            message(_("--%s: %s has been run already"), option_table[i].name,
                    options->word[1]);
            return true;
        }
    return arguments_too_many(options, 3) || arguments_refuse_look(options);
}

static int export_kept(const struct options *options)
{
    int count = (int)options->word_count - 1, status = EXIT_USAGE;
    struct export_file file;
    struct kept_runs kept;

    if (refuse_making(options))
        return EXIT_USAGE;
    if (kept_runs_open(&kept, options->word + 1, count, false) &&
        open_file(&file, options) == EXIT_DONE) {
        status = run_end_wait_all(kept.runner, count);
        status = kept_runs_note_cut(&kept, status);
        status = write_file(&file, kept.runner, count, status, options);
    }
    kept_runs_close(&kept);
    return status;
}

static bool names_kept(const struct options *options)
{
    for (size_t i = 1; i < options->word_count; i++)
        if (!programs_find(options->word[i]) && recording_is(options->word[i]))
            return true;
    return false;
}

static int run(const struct options *options)
{
    if (refuse(options))
        return EXIT_USAGE;
    if (names_kept(options))
        return export_kept(options);
    if (arguments_refuse_run(options))
        return EXIT_USAGE;
    return arguments_with_workload(options, export_workload);
}

const struct command command_export = {
    "export", N_("[WORKLOAD|FILE [FILE]] --to FORMAT [OPTIONS]"),
    N_("write a run for other programs and for slides"), FOR_EXPORT | FOR_ALL,
    run
};
