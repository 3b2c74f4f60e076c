/*
 * wrap.c -- text broken at spaces.
 *
 * One pass over the row: remember the last good place to break, and stop at
 * the first character that does not fit. Spaces always fit, since those at
 * the end of a row are not shown.
 */
#include "sched/base/wrap.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "sched/base/text.h"

/* Where the row ends, in order of preference: the end of the text, the last
 * comma (if wanted), the last space, the middle of a word longer than a row. At
 * least one character is taken, or callers would loop forever. */
static struct wrap_row first_row(const char *text, int cells, bool commas)
{
    size_t word = strspn(text, " "), at = 0, space = 0, comma = 0, end, bytes;
    uint32_t rune;

    for (; (bytes = text_decode(text + at, &rune)); at += bytes) {
        cells -= text_rune_cells(rune);
        if (rune != ' ' && cells < 0)
            break;
        if (rune == ' ' && at > word) {
            space = at;
            if (commas && text[at - 1] == ',')
                comma = at;
        }
    }
    if (!text[at])
        end = at;
    else if (space)
        end = comma ? comma : space;
    else
        end = at ? at : bytes;
    for (at = end; at > 0 && text[at - 1] == ' ';)
        at--;
    return (struct wrap_row){ at, end + strspn(text + end, " ") };
}

struct wrap_row wrap_words(const char *text, int cells)
{
    return first_row(text, cells, false);
}

struct wrap_row wrap_steps(const char *text, int cells)
{
    return first_row(text, cells, true);
}
