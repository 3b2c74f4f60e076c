/*
 * cmd_cc.c -- a compiler whose programs tell us of their accesses.
 *
 * The user's own compiler is called as it would be, with a few flags more: its
 * instrumentation of memory accesses, which is made for ThreadSanitizer, and at
 * the end the library that answers it instead (sched/preload/access_calls.c).
 * clang can leave the other one out of the link; gcc is told of the
 * instrumentation behind the back of its driver, by a specs file. -O0, since an
 * optimiser makes one addition of three increments.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "cli/options/options.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

enum {
    ADDED = 64 /* words that we add, at most */
};

/* A command, and what is known of it. */
struct cc_command {
    char *compiler; /* cut into words */
    const char **word;
    size_t words;
    bool compiles, links, plus; /* C++ */
    char library[PATH_MAX], specs[PATH_MAX];
};

/* --- what was asked for --------------------------------------------------- */

/* Options whose value is a word of its own. */
static const char *const with_value[] = {
    "-o",     "-x",          "-I",       "-L",         "-D",
    "-U",     "-include",    "-imacros", "-isystem",   "-iquote",
    "-MF",    "-MT",         "-MQ",      "-Xlinker",   "-T",
    "-u",     "-z",          "-l",       "-idirafter", "-Xclang",
    "-mllvm", "-Xassembler", "--param",  "-target",    "-Xpreprocessor",
    NULL
};

/* With these nothing is linked. */
static const char *const no_link[] = {
    "-c", "-S", "-E", "-M", "-MM", "-r", "-fsyntax-only", NULL
};

static const char *const end_of_object[] = { ".o", ".a", ".so", ".lo", NULL };
static const char *const end_of_plus[] = { ".cc",  ".cpp", ".cxx", ".C",
                                           ".c++", ".cp",  NULL };

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool ends_in(const char *word, const char *const *list)
{
    size_t length = strlen(word);

    for (; *list; list++)
        if (length > strlen(*list) &&
            strcmp(word + length - strlen(*list), *list) == 0)
            return true;
    return false;
}

/* gcc-12, /usr/bin/clang++, c++: no option, and no file of a program. */
static bool is_compiler(const char *word)
{
    const char *slash = strrchr(word, '/');
    const char *name = slash ? slash + 1 : word;

    return name[0] != '-' && !strchr(name, '.') &&
           (strstr(name, "cc") || strstr(name, "++") || strstr(name, "clang"));
}

static void look_at(struct cc_command *command, const char *const *word)
{
    bool has_input = false;

    command->links = true;
    for (; *word; word++) {
        if (is_one_of(*word, no_link))
            command->links = false;
        else if (strncmp(*word, "-x", 2) == 0 && strstr(*word, "c++"))
            command->plus = true;
        if (is_one_of(*word, with_value) && word[1]) {
            command->plus |= strcmp(*word, "-x") == 0 &&
                             strcmp(word[1], "c++") == 0;
            word++;
            continue;
        }
        if (**word == '-' && (*word)[1])
            continue;
        has_input = true;
        command->compiles |= !ends_in(*word, end_of_object);
        command->plus |= ends_in(*word, end_of_plus);
    }
    command->links = command->links && has_input;
}

/* --- the command ---------------------------------------------------------- */

static void add(struct cc_command *command, const char *word)
{
    command->word[command->words++] = word;
}

static void add_all(struct cc_command *command, const char *const *word)
{
    while (*word)
        add(command, *word++);
}

/* What is written as one text: "ccache gcc". */
static void add_text(struct cc_command *command, char *text)
{
    char *rest;

    for (char *word = strtok_r(text, " \t", &rest); word && command->words < 16;
         word = strtok_r(NULL, " \t", &rest))
        add(command, word);
}

/* CC and CXX may be us: CC='concviz cc' make. */
static void add_usual_compiler(struct cc_command *command)
{
    const char *usual = getenv(command->plus ? "CXX" : "CC");

    if (!usual || !*usual || strstr(usual, "concviz"))
        usual = command->plus ? "c++" : "cc";
    command->compiler = xstrdup(usual);
    add_text(command, command->compiler);
}

/* Only clang says so of itself. */
static bool is_clang(const struct cc_command *command)
{
    struct strbuf line;
    char text[256];
    FILE *said;
    bool found = false;

    strbuf_init(&line);
    for (size_t i = 0; i < command->words; i++)
        strbuf_addf(&line, "'%s' ", command->word[i]);
    strbuf_adds(&line, "--version 2>/dev/null");
    said = strchr(command->word[0], '\'') ? NULL : popen(line.text, "r");
    while (said && fgets(text, sizeof text, said))
        found = found || strstr(text, "clang");
    if (said)
        pclose(said);
    strbuf_fini(&line);
    return found;
}

static const char *const for_clang[] = { "-fsanitize=thread", "-mllvm",
                                         "-tsan-instrument-read-before-write=1",
                                         NULL };
static const char *const for_all[] = { "-O0",
                                       "-g",
                                       "-U_FORTIFY_SOURCE",
                                       "-Wno-tsan",
                                       "-Wno-unknown-warning-option",
                                       NULL };

/* Their calls come to our library first. */
static const char *const for_link[] = {
    "-Wl,--wrap=memcpy,--wrap=memmove,--wrap=memset",
    "-Wl,--wrap=free,--wrap=realloc,--wrap=munmap",
    "-Wl,--wrap=_ZdlPv,--wrap=_ZdaPv,--wrap=_ZdlPvm,--wrap=_ZdaPvm",
    "-Wl,--wrap=__cxa_guard_acquire,--wrap=__cxa_guard_release",
    "-Xlinker",
    NULL
};

static void write_flags(struct cc_command *command, bool clang,
                        const char *specs)
{
    if (command->compiles) {
        add_all(command, clang ? for_clang : (const char *[]){ specs, NULL });
        add_all(command, for_all);
    }
    if (!command->links)
        return;
    if (clang)
        add(command, "-fno-sanitize-link-runtime");
    add_all(command, for_link);
    add(command, command->library);
}

/* Where we were built, or are installed. */
static bool find(char path[PATH_MAX], const char *name)
{
    char installed[PATH_MAX];
    struct diag diag;

    snprintf(installed, sizeof installed, "%s/%s", PKGLIBDIR, name);
    if (build_folder_or(path, PATH_MAX, name, installed, &diag))
        return true;
    message_diag(&diag);
    return false;
}

static bool refuse(const char *const *word)
{
    for (; *word; word++)
        if (strncmp(*word, "-fsanitize=", 11) == 0) {
            message(_("concviz cc takes the place of %s: leave it out"), *word);
            return true;
        }
    return false;
}

/* Returns only if there is no such compiler. */
static void become(const struct cc_command *command,
                   const struct options *options)
{
    if (options->environment_language)
        setenv("LANGUAGE", options->environment_language, 1);
    else
        unsetenv("LANGUAGE");
    signal(SIGXFSZ, SIG_DFL);
    execvp(command->word[0], (char *const *)(uintptr_t)command->word);
    message("%s: %s", command->word[0], strerror(errno));
}

static int cc(const struct options *options)
{
    const char *const *word = &options->word[1];
    struct cc_command command = { .words = 0 };
    char specs[PATH_MAX + 8];

    if (options->word_count < 2) {
        message(_("cc, and what you would tell your compiler: "
                  "concviz cc -o prog prog.c -pthread"));
        return EXIT_USAGE;
    }
    if (refuse(word) || !find(command.library, "libconcviz-access.a") ||
        !find(command.specs, "access.specs"))
        return EXIT_USAGE;
    command.word = xreallocarray(NULL, options->word_count + ADDED,
                                 sizeof *command.word);
    if (is_compiler(*word))
        add(&command, *word++);
    look_at(&command, word);
    if (command.words == 0)
        add_usual_compiler(&command);
    snprintf(specs, sizeof specs, "-specs=%s", command.specs);
    {
        bool clang = (command.compiles || command.links) && is_clang(&command);

        add_all(&command, word);
        write_flags(&command, clang, specs);
    }
    add(&command, NULL);
    become(&command, options);
    free(command.compiler);
    free(command.word);
    return EXIT_FAILED;
}

const struct command command_cc = {
    "cc", N_("[COMPILER] ARGUMENTS..."),
    N_("compile a program for explore to stop anywhere"), FOR_ALL, cc
};
