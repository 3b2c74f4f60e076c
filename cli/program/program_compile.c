/*
 * program_compile.c -- see program_compile.h.
 *
 * The compiler wants a name for what it makes, so there is a folder that only
 * we may enter; it is gone again before the program runs. Signals that would
 * end us in between wait until then.
 */
#include "cli/program/program_compile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

enum {
    WORDS_MAX = 64
};

/* The command, word by word. */
struct compiling {
    char *compiler, *libraries; /* cut into words */
    char folder[PATH_MAX / 4], program[PATH_MAX / 2];
    char include[PATH_MAX + 4], library[PATH_MAX];
    const char *word[WORDS_MAX + 1];
    int words;
};

bool program_compile_takes(const char *word)
{
    size_t length = strlen(word);

    return length > 2 && strcmp(word + length - 2, ".c") == 0;
}

/* --- the command ---------------------------------------------------------- */

static void add(struct compiling *compiling, const char *word)
{
    if (compiling->words < WORDS_MAX)
        compiling->word[compiling->words++] = word;
}

/* What is written as one text: "ccache gcc". */
static void add_words(struct compiling *compiling, char *text)
{
    char *rest;

    for (char *word = strtok_r(text, " \t", &rest); word;
         word = strtok_r(NULL, " \t", &rest))
        add(compiling, word);
}

/* The header and the library: where we were built, or are installed. */
static bool find_ours(struct compiling *compiling)
{
    char header[PATH_MAX];
    char *slash;

    if (!build_folder_find(header, sizeof header, "include/concviz.h"))
        snprintf(header, sizeof header, "%s", INCLUDEDIR "/concviz.h");
    if (!build_folder_find(compiling->library, sizeof compiling->library,
                           "libconcviz.a"))
        snprintf(compiling->library, sizeof compiling->library, "%s",
                 LIBDIR "/libconcviz.a");
    slash = strrchr(header, '/');
    snprintf(compiling->include, sizeof compiling->include, "-I%.*s",
             (int)(slash - header), header);
    if (access(header, R_OK) == 0 && access(compiling->library, R_OK) == 0)
        return true;
    message(
        _("%s: programs in C need concviz.h and libconcviz.a, which are not "
          "installed here"),
        compiling->library);
    return false;
}

static void write_command(struct compiling *compiling, const char *file)
{
    const char *compiler = getenv("CC");

    compiling->compiler = xstrdup(compiler && *compiler ? compiler : "cc");
    compiling->libraries = xstrdup(LIBRARY_LIBS);
    add_words(compiling, compiling->compiler);
    add(compiling, "-O1");
    add(compiling, "-g");
    add(compiling, "-Wall");
    add(compiling, compiling->include);
    add(compiling, "-o");
    add(compiling, compiling->program);
    if (*file == '-') /* no option of the compiler's */
        add(compiling, "--");
    add(compiling, file);
    add(compiling, compiling->library);
    add_words(compiling, compiling->libraries);
}

/* --- the compiler --------------------------------------------------------- */

static bool make_folder(struct compiling *compiling)
{
    const char *temporary = getenv("TMPDIR");

    snprintf(compiling->folder, sizeof compiling->folder, "%s/concviz-XXXXXX",
             temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(compiling->folder)) {
        message("%s: %s", compiling->folder, strerror(errno));
        return false;
    }
    snprintf(compiling->program, sizeof compiling->program, "%s/program",
             compiling->folder);
    return true;
}

/* Its messages come on standard error. Returns a negative errno value if there
 * is no compiler, else how it ended, as in waitpid. */
static int run_compiler(const struct compiling *compiling,
                        const sigset_t *signals)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int error, status = 0;
    pid_t pid;

    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    error = posix_spawnp(&pid, compiling->word[0], &files, &attributes,
                         (char *const *)(uintptr_t)compiling->word, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    while (error == 0 && waitpid(pid, &status, 0) < 0)
        error = errno == EINTR ? 0 : errno;
    return error ? -error : status;
}

static void refuse(const struct compiling *compiling, const char *file,
                   int status)
{
    if (status == -ENOENT)
        message(_("%s: there is no such C compiler: install one (Debian: "
                  "apt-get install gcc libc6-dev), or name yours in CC"),
                compiling->word[0]);
    else if (status < 0)
        message("%s: %s", compiling->word[0], strerror(-status));
    else
        message(_("%s could not be compiled: see above"), file);
}

static int compile(struct compiling *compiling, const char *file,
                   const sigset_t *signals)
{
    int status, program = -1;

    write_command(compiling, file);
    status = compiling->words ? run_compiler(compiling, signals) : -ENOENT;
    if (status == 0)
        program = open(compiling->program, O_RDONLY | O_CLOEXEC);
    if (program < 0)
        refuse(compiling, file, status ? status : -errno);
    unlink(compiling->program);
    free(compiling->compiler);
    free(compiling->libraries);
    return program;
}

int program_compile(const char *file)
{
    struct compiling compiling = { .words = 0 };
    sigset_t ending, before;
    int program = -1;

    if (access(file, R_OK) != 0) {
        message("%s: %s", file, strerror(errno));
        return -1;
    }
    if (!find_ours(&compiling))
        return -1;
    sigemptyset(&ending);
    sigaddset(&ending, SIGHUP);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGQUIT);
    sigaddset(&ending, SIGTERM);
    sigprocmask(SIG_BLOCK, &ending, &before);
    if (make_folder(&compiling)) {
        program = compile(&compiling, file, &before);
        rmdir(compiling.folder);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return program;
}
