/*
 * program_compile.c -- see program_compile.h.
 *
 * The compiler wants a name for what it makes, so there is a folder that only
 * we may enter. Signals that would end us while it compiles wait until that is
 * over.
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

#include "cli/carried/carried.h"
#include "cli/message.h"
#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

enum {
    WORDS_MAX = 64
};

/* The command, word by word. */
struct compiling {
    char *compiler, *libraries; /* cut into words */
    bool ours;
    const struct program_compiled *to;
    char include[PATH_MAX + 4], library[PATH_MAX];
    const char *word[WORDS_MAX + 1];
    int words;
};

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
    struct diag diag;

    if (!build_folder_or(header, sizeof header, "include/concviz.h",
                         INCLUDEDIR "/concviz.h", &diag) ||
        !build_folder_or(compiling->library, sizeof compiling->library,
                         "libconcviz.a", LIBDIR "/libconcviz.a", &diag)) {
        message(_("programs in C need concviz.h and libconcviz.a: %s"),
                diag.message);
        return false;
    }
    snprintf(compiling->include, sizeof compiling->include, "-I%.*s",
             (int)(strrchr(header, '/') - header), header);
    return true;
}

static void write_command(struct compiling *compiling, const char *file)
{
    const char *compiler = getenv("CC");

    compiling->compiler = xstrdup(compiler && *compiler ? compiler : "cc");
    compiling->libraries = xstrdup(carried_is() ? CARRIED_LIBS : LIBRARY_LIBS);
    add_words(compiling, compiling->compiler);
    add(compiling, "-O1");
    add(compiling, "-g");
    add(compiling, "-Wall");
    if (compiling->ours)
        add(compiling, compiling->include);
    add(compiling, "-o");
    add(compiling, compiling->to->program);
    if (*file == '-') /* no option of the compiler's */
        add(compiling, "--");
    add(compiling, file);
    if (compiling->ours) {
        add(compiling, compiling->library);
        add_words(compiling, compiling->libraries);
    } else {
        add(compiling, "-pthread");
    }
}

/* --- the compiler --------------------------------------------------------- */

/* The program is called as its file, without the ending. */
static bool make_folder(struct program_compiled *compiled, const char *file)
{
    const char *temporary = getenv("TMPDIR"), *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;

    snprintf(compiled->folder, sizeof compiled->folder, "%s/concviz-XXXXXX",
             temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(compiled->folder)) {
        message("%s: %s", compiled->folder, strerror(errno));
        compiled->folder[0] = '\0';
        return false;
    }
    snprintf(compiled->program, sizeof compiled->program, "%s/%.*s",
             compiled->folder, (int)strlen(name) - 2, name);
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

/* Where a folder of PATH may not be searched, what is in none of the others is
 * refused with EACCES. */
static bool not_found(const struct compiling *compiling, int status)
{
    return status == -ENOENT ||
           (status == -EACCES && !strchr(compiling->word[0], '/'));
}

static void refuse(const struct compiling *compiling, const char *file,
                   int status)
{
    if (not_found(compiling, status))
        message(_("%s: there is no such C compiler: install one (Debian: "
                  "apt-get install gcc libc6-dev), or name yours in CC"),
                compiling->word[0]);
    else if (status < 0)
        message("%s: %s", compiling->word[0], strerror(-status));
    else
        message(_("%s could not be compiled: see above"), file);
}

static bool compile(struct compiling *compiling, const char *file,
                    const sigset_t *signals)
{
    int status;

    write_command(compiling, file);
    status = compiling->words ? run_compiler(compiling, signals) : -ENOENT;
    if (status != 0)
        refuse(compiling, file, status);
    free(compiling->compiler);
    free(compiling->libraries);
    return status == 0;
}

/* Until it is removed again, what would end us waits. */
static sigset_t block_ends(void)
{
    sigset_t ending, before;

    sigemptyset(&ending);
    sigaddset(&ending, SIGHUP);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGQUIT);
    sigaddset(&ending, SIGTERM);
    sigprocmask(SIG_BLOCK, &ending, &before);
    return before;
}

bool program_compile_keep(struct program_compiled *compiled, const char *file,
                          bool ours)
{
    struct compiling compiling = { .ours = ours, .to = compiled };
    sigset_t before;
    bool good;

    *compiled = (struct program_compiled){ .folder = "" };
    if (access(file, R_OK) != 0) {
        message("%s: %s", file, strerror(errno));
        return false;
    }
    if (ours && !find_ours(&compiling))
        return false;
    before = block_ends();
    good = make_folder(compiled, file) && compile(&compiling, file, &before);
    if (!good)
        program_compile_remove(compiled);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return good;
}

void program_compile_remove(const struct program_compiled *compiled)
{
    if (!compiled->folder[0])
        return;
    unlink(compiled->program);
    rmdir(compiled->folder);
}

int program_compile(const char *file)
{
    struct program_compiled compiled;
    sigset_t before = block_ends();
    int program = -1;

    if (program_compile_keep(&compiled, file, true)) {
        program = open(compiled.program, O_RDONLY | O_CLOEXEC);
        if (program < 0)
            message("%s: %s", compiled.program, strerror(errno));
    }
    program_compile_remove(&compiled);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return program;
}
