/*
 * listing.h -- the text of a program by lines, each broken into rows.
 *
 * One line at a time is in hand: that is what the questions about rows and
 * steps are about.
 */
#ifndef CONCVIZ_RENDER_DRAW_LISTING_H
#define CONCVIZ_RENDER_DRAW_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "sched/base/strbuf.h"
#include "sched/base/wrap.h"

struct listing {
    const char *text;   /* its first line; borrowed */
    int cells;          /* of a row */
    const char *found;  /* the line asked for last … */
    int found_line;     /* … and its number */
    struct strbuf line; /* in hand, without spaces at its end */
};

/* Cells by which all rows of a line but the first are indented. */
enum {
    LISTING_HANG = 2
};

/* Make a listing of text, which is borrowed, in rows of so many cells. */
void listing_init(struct listing *listing, const char *text, int cells);
void listing_fini(struct listing *listing);

/* How many digits the number of its last line has. */
int listing_digits(const char *text);

/* The text of a line, from 1, or NULL; and of the one after it, or NULL. */
const char *listing_find(struct listing *listing, int line);
const char *listing_next(const char *text);

/* The first line that is no comment. */
int listing_first_code(struct listing *listing);

/* Rows from a line to the end, counted up to `most`. */
int listing_rows_from(struct listing *listing, int line, int most);

/* --- the line in hand ----------------------------------------------------- */

/* Take the line that begins at text. */
void listing_take(struct listing *listing, const char *text);

bool listing_is_comment(const struct listing *listing);

/* Its row that begins with byte `from`; how many rows it has. */
struct wrap_row listing_row(const struct listing *listing, size_t from);
int listing_rows(const struct listing *listing);

/* Bytes of the line: the step that begins in a column (from 1), or, for column
 * 0, all of it but the spaces before. */
struct listing_part {
    size_t from, to;
};
struct listing_part listing_step(const struct listing *listing, int column);

#endif
