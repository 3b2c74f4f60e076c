/*
 * whatif_page.h -- what another number of machines would change, as rows of a
 * page: the plot with that number marked, and its numbers.
 */
#ifndef CONCVIZ_CLI_WHATIF_WHATIF_PAGE_H
#define CONCVIZ_CLI_WHATIF_WHATIF_PAGE_H

#include <stdbool.h>

struct page_text;
struct whatif;
struct whatif_measured;

struct whatif_page {
    const struct whatif *whatif; /* 1, 2, 3, ... machines */
    const struct whatif_measured *measured;
    int machines;      /* that are chosen */
    int shown;         /* machines the plot has at least */
    int tasks;         /* whose rows are to stand below */
    int cells, height; /* of a row of text, and of the screen */
    bool ascii;
};

/* Append the rows. */
void whatif_page(struct page_text *sheet, const struct whatif_page *page);

#endif
