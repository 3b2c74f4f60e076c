/*
 * markup.h -- the text of a lesson as rows of a given width.
 *
 * Paragraphs are wrapped again. Lines indented by two or more spaces are kept
 * as they are; list items ("- ", "1. ") hang. *word* is emphasis, and
 * reflect.h's marks enclose an ideal value: both become spans, and their
 * marks are gone from the text. In a kept line the two cells of the stars are
 * given back after the word, so that columns stay columns.
 */
#ifndef CONCVIZ_LESSONS_MARKUP_H
#define CONCVIZ_LESSONS_MARKUP_H

#include <stddef.h>

enum markup_mark {
    MARKUP_PLAIN,
    MARKUP_EMPHASIS,
    MARKUP_IDEAL
};

struct arena;

/* A stretch of a row with one mark. */
struct markup_span {
    const char *text; /* NUL-terminated, no control characters */
    enum markup_mark mark;
};

struct markup_row {
    struct markup_span *span;
    size_t span_count;
    int cells;
};

struct markup {
    struct arena *arena; /* everything below lives in it */
    struct markup_row *row;
    size_t row_count;
    int cells; /* of the widest row */
};

/* Wrap text to rows of at most `cells` cells (at least 10 are taken). Free
 * with markup_free. */
struct markup *markup_wrap(const char *text, int cells);
void markup_free(struct markup *wrapped);

#endif
