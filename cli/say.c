#include "cli/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

void say(const char *format, ...)
{
    char raw[1024], clean[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(raw, sizeof raw, format, arguments);
    va_end(arguments);
    fprintf(stderr, "concviz: %s\n", text_clean(clean, sizeof clean, raw));
}

void say_diag(const struct diag *diag)
{
    if (!diag->file[0])
        fprintf(stderr, "concviz: %s\n", diag->message);
    else if (diag->line < 1)
        fprintf(stderr, "%s: %s\n", diag->file, diag->message);
    else if (diag->column < 1)
        fprintf(stderr, "%s:%d: %s\n", diag->file, diag->line, diag->message);
    else
        fprintf(stderr, "%s:%d:%d: %s\n", diag->file, diag->line, diag->column,
                diag->message);
}

int say_finished(int status)
{
    int error = 0;

    errno = 0;
    if (fflush(stdout) != 0)
        error = errno ? errno : EIO;
    else if (ferror(stdout))
        error = EIO;
    if (!error)
        return status;
    say(_("standard output: %s"), strerror(error));
    return status ? status : EXIT_FAILED;
}
