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
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/message.h"
#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/program/program_file.h"
#include "cli/program/program_told.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"

enum {
    SEED_LIMIT = 1000000 /* short enough to be typed again */
};

#define LIBRARY "libconcviz-preload.so"

/* Can programs be run in this mode? */
static bool refuse_mode(const char *name)
{
    const struct mode *mode = mode_find(name);

    if (mode == &mode_table[MODE_COROUTINE] ||
        mode == &mode_table[MODE_SEQUENTIAL])
        return false;
    if (mode == &mode_table[MODE_HYBRID])
        message(_("hybrid cannot run another program: its compiler lets a "
                  "thread keep addresses of its own variables, so it must stay "
                  "on one system thread"));
    else
        message(_("%s cannot run another program yet; coroutine can"), name);
    return true;
}

static bool refuse_options(const struct options *options)
{
    enum policy policy = options->policy.policy;

    for (int i = 0; option_table[i].name; i++)
        if (options->said >> i & 1 && !(option_table[i].scope & FOR_PROGRAM) &&
            option_table[i].scope != FOR_ALL) {
            message(_("--%s does not apply to another program"),
                    option_table[i].name);
            return true;
        }
    if (options_said(options, "policy") && policy != POLICY_FIFO &&
        policy != POLICY_RANDOM)
        message(_("another program can be run with --policy fifo or random"));
    else if (options_said(options, "seed") && policy != POLICY_RANDOM)
        message(_("--seed needs --policy random here"));
    else
        return arguments_refuse_look(options);
    return true;
}

/* Where the library is; it must be a path that LD_PRELOAD can hold. */
static bool find_library(char *path, size_t size, struct diag *diag)
{
#ifdef HAVE_PRELOAD
    if (!build_folder_find(path, size, LIBRARY))
        snprintf(path, size, "%s", PKGLIBDIR "/" LIBRARY);
    if (access(path, R_OK) != 0) {
        diag_set(diag, NULL, 0, 0, "%s: %s", path, strerror(errno));
        return false;
    }
    if (strpbrk(path, ": ")) {
        diag_set(diag, NULL, 0, 0,
                 _("%s: a path with a blank or a colon cannot be preloaded"),
                 path);
        return false;
    }
    return true;
#else
    (void)path;
    (void)size;
    diag_set(diag, NULL, 0, 0,
             _("other programs can be run on x86-64 with glibc only"));
    return false;
#endif
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

/* What activate.c reads. */
static void write_settings(struct strbuf *buf, const struct trace_info *info,
                           const struct program_file *file)
{
    char folder[PATH_MAX];

    strbuf_addf(buf, "CONCVIZ_PRELOAD=%s,", info->mode);
    if (info->seeded)
        strbuf_addf(buf, "%llu", (unsigned long long)info->seed);
    else
        strbuf_addc(buf, '-');
    strbuf_addf(buf, ",%llu,%llu,%s,%s", (unsigned long long)file->device,
                (unsigned long long)file->inode,
                language_is_korean() ? "ko" : "en",
                language_catalogue(folder, sizeof folder));
}

static void write_preload(struct strbuf *buf, const char *library)
{
    const char *before = getenv("LD_PRELOAD");

    strbuf_addf(buf, "LD_PRELOAD=%s%s%s", library, before && *before ? ":" : "",
                before ? before : "");
}

/* What main has changed for us is not the program's business. */
static void write_language(struct strbuf *buf, const struct options *options)
{
    strbuf_adds(buf, "LANGUAGE");
    if (options->environment_language)
        strbuf_addf(buf, "=%s", options->environment_language);
}

/* --- ways to run it ------------------------------------------------------- */

/* Nothing is to be seen of it, so we need not stay. */
static bool is_unseen(const struct options *options)
{
    if (options->json || options->frame_width || options->record ||
        options->sound || options->input)
        return false;
    return options->view == VIEW_NONE ||
           (options->view == VIEW_AUTO && !arguments_live(options));
}

/* Returns only if that cannot be. */
static int become(const struct program_telling *telling)
{
    for (int i = 0; telling->environment[i]; i++) {
        const char *entry = telling->environment[i];

        if (strchr(entry, '='))
            putenv((char *)(uintptr_t)entry);
        else
            unsetenv(entry);
    }
    signal(SIGXFSZ, SIG_DFL);
    execv(telling->path, (char *const *)(uintptr_t)telling->command);
    message("%s: %s", telling->path, strerror(errno));
    return EXIT_FAILED;
}

/* The words, parted by blanks. */
static void write_program(struct strbuf *buf, const char *const *command)
{
    for (int i = 0; command[i]; i++)
        strbuf_addf(buf, "%s%s", i ? " " : "", command[i]);
}

static int run(const struct options *options, const struct program_file *file,
               const char *const *command, const char *library)
{
    struct strbuf text[4];
    struct trace_info info = { .mode = mode_find(options->word[0])->name,
                               .real = true,
                               .machines = 1,
                               .recorded_ns = clock_calendar_ns() };
    int status;

    for (int i = 0; i < 4; i++)
        strbuf_init(&text[i]);
    choose_seed(&info, options);
    write_settings(&text[0], &info, file);
    write_preload(&text[1], library);
    write_language(&text[2], options);
    write_program(&text[3], command);
    info.program = text[3].text;
    {
        const char *const environment[] = { text[0].text, text[1].text,
                                            text[2].text, NULL };
        const struct program_telling telling = { file->path, command,
                                                 environment, file->meant,
                                                 &info };

        status = is_unseen(options) ? become(&telling)
                                    : program_told(&telling, options);
    }
    for (int i = 0; i < 4; i++)
        strbuf_fini(&text[i]);
    return status;
}

int program_run(const struct options *options)
{
    const char *const *command = &options->word[options->dashes];
    char library[PATH_MAX];
    struct program_file file;
    struct diag diag;

    if (refuse_mode(options->word[0]) || refuse_options(options))
        return EXIT_USAGE;
    if (options->dashes > 1 || options->word_count == options->dashes) {
        message(_("a mode, --, and the command: concviz coroutine -- COMMAND"));
        return EXIT_USAGE;
    }
    if (!find_library(library, sizeof library, &diag) ||
        !program_file_find(&file, command, &diag)) {
        message_diag(&diag);
        return EXIT_USAGE;
    }
    return run(options, &file, command, library);
}
