/*
 * message.c -- all that is printed outside of the live screen.
 *
 * Our messages are UTF-8 and so may be names that people chose; where the
 * terminal reads other letters, only ASCII gets through.
 */
#include "cli/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/options/language.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/workload/workload.h"

/* What stream gets instead of UTF-8 where nobody would understand it. */
static void print_plainly(FILE *stream, const char *text, size_t length)
{
    const char *end = text + length;

    if (language_has_unicode()) {
        fwrite(text, 1, length, stream);
        return;
    }
    while (text < end) {
        uint32_t rune;
        size_t bytes = text_decode(text, &rune);

        putc(rune < 0x80 ? (int)rune : '?', stream);
        text += bytes ? bytes : 1;
    }
}

void message_text(const char *text, size_t length)
{
    print_plainly(stdout, text, length);
}

void message_print(struct strbuf *text)
{
    message_text(text->text, text->length);
    strbuf_fini(text);
}

static void print_error(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static void print_error(const char *format, ...)
{
    char line[2048];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    print_plainly(stderr, line, strlen(line));
}

void message(const char *format, ...)
{
    char raw[1024], clean[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(raw, sizeof raw, format, arguments);
    va_end(arguments);
    print_error("concviz: %s\n", text_clean(clean, sizeof clean, raw));
}

void message_diag(const struct diag *diag)
{
    if (!diag->file[0])
        print_error("concviz: %s\n", diag->message);
    else if (diag->line < 1)
        print_error("%s: %s\n", diag->file, diag->message);
    else if (diag->column < 1)
        print_error("%s:%d: %s\n", diag->file, diag->line, diag->message);
    else
        print_error("%s:%d:%d: %s\n", diag->file, diag->line, diag->column,
                    diag->message);
}

void message_warnings(const struct workload *workload)
{
    for (size_t i = 0; i < workload->warning_count; i++) {
        const struct diag *warning = &workload->warning[i];

        print_error(_("%s:%d:%d: warning: %s\n"), warning->file, warning->line,
                    warning->column, warning->message);
    }
}

/* Why standard output failed: an errno value, or 0. Where it failed earlier
 * nobody kept the reason, and one more byte that is not written tells it. */
static int failure(void)
{
    errno = 0;
    if (ferror(stdout))
        putchar('\n');
    return fflush(stdout) != 0 ? errno : 0;
}

int message_finished(int status)
{
    bool failed = ferror(stdout);
    int error = failure();

    if (!failed && !error)
        return status;
    message(_("standard output: %s"),
            error ? strerror(error) : _("not everything could be written"));
    return status ? status : EXIT_FAILED;
}
