/*
 * program_plain.c -- see program_plain.h.
 *
 * concviz may become the program (program_run.h), and somebody must stay to take
 * it away again: so a child of ours does all, and we wait for it.
 */
#include "cli/program/program_plain.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/program/program_compile.h"
#include "sched/base/file.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"

enum {
    SIGNALLED = 128 /* as shells say it */
};

/* A file that cannot be read is the compiler's to refuse. */
static bool names_us(const char *file)
{
    struct strbuf text;
    bool named;

    strbuf_init(&text);
    named = file_read(file, WORKLOAD_FILE_BYTES_MAX, &text) != 0 ||
            strstr(text.text, "concviz.h");
    strbuf_fini(&text);
    return named;
}

bool program_plain_takes(const struct options *options)
{
    return !options->dashes && options->word_count == 2 &&
           program_compile_takes(options->word[1]) &&
           !names_us(options->word[1]);
}

static _Noreturn void do_all(const struct options *options, const char *program,
                             int (*command)(const struct options *options),
                             pid_t parent)
{
    const char *const compiled[] = { program, NULL };
    struct options own = *options;

    own.dashes = 1;
    own.compiled = compiled;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        exit(EXIT_FAILED); /* it died before we asked to be told */
    exit(message_finished(command(&own)));
}

/* Has it ended? What stops it, from the terminal, is to stop us, too. */
static bool has_ended(pid_t pid, int *status)
{
    while (waitpid(pid, status, WUNTRACED | WNOHANG) == pid) {
        if (!WIFSTOPPED(*status))
            return true;
        raise(SIGSTOP);
    }
    return false;
}

/* Whoever would end us ends it; of the terminal it hears itself. */
static int await(pid_t pid, const sigset_t *signals)
{
    int status = 0, number;

    while (!has_ended(pid, &status))
        if (sigwait(signals, &number) == 0 &&
            (number == SIGHUP || number == SIGTERM))
            kill(pid, number);
    return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status)
                               : WEXITSTATUS(status);
}

static int run_program(const struct options *options, const char *program,
                       int (*command)(const struct options *options))
{
    pid_t parent = getpid(), pid;
    sigset_t signals, before;
    int status = EXIT_FAILED;

    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGQUIT);
    sigaddset(&signals, SIGTERM);
    fflush(NULL);
    sigprocmask(SIG_BLOCK, &signals, &before);
    pid = fork();
    if (pid == 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        do_all(options, program, command, parent);
    }
    if (pid > 0)
        status = await(pid, &signals);
    else
        message("%s", strerror(errno));
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

int program_plain_run(const struct options *options,
                      int (*command)(const struct options *options))
{
    struct program_compiled compiled;
    int status = EXIT_USAGE;

    if (program_compile_keep(&compiled, options->word[1], false))
        status = run_program(options, compiled.program, command);
    program_compile_remove(&compiled);
    return status;
}
