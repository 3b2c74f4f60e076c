/*
 * cmd_replay.c -- a run that was kept, or two of them on one clock, looked at
 * as if it took place now: whoever looks is the same as of a run of this
 * process, and says the same.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/command/run_end.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/player/player.h"
#include "cli/report/compare_report.h"
#include "cli/report/sound.h"
#include "cli/run/kept_runs.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/trace/trace.h"

enum {
    DAY_BYTES = 40,
    TITLE_BYTES = 128
};

struct replay {
    const struct options *options; /* borrowed */
    struct kept_runs kept;
    char title[TITLE_BYTES];
};

/* --- looking -------------------------------------------------------------- */

/* When it was made, in the time of the place where it is looked at; or what it
 * was made from. */
static void write_day(char day[DAY_BYTES], const struct trace *trace)
{
    const struct trace_info *info = trace_info(trace);
    time_t seconds = (time_t)(info->recorded_ns / NS_PER_S);
    struct tm local;

    *day = '\0';
    if (info->recorded_ns > 0 && localtime_r(&seconds, &local))
        strftime(day, DAY_BYTES, "%Y-%m-%d", &local);
    if (info->imported)
        snprintf(day, DAY_BYTES, "%s", info->imported);
}

static void write_title(struct replay *replay)
{
    char day[2][DAY_BYTES];

    for (int i = 0; i < replay->kept.count; i++)
        write_day(day[i], runner_trace(replay->kept.runner[i]));
    if (replay->kept.count == 2 && strcmp(day[0], day[1]) != 0)
        snprintf(replay->title, sizeof replay->title, _("replay %s, %s"),
                 day[0], day[1]);
    else
        snprintf(replay->title, sizeof replay->title, _("replay %s"), day[0]);
}

static void write_note(struct replay *replay)
{
    struct run_plan *plan = &replay->kept.plan[0];

    if (replay->kept.count == 1)
        kept_runs_origin(plan->note, sizeof plan->note,
                         trace_info(runner_trace(replay->kept.runner[0])));
}

static int watch(struct replay *replay, int sound, bool *shown)
{
    struct kept_runs *kept = &replay->kept;
    struct diag diag;
    int status, cut;

    write_title(replay);
    write_note(replay);
    *shown = player_replay(kept, replay->title, replay->options, &diag);
    if (!*shown) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    cut = kept_runs_note_cut(kept, EXIT_DONE);
    status = run_end_live(kept->runner, &kept->plan[0], replay->options, sound);
    return status != EXIT_DONE ? status : cut;
}

static int print(struct replay *replay, int sound)
{
    struct kept_runs *kept = &replay->kept;
    int status;

    if (kept->count == 1) {
        status = run_end_unseen(kept->runner[0], replay->options, sound);
    } else {
        status = run_end_wait_all(kept->runner, kept->count);
        compare_report_print(kept->runner, replay->options);
    }
    return kept_runs_note_cut(kept, status);
}

static int replay_all(struct replay *replay)
{
    const struct options *options = replay->options;
    int status = EXIT_DONE, sound = -1;
    bool shown = false;

    if (options->sound && (sound = sound_open(options->sound)) < 0)
        return EXIT_USAGE;
    if (arguments_live(options))
        status = watch(replay, sound, &shown);
    return shown ? status : print(replay, sound);
}

/* What is for one run, and was said. */
static const char *single(const struct options *options)
{
    return options->sound    ? "sound"
           : options->output ? "output"
           : options->follow ? "follow"
                             : NULL;
}

static bool refuse(const struct options *options)
{
    if (arguments_too_many(options, 3) || arguments_refuse_look(options))
        return true;
    if (options->word_count < 2)
        message(_("which run? concviz replay FILE; --record and the key e keep "
                  "runs"));
    else if (options->word_count > 2 && single(options))
        message(_("--%s is for a single run, and here are two"),
                single(options));
    else
        return false;
    return true;
}

static int run(const struct options *options)
{
    struct replay replay = { .options = options };
    int status = EXIT_USAGE;

    if (refuse(options))
        return EXIT_USAGE;
    if (kept_runs_open(&replay.kept, options->word + 1,
                       (int)options->word_count - 1, options->follow))
        status = replay_all(&replay);
    kept_runs_close(&replay.kept);
    return status;
}

const struct command command_replay = {
    "replay", N_("FILE [FILE] [OPTIONS]"),
    N_("look at a run that was kept, or compare two"), FOR_TAPE | FOR_ALL, run
};
