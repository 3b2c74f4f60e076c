/*
 * program_progress.c -- see program_progress.h. SIGINT is read from a descriptor,
 * so that whoever waits for a run waits for Ctrl-C, too.
 */
#include "cli/program/program_progress.h"

#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/explore/explore.h"

enum {
    SHOW_MS = 200
};

static sigset_t interrupts(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    return set;
}

void program_progress_begin(struct program_progress *progress)
{
    sigset_t set = interrupts();

    *progress = (struct program_progress){
        .visible = isatty(STDOUT_FILENO) && isatty(STDERR_FILENO),
        .began_ns = clock_now_ns(),
    };
    progress->shown_ns = progress->began_ns;
    progress->interrupt = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    sigprocmask(progress->interrupt < 0 ? SIG_UNBLOCK : SIG_BLOCK, &set,
                &progress->before);
}

bool program_progress_interrupted(const struct program_progress *progress)
{
    struct signalfd_siginfo info;

    return progress->interrupt >= 0 &&
           read(progress->interrupt, &info, sizeof info) == sizeof info;
}

/* Over the line before, all of it. */
static void write_line(struct program_progress *progress, const char *text)
{
    int cells = text_cells(text), blanks = progress->cells - cells;

    if (blanks < 0)
        blanks = 0;
    fprintf(stderr, "\r%s%*s", text, blanks, "");
    for (; blanks > 0; blanks--)
        fputc('\b', stderr);
    fflush(stderr);
    progress->cells = cells;
}

void program_progress_show(struct program_progress *progress,
                           const struct explored *so_far, bool shortening)
{
    int64_t now_ns = clock_now_ns();
    long long runs = (long long)(so_far->by_chance + so_far->in_order);
    struct strbuf text;

    if (!progress->visible || now_ns - progress->shown_ns < SHOW_MS * NS_PER_MS)
        return;
    progress->shown_ns = now_ns;
    strbuf_init(&text);
    if (shortening)
        strbuf_addf(&text,
                    _("%lld runs, %zu found, now made shorter (Ctrl-C to "
                      "stop)"),
                    runs, so_far->count);
    else
        strbuf_addf(&text,
                    _("%lld runs, %zu found, %lld runs/s (Ctrl-C to stop)"),
                    runs, so_far->count,
                    runs * NS_PER_S / (now_ns - progress->began_ns));
    write_line(progress, text.text);
    strbuf_fini(&text);
}

void program_progress_end(struct program_progress *progress)
{
    if (progress->cells > 0) {
        write_line(progress, "");
        fputc('\r', stderr);
        fflush(stderr);
    }
    while (program_progress_interrupted(progress))
        continue;
    if (progress->interrupt >= 0)
        close(progress->interrupt);
    sigprocmask(SIG_SETMASK, &progress->before, NULL);
}
