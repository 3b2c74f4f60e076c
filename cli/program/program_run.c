/*
 * program_run.c -- see program_run.h.
 *
 * The library that makes coroutines of threads (sched/preload) is loaded into
 * the program by its loader, which reads LD_PRELOAD. Where nobody watches we do
 * not stay: concviz becomes the program, so that its process, its output, its
 * signals and its exit status are its own.
 */
#include "cli/program/program_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_diary.h"
#include "cli/program/program_file.h"
#include "cli/program/program_observe.h"
#include "cli/program/program_orders.h"
#include "cli/program/program_preload.h"
#include "cli/program/program_schedule.h"
#include "cli/program/program_story.h"
#include "cli/program/program_told.h"
#include "cli/report/record.h"
#include "cli/run/run_plan.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"

enum {
    LEARN_NS = 1000 * NS_PER_MS, /* a run that is not to end ends then */
    SEED_LIMIT = 1000000         /* short enough to be typed again */
};

/* Are its threads ours, as coroutines, and not the system's? */
static bool is_ours(const char *name)
{
    const struct mode *mode = mode_find(name);

    return mode == &mode_table[MODE_COROUTINE] ||
           mode == &mode_table[MODE_SEQUENTIAL];
}

static bool refuse_hybrid(const char *name)
{
    if (mode_find(name) != &mode_table[MODE_HYBRID])
        return false;
    message(_("hybrid cannot run another program: its compiler lets a thread "
              "keep addresses of its own variables, so it must stay on one "
              "system thread"));
    return true;
}

static bool refuse_order(const struct options *options)
{
    enum policy policy = options->policy.policy;

    if (options_said(options, "policy") && policy != POLICY_FIFO &&
        policy != POLICY_RANDOM)
        message(_("another program can be run with --policy fifo or random"));
    else if (options_said(options, "seed") && policy != POLICY_RANDOM)
        message(_("--seed needs --policy random here"));
    else if (options->schedule && (options_said(options, "policy") ||
                                   strcmp(options->word[0], "coroutine") != 0))
        message(_("a schedule is followed by coroutine, and it alone says who "
                  "is next"));
    else
        return false;
    return true;
}

/* Of our coroutines we decide who is next, of the system's threads the system. */
static bool refuse_other(const struct options *options)
{
    bool ordered = options_said(options, "policy") ||
                   options_said(options, "seed") || options->schedule;

    if (!is_ours(options->word[0]) && ordered)
        message(_("--policy, --seed and --schedule are for coroutine: here the "
                  "system decides who is next"));
    else if (options_said(options, "machines") &&
             mode_find(options->word[0]) != &mode_table[MODE_PARALLEL])
        message(_("--machines is for parallel here"));
    else
        return refuse_order(options);
    return true;
}

bool program_run_refuse(const struct options *options, unsigned scope)
{
    for (int i = 0; option_table[i].name; i++)
        if (options->said >> i & 1 &&
            !(option_table[i].scope & (FOR_PROGRAM | scope)) &&
            option_table[i].scope != FOR_ALL) {
            message(_("--%s does not apply to another program"),
                    option_table[i].name);
            return true;
        }
    return false;
}

static bool refuse_options(const struct options *options)
{
    return program_run_refuse(options, 0) || refuse_other(options) ||
           arguments_refuse_look(options);
}

/* --policy random without a seed says which one it has got. */
static void choose_seed(struct trace_info *info, const struct options *options)
{
    info->policy = policy_table[POLICY_FIFO]->name;
    if (!options_said(options, "policy") ||
        options->policy.policy != POLICY_RANDOM)
        return;
    info->policy = policy_table[POLICY_RANDOM]->name;
    info->seeded = true;
    info->seed = (uint64_t)clock_now_ns() % SEED_LIMIT;
    if (options_said(options, "seed"))
        info->seed = (uint64_t)options->seed;
    else
        message(_("to repeat this order: --seed %llu"),
                (unsigned long long)info->seed);
}

/* --- ways to run it ------------------------------------------------------- */

/* Nothing is to be seen of it, so we need not stay. */
static bool is_unseen(const struct options *options)
{
    return options->view == VIEW_NONE && !options->json &&
           !options->frame_width && !options->record && !options->sound &&
           !options->input;
}

/* Returns only if that cannot be. */
static int become(const char *path, const char *const *command,
                  const char *const *environment)
{
    for (int i = 0; environment[i]; i++) {
        const char *entry = environment[i];

        if (strchr(entry, '='))
            putenv((char *)(uintptr_t)entry);
        else
            unsetenv(entry);
    }
    signal(SIGXFSZ, SIG_DFL);
    execv(path, (char *const *)(uintptr_t)command);
    message("%s: %s", path, strerror(errno));
    return EXIT_FAILED;
}

/* The words, parted by blanks. */
static void write_program(struct strbuf *buf, const char *const *command)
{
    for (int i = 0; command[i]; i++)
        strbuf_addf(buf, "%s%s", i ? " " : "", command[i]);
}

static int told_by_itself(const struct program_file *file,
                          const char *const *command,
                          const char *const *environment,
                          const struct trace_info *info,
                          const struct options *options)
{
    struct run_plan plan = { .record = NULL };
    struct program_diary *diary;
    struct diag diag;
    int status = EXIT_FAILED;

    if (!record_begin(&plan, options))
        return EXIT_USAGE;
    diary = program_diary_new(file, command, environment, info,
                              plan.run.listener, &diag);
    if (diary)
        status = program_told_look(program_diary_telling(diary), plan.record,
                                   options);
    else
        message_diag(&diag);
    status = record_end(plan.record, options, status);
    program_diary_free(diary);
    return status;
}

int program_run_observed(const char *const *command,
                         const struct options *options)
{
    struct run_plan plan = { .record = NULL };
    struct program_observe *observe;
    int status = EXIT_USAGE;

    if (!record_begin(&plan, options))
        return EXIT_USAGE;
    observe = program_observe_new(options->word[0], command, options,
                                  plan.run.listener);
    if (observe)
        status = program_told_look(program_observe_telling(observe),
                                   plan.record, options);
    status = record_end(plan.record, options, status);
    if (observe)
        program_observe_note(observe);
    program_observe_free(observe);
    return status;
}

static int run(const struct options *options, struct program_preload *preload,
               const char *const *command)
{
    const struct program_file *file = preload->file;
    struct trace_info info = { .mode = mode_find(options->word[0])->name,
                               .real = true,
                               .machines = 1,
                               .recorded_ns = clock_calendar_ns() };
    const char *const *environment;
    struct strbuf program;
    int status;

    strbuf_init(&program);
    choose_seed(&info, options);
    write_program(&program, command);
    info.program = program.text;
    environment = program_preload_tell(preload, info.mode,
                                       info.seeded ? &info.seed : NULL);
    status = is_unseen(options)
                 ? become(file->path, command, environment)
                 : told_by_itself(file, command, environment, &info, options);
    strbuf_fini(&program);
    return status;
}

/* In the order of a code. Nobody types into it where it was found. */
static bool follow(const struct options *options,
                   struct program_preload *preload, const char *const *command,
                   struct diag *diag)
{
    int board = program_schedule_open(options->schedule, preload->file, command,
                                      options->input, diag);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    struct program_ordered ordered = {
        .file = preload->file,
        .command = command,
        .input = options->input,
        .language = options->environment_language
    };

    if (board < 0)
        return false;
    if (!is_unseen(options))
        program_story_learn(&ordered, board, LEARN_NS);
    program_preload_board(preload, board);
    program_schedule_fix();
    if (nothing >= 0)
        dup2(nothing, STDIN_FILENO);
    return true;
}

int program_run(const struct options *options)
{
    const char *const *command = &options->word[options->dashes];
    struct program_preload preload;
    struct program_file file;
    struct diag diag;
    int status;

    if (refuse_hybrid(options->word[0]) || refuse_options(options))
        return EXIT_USAGE;
    if (options->dashes > 1 || options->word_count == options->dashes) {
        message(_("a mode, --, and the command: concviz %s -- COMMAND"),
                options->word[0]);
        return EXIT_USAGE;
    }
    if (!is_ours(options->word[0]))
        return program_run_observed(command, options);
    if (!program_file_find(
            &file, options->compiled ? options->compiled : command, &diag) ||
        !program_preload_init(&preload, &file, options->environment_language,
                              &diag)) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    if (options->schedule && !follow(options, &preload, command, &diag)) {
        message_diag(&diag);
        status = EXIT_USAGE;
    } else {
        status = run(options, &preload, command);
    }
    program_preload_fini(&preload);
    return status;
}
