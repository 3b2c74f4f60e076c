/*
 * text_shown.c -- what is left of a line that a program has written for a
 * terminal.
 */
#include "sched/base/text.h"

enum {
    TAB_CELLS = 8,
    ESCAPE = '\033'
};

/* The byte behind what a terminal would obey and not show: ESC [ … letter, ESC ]
 * … BEL, ESC and one more. */
static size_t behind_escape(const char *line, size_t at, size_t length)
{
    char kind = at + 1 < length ? line[at + 1] : '\0';

    at += 2;
    if (kind == '[')
        while (at < length && (line[at] < '@' || line[at] > '~'))
            at++;
    else if (kind == ']')
        while (at < length && line[at] != '\a' && line[at] != ESCAPE)
            at++;
    else
        return at < length ? at : length;
    return at < length ? at + 1 : length;
}

size_t text_shown(char *target, size_t size, const char *line, size_t length)
{
    size_t count = 0;

    for (size_t at = 0; at < length && count + 1 < size;) {
        if (line[at] == ESCAPE) {
            at = behind_escape(line, at, length);
        } else if (line[at] == '\t') {
            do
                target[count++] = ' ';
            while (count % TAB_CELLS != 0 && count + 1 < size);
            at++;
        } else {
            if (line[at] != '\r')
                target[count++] = line[at];
            at++;
        }
    }
    target[count] = '\0';
    return count;
}
