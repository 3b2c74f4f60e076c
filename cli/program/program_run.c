/*
 * program_run.c -- see program_run.h.
 *
 * The library that makes coroutines of threads (sched/preload) is loaded into
 * the program by its loader, which reads LD_PRELOAD. We do not stay: concviz
 * becomes the program, so that its process, its output, its signals and its exit
 * status are its own.
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

#include "cli/message.h"
#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/program/program_file.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/trace/mode.h"

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
    else if (options_said(options, "view") && options->view != VIEW_AUTO &&
             options->view != VIEW_NONE)
        message(_("another program is run without a picture yet: leave --view "
                  "out"));
    else
        return false;
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
static void add_seed(struct strbuf *buf, const struct options *options)
{
    uint64_t seed = (uint64_t)clock_now_ns() % SEED_LIMIT;

    if (!options_said(options, "policy") ||
        options->policy.policy != POLICY_RANDOM) {
        strbuf_adds(buf, "-");
        return;
    }
    if (options_said(options, "seed"))
        seed = (uint64_t)options->seed;
    else
        message(_("to repeat this order: --seed %llu"),
                (unsigned long long)seed);
    strbuf_addf(buf, "%llu", (unsigned long long)seed);
}

/* What activate.c reads. */
static void tell_library(const struct options *options,
                         const struct program_file *file, const char *library)
{
    const char *before = getenv("LD_PRELOAD");
    char folder[PATH_MAX];
    struct strbuf buf;

    strbuf_init(&buf);
    strbuf_addf(&buf, "%s,", options->word[0]);
    add_seed(&buf, options);
    strbuf_addf(&buf, ",%llu,%llu,%s,%s", (unsigned long long)file->device,
                (unsigned long long)file->inode,
                language_is_korean() ? "ko" : "en",
                language_catalogue(folder, sizeof folder));
    setenv("CONCVIZ_PRELOAD", buf.text, 1);
    strbuf_clear(&buf);
    strbuf_addf(&buf, "%s%s%s", library, before && *before ? ":" : "",
                before ? before : "");
    setenv("LD_PRELOAD", buf.text, 1);
    strbuf_fini(&buf);
}

/* What main has changed for us is not the program's business. */
static void restore(const struct options *options)
{
    signal(SIGXFSZ, SIG_DFL);
    if (options->environment_language)
        setenv("LANGUAGE", options->environment_language, 1);
    else
        unsetenv("LANGUAGE");
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
    tell_library(options, &file, library);
    restore(options);
    execv(file.path, (char *const *)(uintptr_t)command);
    message("%s: %s", file.path, strerror(errno));
    return EXIT_FAILED;
}
