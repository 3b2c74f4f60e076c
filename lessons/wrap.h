/*
 * wrap.h -- paragraphs cut into rows of a given width.
 *
 * Words are re-wrapped; a Hangul letter takes two cells. Lines indented by
 * two or more spaces are kept as they are, list items ("- ", "1. ") hang.
 * *word* is emphasis, and reflect.h's marks enclose an ideal value: both
 * become spans, their marks are gone from the text. In a kept line the two
 * cells of the stars are given back behind the word, so columns stay columns.
 */
#ifndef CONCVIZ_LESSONS_WRAP_H
#define CONCVIZ_LESSONS_WRAP_H

#include <stddef.h>

enum wrap_mark {
    WRAP_PLAIN,
    WRAP_EMPHASIS,
    WRAP_IDEAL
};

struct arena;

/* A stretch of a row with one mark. */
struct wrap_span {
    const char *text; /* NUL-terminated, no control characters */
    enum wrap_mark mark;
};

struct wrap_row {
    struct wrap_span *span;
    size_t span_count;
    int cells;
};

struct wrapped {
    struct arena *arena; /* everything below lives in it */
    struct wrap_row *row;
    size_t row_count;
    int cells; /* of the widest row */
};

/* Wrap text to rows of at most `cells` cells (at least 10 are taken). Free
 * with wrapped_free. */
struct wrapped *wrap(const char *text, int cells);
void wrapped_free(struct wrapped *wrapped);

#endif
