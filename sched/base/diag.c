/*
 * diag.c -- the one place where a message about an input is made.
 *
 * The message is formatted whole and cleaned as a whole, so that no caller can
 * forget to clean one of the pieces it quotes.
 */
#include "sched/base/diag.h"

#include <stdio.h>

#include "sched/base/text.h"

/* raw is larger than a message, so that text_clean does the cutting: vsnprintf
 * would cut in the middle of a character. */
void diag_vset(struct diag *diag, const char *file, int line, int column,
               const char *format, va_list arguments)
{
    char raw[1024];

    vsnprintf(raw, sizeof raw, format, arguments);
    text_clean(diag->message, sizeof diag->message, raw);
    text_clean(diag->file, sizeof diag->file, file ? file : "");
    diag->line = line;
    diag->column = column;
}

void diag_set(struct diag *diag, const char *file, int line, int column,
              const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    diag_vset(diag, file, line, column, format, arguments);
    va_end(arguments);
}
