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
#include "cli/report/unattended.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/tape/tape_file.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    DAY_BYTES = 40,
    TITLE_BYTES = 128,
    LABEL_BYTES = 64
};

struct replay {
    const struct options *options; /* borrowed */
    struct tape_file *tape[2];
    struct player_kept kept;
    char title[TITLE_BYTES];
    char label[2][LABEL_BYTES];
    int count; /* of tapes */
};

/* --- opening -------------------------------------------------------------- */

static void say_remarks(const char *path, const struct tape_file *tape)
{
    struct strbuf lines;
    const char *line;

    strbuf_init(&lines);
    tape_file_remarks(tape, &lines);
    for (line = lines.text; *line; line += strcspn(line, "\n") + 1)
        message("%s: %.*s", path, (int)strcspn(line, "\n"), line);
    strbuf_fini(&lines);
}

static bool open_tape(struct replay *replay, const char *path)
{
    int i = replay->count;
    struct diag diag;

    replay->tape[i] = tape_file_open(path, &diag);
    if (!replay->tape[i]) {
        message_diag(&diag);
        return false;
    }
    say_remarks(path, replay->tape[i]);
    replay->kept.runner[i] = runner_replay(replay->tape[i],
                                           replay->options->follow);
    run_plan_kept(&replay->kept.plan[i], tape_file_trace(replay->tape[i]));
    replay->count++;
    return true;
}

/* "runs/lost-2.cvt" is called lost-2. */
static void name_by_file(char label[LABEL_BYTES], const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    char whole[LABEL_BYTES];

    snprintf(whole, sizeof whole, "%.*s",
             dot && dot > name ? (int)(dot - name) : (int)strlen(name), name);
    text_clean(label, LABEL_BYTES, whole);
}

/* Two of one mode are told apart by the names of their files. */
static void label_both(struct replay *replay)
{
    struct run_plan *plan = replay->kept.plan;
    bool same = plan[0].executor == plan[1].executor;

    for (int i = 0; same && i < replay->count; i++) {
        name_by_file(replay->label[i], replay->options->word[i + 1]);
        plan[i].label = replay->label[i];
    }
    for (int i = 0; i < replay->count; i++)
        runner_set_label(replay->kept.runner[i], run_plan_label(&plan[i]));
}

/* Row by row the same people. */
static bool can_be_compared(const struct replay *replay)
{
    const struct workload *one = replay->kept.plan[0].workload;
    const struct workload *two = replay->kept.plan[1].workload;
    bool same = one->task_count == two->task_count;

    for (size_t i = 0; same && i < one->task_count; i++)
        same = strcmp(one->task[i].name, two->task[i].name) == 0;
    if (!same)
        message(_("%s and %s were not made by the same tasks: two runs of one "
                  "workload can be compared"),
                replay->options->word[1], replay->options->word[2]);
    return same;
}

static bool open_all(struct replay *replay)
{
    const struct options *options = replay->options;

    for (size_t i = 1; i < options->word_count; i++)
        if (!open_tape(replay, options->word[i]))
            return false;
    if (replay->count == 2 && !can_be_compared(replay))
        return false;
    label_both(replay);
    return true;
}

static void close_all(struct replay *replay)
{
    for (int i = 0; i < 2; i++) {
        runner_free(replay->kept.runner[i]);
        tape_file_close(replay->tape[i]);
    }
}

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

    for (int i = 0; i < replay->count; i++)
        write_day(day[i], tape_file_trace(replay->tape[i]));
    if (replay->count == 2 && strcmp(day[0], day[1]) != 0)
        snprintf(replay->title, sizeof replay->title, _("replay %s, %s"),
                 day[0], day[1]);
    else
        snprintf(replay->title, sizeof replay->title, _("replay %s"), day[0]);
    replay->kept.title = replay->title;
}

/* A real run would not be the same elsewhere. */
static void write_note(struct replay *replay)
{
    const struct trace_info *info = trace_info(
        tape_file_trace(replay->tape[0]));
    struct run_plan *plan = &replay->kept.plan[0];
    time_t seconds = (time_t)(info->recorded_ns / NS_PER_S);
    struct tm local;
    char when[32];

    if (replay->count != 1 || !info->real || info->recorded_ns <= 0 ||
        !info->machine_name || !localtime_r(&seconds, &local))
        return;
    strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
    snprintf(plan->note, sizeof plan->note, _("recorded %s on %s"), when,
             info->machine_name);
}

static int either(int status, int other)
{
    return status != EXIT_DONE ? status : other;
}

/* The beginning of a run is not the run. */
static int note_cut(const struct replay *replay, int status)
{
    for (int i = 0; i < replay->count; i++) {
        if (!runner_is_cut(replay->kept.runner[i]))
            continue;
        message(_("%s: the end was not kept: the run is shown as far as it "
                  "goes"),
                replay->options->word[i + 1]);
        status = either(status, EXIT_INCOMPLETE);
    }
    return status;
}

static int watch(struct replay *replay, int sound, bool *shown)
{
    struct player_kept *kept = &replay->kept;
    struct diag diag;
    int cut;

    write_title(replay);
    write_note(replay);
    *shown = player_replay(kept, replay->options, &diag);
    if (!*shown) {
        message_diag(&diag);
        return EXIT_FAILED;
    }
    cut = note_cut(replay, EXIT_DONE);
    if (replay->count == 2)
        return either(run_end_close(kept->runner), cut);
    return either(
        run_end_live(kept->runner, &kept->plan[0], replay->options, sound),
        cut);
}

static int print(struct replay *replay, int sound)
{
    struct runner *const *runner = replay->kept.runner;
    const struct options *options = replay->options;
    int status[2] = { EXIT_DONE, EXIT_DONE };

    if (replay->count == 1) {
        status[0] = run_end_unseen(runner[0], options, sound);
    } else {
        for (int i = 0; i < 2; i++)
            status[i] = run_end_wait(runner[i]);
        if (options->json || options->frame_width || options->view != VIEW_NONE)
            compare_report_print(runner, options);
    }
    return note_cut(replay, either(status[0], status[1]));
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
        message(
            _("which run? concviz replay FILE; the key e of the live screen "
              "keeps one"));
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
    if (open_all(&replay))
        status = replay_all(&replay);
    close_all(&replay);
    return status;
}

const struct command command_replay = {
    "replay", N_("FILE [FILE] [OPTIONS]"),
    N_("look at a run that was kept, or compare two"), FOR_TAPE | FOR_ALL, run
};
