/*
 * program_compare.c -- see program_compare.h. Each is run to its end before
 * anybody looks, so that they do not compete for the cores; then both are kept
 * runs like any other.
 */
#include "cli/program/program_compare.h"

#include <stdbool.h>

#include "cli/command/arguments.h"
#include "cli/command/run_end.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/player/player.h"
#include "cli/program/program_diary.h"
#include "cli/program/program_file.h"
#include "cli/program/program_observe.h"
#include "cli/program/program_preload.h"
#include "cli/program/program_run.h"
#include "cli/program/program_told.h"
#include "cli/program/program_watch.h"
#include "cli/report/compare_report.h"
#include "cli/run/kept_runs.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/recording.h"
#include "sched/policy/policy.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"

/* One of the two. All zero: not begun. */
struct compared_run {
    const struct mode *mode;
    struct program_file file;
    struct program_preload preload;
    bool preloads;
    struct strbuf program;
    struct trace_info info;
    struct program_diary *diary;     /* by itself … */
    struct program_observe *observe; /* … or by the system */
    struct program_told *told;
};

/* --- one of them ----------------------------------------------------------- */

static bool begin_coroutines(struct compared_run *side,
                             const char *const *command,
                             const struct options *options)
{
    struct diag diag;

    for (int i = 0; command[i]; i++)
        strbuf_addf(&side->program, "%s%s", i ? " " : "", command[i]);
    side->info = (struct trace_info){
        .mode = side->mode->name,
        .real = true,
        .machines = 1,
        .policy = policy_table[POLICY_FIFO]->name,
        .recorded_ns = clock_calendar_ns(),
        .program = side->program.text,
    };
    side->preloads = program_file_find(&side->file,
                                       options->compiled ? options->compiled
                                                         : command,
                                       &diag) &&
                     program_preload_init(&side->preload, &side->file,
                                          options->environment_language, &diag);
    if (side->preloads)
        side->diary = program_diary_new(
            &side->file, command,
            program_preload_tell(&side->preload, side->mode->name, NULL),
            &side->info, NULL, &diag);
    if (side->diary)
        side->told = program_told_start(program_diary_telling(side->diary),
                                        options);
    else
        message_diag(&diag);
    return side->told != NULL;
}

static bool begin_threads(struct compared_run *side, const char *const *command,
                          const struct options *options)
{
    side->observe = program_observe_new(side->mode->name, command, options,
                                        NULL);
    if (side->observe)
        side->told = program_told_start(program_observe_telling(side->observe),
                                        options);
    return side->told != NULL;
}

static bool begin(struct compared_run *side, const struct options *options)
{
    const char *const *command = &options->word[options->dashes];

    strbuf_init(&side->program);
    if (side->mode == &mode_table[MODE_THREADS] ||
        side->mode == &mode_table[MODE_PARALLEL])
        return begin_threads(side, command, options);
    return begin_coroutines(side, command, options);
}

static void end(struct compared_run *side, const struct options *options)
{
    if (side->told)
        program_told_end(side->told, options);
    if (side->observe)
        program_observe_note(side->observe);
    program_observe_free(side->observe);
    program_diary_free(side->diary);
    if (side->preloads)
        program_preload_fini(&side->preload);
    strbuf_fini(&side->program);
}

/* --- both ------------------------------------------------------------------ */

/* To its end; returns its exit status. */
static int finish(struct kept_runs *kept, const struct compared_run *side)
{
    struct recording *recording = program_told_recording(side->told);
    struct runner *runner = runner_replay(recording, true);
    int i = kept->count++;

    runner_wait(runner, -1);
    kept->tape[i] = recording;
    kept->runner[i] = runner;
    run_plan_kept(&kept->plan[i], recording_trace(recording));
    runner_set_label(runner, run_plan_label(&kept->plan[i]));
    return program_watch_status(program_told_child(side->told), EXIT_FAILED);
}

static int look(struct kept_runs *kept, const struct options *options)
{
    struct options own = *options; /* what they said is printed at the end */
    struct diag diag;

    own.output = false;
    if (!kept_runs_comparable(kept)) {
        message(_("its threads are not the same in both runs, so they cannot "
                  "stand beside each other; look at one of them: concviz %s "
                  "-- COMMAND"),
                run_plan_label(&kept->plan[0]));
        return EXIT_FAILED;
    }
    if (!arguments_live(options)) {
        compare_report_print(kept->runner, options);
        return EXIT_DONE;
    }
    if (player_replay(kept, NULL, &own, &diag))
        return EXIT_DONE;
    message_diag(&diag);
    return EXIT_FAILED;
}

static bool refuse(const struct options *options)
{
    static const char *const single[] = { "record", "sound", "policy", "seed",
                                          "schedule" };
    const char *refused = NULL;

    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (options_said(options, single[i]))
            refused = single[i];
    if (refused)
        message(_("--%s is for a single run, and compare makes two"), refused);
    else if (options->with[0])
        message(_("another program is compared with --modes"));
    else if (options->modes[0] == MODE_HYBRID ||
             options->modes[1] == MODE_HYBRID)
        message(_("hybrid cannot run another program: its compiler lets a "
                  "thread keep addresses of its own variables, so it must stay "
                  "on one system thread"));
    else if (options->dashes > 1 || options->word_count == options->dashes)
        message(_("a mode, --, and the command: concviz %s -- COMMAND"),
                options->word[0]);
    else
        return program_run_refuse(options, FOR_COMPARE) ||
               arguments_refuse_look(options);
    return true;
}

int program_compare(const struct options *options)
{
    struct compared_run side[2] = {
        { .mode = &mode_table[options->modes[0]] },
        { .mode = &mode_table[options->modes[1]] }
    };
    struct kept_runs kept = { .count = 0 };
    int own[2] = { EXIT_DONE, EXIT_DONE }, status = EXIT_DONE;

    if (refuse(options))
        return EXIT_USAGE;
    for (int i = 0; i < 2 && status == EXIT_DONE; i++) {
        if (arguments_live(options))
            message(_("runs as %s ..."), side[i].mode->name);
        if (begin(&side[i], options))
            own[i] = finish(&kept, &side[i]);
        else
            status = EXIT_USAGE;
    }
    if (status == EXIT_DONE)
        status = look(&kept, options);
    for (int i = 0; i < 2; i++) {
        runner_free(kept.runner[i]);
        end(&side[i], options);
    }
    return status != EXIT_DONE ? status : own[0] ? own[0] : own[1];
}
