/*
 * listing.c -- a program as rows of the screen: numbered lines, broken where
 * they are too long. It only looks at the lines that are asked for, from the last
 * one on, so a text of any length can be scrolled through.
 */
#include "render/draw/listing.h"

#include <stdint.h>
#include <string.h>

#include "sched/base/text.h"

enum {
    CELLS_LEAST = 8,        /* of a row of text */
    COUNTED_MOST = 1 << 16, /* bytes in which lines are counted … */
    DIGITS_MANY = 6         /* … and for more this must do */
};

void listing_init(struct listing *listing, const char *text, int cells)
{
    if (!strncmp(text, "\xEF\xBB\xBF", 3)) /* a byte order mark */
        text += 3;
    *listing = (struct listing){
        .text = text, .found = text, .found_line = 1, .cells = cells
    };
    strbuf_init(&listing->line);
}

void listing_fini(struct listing *listing)
{
    strbuf_fini(&listing->line);
}

/* Nothing here takes longer for a text of a hundred thousand lines. */
int listing_digits(const char *text)
{
    size_t bytes = strnlen(text, COUNTED_MOST);
    int lines = 1, digits = 1;

    if (bytes == COUNTED_MOST)
        return DIGITS_MANY;
    while ((text = listing_next(text)))
        lines++;
    for (; lines > 9; lines /= 10)
        digits++;
    return digits;
}

/* --- lines ---------------------------------------------------------------- */

const char *listing_next(const char *text)
{
    text = strchr(text, '\n');
    return text && text[1] ? text + 1 : NULL;
}

/* The lines that are asked for are near each other: each is looked for from the
 * one before. */
const char *listing_find(struct listing *listing, int line)
{
    while (listing->found_line > line && listing->found_line > 1) {
        listing->found--;
        while (listing->found > listing->text && listing->found[-1] != '\n')
            listing->found--;
        listing->found_line--;
    }
    while (listing->found_line < line) {
        const char *next = listing_next(listing->found);

        if (!next)
            return NULL;
        listing->found = next;
        listing->found_line++;
    }
    return *listing->found ? listing->found : NULL;
}

int listing_first_code(struct listing *listing)
{
    const char *text = listing->text;

    for (int line = 1; text; line++, text = listing_next(text)) {
        listing_take(listing, text);
        if (!listing_is_comment(listing))
            return line;
    }
    return 1;
}

int listing_rows_from(struct listing *listing, int line, int most)
{
    const char *text = listing_find(listing, line);
    int rows = 0;

    for (; text && rows < most; text = listing_next(text)) {
        listing_take(listing, text);
        rows += listing_rows(listing);
    }
    return rows < most ? rows : most;
}

/* --- the line in hand ----------------------------------------------------- */

void listing_take(struct listing *listing, const char *text)
{
    size_t bytes = strcspn(text, "\r\n");

    while (bytes > 0 && (text[bytes - 1] == ' ' || text[bytes - 1] == '\t'))
        bytes--;
    strbuf_clear(&listing->line);
    strbuf_add(&listing->line, text, bytes);
}

/* Of a workload or of C; a blank line is none that does anything, too. */
bool listing_is_comment(const struct listing *listing)
{
    const char *text = listing->line.text;

    text += strspn(text, " \t");
    return !*text || *text == '#' || !strncmp(text, "/*", 2) || *text == '*' ||
           !strncmp(text, "//", 2);
}

struct wrap_row listing_row(const struct listing *listing, size_t from)
{
    int cells = listing->cells - (from > 0 ? LISTING_HANG : 0);

    if (cells < CELLS_LEAST)
        cells = CELLS_LEAST;
    return listing_is_comment(listing)
               ? wrap_words(listing->line.text + from, cells)
               : wrap_steps(listing->line.text + from, cells);
}

int listing_rows(const struct listing *listing)
{
    size_t at = listing_row(listing, 0).next;
    int rows = 1;

    for (; at < listing->line.length; rows++)
        at += listing_row(listing, at).next;
    return rows;
}

/* The byte at which a column begins. */
static size_t byte_of(const struct listing *listing, int column)
{
    size_t at = 0, bytes;
    uint32_t rune;

    while (--column > 0 &&
           (bytes = text_decode(listing->line.text + at, &rune)))
        at += bytes;
    return at;
}

/* The byte behind the step that begins there: before a comma, a bracket, a
 * comment or the end, but not inside quotation marks. */
static size_t end_of_step(const struct listing *listing, size_t from)
{
    const char *text = listing->line.text;
    bool quoted = false;
    size_t at = from;

    for (; text[at] && (quoted || !strchr(",()#", text[at])); at++)
        if (text[at] == '"')
            quoted = !quoted;
    while (at > from && text[at - 1] == ' ')
        at--;
    return at;
}

struct listing_part listing_step(const struct listing *listing, int column)
{
    struct listing_part part = { strspn(listing->line.text, " \t"),
                                 listing->line.length };

    if (column > 0) {
        part.from = byte_of(listing, column);
        part.to = end_of_step(listing, part.from);
    }
    return part;
}
