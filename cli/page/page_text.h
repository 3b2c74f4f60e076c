/*
 * page_text.h -- rows of styled text, written one after the other.
 *
 * What a page shows is made here: text from anywhere is copied, lines are
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

void page_text_init(struct page_text *page);
void page_text_fini(struct page_text *page);

/* Begin again with an empty page. */
void page_text_clear(struct page_text *page);

/* Begin a new row. */
void page_text_row(struct page_text *page);

/* Append to the last row, which is created if there is none. */
void page_text_put(struct page_text *page, enum role role, const char *text);
void page_text_putf(struct page_text *page, enum role role, const char *format,
                    ...) __attribute__((format(printf, 3, 4)));

/* The same in a style that is more than a role. */
void page_text_styled(struct page_text *page, struct style style,
                      const char *text);

/* Append row y of cells, without the spaces at its end. */
void page_text_copy(struct page_text *page, const struct cells *cells, int y);

/* Add spaces up to this cell of the last row. */
void page_text_tab(struct page_text *page, int cell);

/*
 * Append text over as many rows as it needs, from the end of the last row,
 * where further rows are indented to, up to `cells`. Emphasis is strong, ideal
 * values are dim, the rest has this role.
 */
void page_text_wrap(struct page_text *page, enum role role, int cells,
                    const char *text);

/* Append a workload's text: each statement begins a row, its further rows
 * hang. */
void page_text_program(struct page_text *page, const char *program, int cells);

/* What has been written; valid until more is. */
struct page_rows page_text_rows(const struct page_text *page);

#endif
