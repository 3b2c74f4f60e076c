/*
 * sound.c -- the file that --sound writes.
 *
 * It is opened before the run, so that nobody waits for a run whose sound then
 * cannot be kept, and emptied only when there is something to put into it.
 */
#include "cli/report/sound.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/run/runner.h"
#include "render/output/backend_wav.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"

static void say_why(const char *name, int error)
{
    message(_("cannot write %s: %s"), name, strerror(error));
}

int sound_open(const char *name)
{
    /* Not to wait for a reader that a pipe may never have. */
    int fd = open(name, O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0666);

    if (fd < 0)
        say_why(name, errno);
    else
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return fd;
}

/* Returns 0 or an errno. */
static int write_history(int fd, const struct history *history,
                         const struct options *options, bool *cut)
{
    FILE *file = fdopen(fd, "w");
    int error;

    if (!file) {
        error = errno;
        close(fd);
        return error;
    }
    if (ftruncate(fd, 0) < 0 && errno != EINVAL) { /* a pipe, a device */
        error = errno;
        fclose(file);
        return error;
    }
    error = -backend_wav(file, history, options->speed, cut);
    return fclose(file) && !error ? errno : error;
}

int sound_write(int fd, struct runner *runner, const struct options *options)
{
    struct history *history;
    const struct diag *why;
    bool cut = false;
    int error;

    if (fd < 0)
        return EXIT_DONE;
    while (!runner_wait(runner, -1))
        continue;
    if (runner_error(runner, &why)) {
        close(fd);
        return EXIT_DONE;
    }
    history = runner_history(runner);
    error = write_history(fd, history, options, &cut);
    history_free(history);
    if (error) {
        say_why(options->sound, error);
        return EXIT_INCOMPLETE;
    }
    if (cut)
        message(
            _("the sound ends after %d minutes; a higher --speed shortens it"),
            WAV_SECONDS_MAX / 60);
    return EXIT_DONE;
}
