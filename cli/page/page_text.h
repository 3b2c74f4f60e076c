/*
 * page_text.h -- rows of styled text, written one after the other.
 *
 * What a page shows is made here: words from anywhere are copied, lines are
 * broken by lessons/markup.h.
 */
#ifndef CONCVIZ_CLI_PAGE_PAGE_TEXT_H
#define CONCVIZ_CLI_PAGE_PAGE_TEXT_H

#include <stddef.h>

#include "render/draw/page.h"

struct arena;

struct page_text {
    struct arena *arena;
    struct page_row *row;
    size_t count, capacity;
    size_t span_capacity; /* of the last row */
    int cells;            /* used in the last row */
};

void page_text_init(struct page_text *sheet);
void page_text_fini(struct page_text *sheet);

/* Begin another row. */
void page_text_row(struct page_text *sheet);

/* Go on in the last row. */
void page_text_put(struct page_text *sheet, struct style style,
                   const char *text);
void page_text_putf(struct page_text *sheet, struct style style,
                    const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Spaces up to this cell of the last row. */
void page_text_tab(struct page_text *sheet, int cell);

/*
 * Text over as many rows as it needs: from the place where the last row ends,
 * which is also where the next ones begin, up to `cells`. Emphasis is strong,
 * ideal values are dim, the rest is in style.
 */
void page_text_wrap(struct page_text *sheet, struct style style, int cells,
                    const char *text);

/* What has been written; valid until more is. */
struct page_rows page_text_text(const struct page_text *sheet);

#endif
