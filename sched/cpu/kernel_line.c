/*
 * kernel_line.c -- files that the kernel writes when they are read.
 *
 * Their size is not known beforehand and they may be missing on any system, so
 * each is read line by line, and a missing one is not an error: whoever asks
 * goes on without the answer.
 */
#include "sched/cpu/kernel_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    PATH_BYTES = 4096,
    LINE_BYTES = 4096,
};

bool kernel_line(char *text, size_t size, const char *prefix,
                 const char *format, ...)
{
    char path[PATH_BYTES], line[LINE_BYTES];
    size_t skipped = strlen(prefix);
    bool found = false;
    va_list arguments;
    FILE *file;
    int length;

    text[0] = '\0';
    va_start(arguments, format);
    length = vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof path ||
        !(file = fopen(path, "re")))
        return false;
    while (!found && fgets(line, sizeof line, file))
        found = strncmp(line, prefix, skipped) == 0;
    fclose(file);
    if (found) {
        line[strcspn(line, "\n")] = '\0';
        snprintf(text, size, "%.*s", (int)size - 1, line + skipped);
    }
    return found;
}
