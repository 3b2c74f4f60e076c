/*
 * page.h -- a screen to be read: text, a picture, a box, and the keys.
 *
 * What is between the title bar and the keys comes from above to below:
 * text, then the picture of a run, then a box. A page is plain data, borrowed
 * while it is drawn; who makes it breaks the lines.
 */
#ifndef CONCVIZ_RENDER_DRAW_PAGE_H
#define CONCVIZ_RENDER_DRAW_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "render/cells/cells.h"
#include "render/scene/view.h"

struct history;

/* Columns a page takes on each side of its text. */
enum {
    PAGE_MARGIN = 2,
    PAGE_TEXT_MOST = 100 /* longer lines are hard to read */
};

/* A stretch of text with one look. */
struct page_span {
    const char *text;
    struct style style;
};

struct page_row {
    struct page_span *span;
    size_t count;
};

struct page_rows {
    const struct page_row *row;
    size_t count;
};

struct page {
    const char *name;  /* "LESSON 5 of 18" */
    const char *title; /* or NULL */
    int dots, dot;     /* how many screens there are, and which one, from 1 */
    struct page_rows text;
    const struct history *history; /* of the picture, or NULL … */
    const struct view *view;       /* … and how it is looked at */
    const char *caption;           /* above the picture, or NULL */
    const char *box_title;
    struct page_rows box;    /* no rows: none */
    bool keep_picture;       /* it is more important than the whole text */
    int scroll;              /* rows of text that are above the screen */
    const char *notice;      /* or NULL */
    const char *const *help; /* as in struct view; NULL: not open */
    const char *footer;      /* as in struct view */
    enum glyph_set glyphs;
};

/* Cells of text in a screen of this width. */
int page_text_cells(int width);

/* Is there room for its picture in so many rows? */
bool page_shows_picture(const struct page *page, int height);

/* Draw page over all cells. Returns how many rows are below the screen. */
int page_draw(struct cells *cells, const struct page *page);

#endif
