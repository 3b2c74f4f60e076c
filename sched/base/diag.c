#include "sched/base/diag.h"

#include <stdarg.h>
#include <stdio.h>

#include "sched/base/text.h"

void diag_set(struct diag *diag, const char *file, int line, int column,
              const char *format, ...)
{
    char raw[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(raw, sizeof raw, format, arguments);
    va_end(arguments);
    text_clean(diag->message, sizeof diag->message, raw);
    text_clean(diag->file, sizeof diag->file, file ? file : "");
    diag->line = line;
    diag->column = column;
}
