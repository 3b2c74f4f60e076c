/*
 * explore_page.h -- what an exploration has found, as rows of a page: one of it
 * is selected and told step by step.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_EXPLORE_EXPLORE_PAGE_H
#define CONCVIZ_CLI_EXPLORE_EXPLORE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "render/cells/cells.h"

struct explore_report;
struct explore_rerun;
struct explore_step;
struct finding;
struct history;
struct page_text;
struct schedule;

/* What can be selected: a finding, or the way to the smallest or largest value
 * of a shared variable. All borrowed from what was explored. */
struct explore_entry {
    const struct finding *finding; /* NULL: a value */
    const struct schedule *schedule;
    size_t shared;
    bool largest;
};

struct explore_page {
    const struct explore_report *report;
    const struct explore_entry *entry;
    size_t count, selected;
    const struct explore_rerun *rerun; /* of the selected one */
    int cells;                         /* of a row */
    int steps;                         /* at most so many, the last ones */
};

/* --- rows of any such page ------------------------------------------------ */

/* Cells of a row, and how many steps there may be. */
struct explore_room {
    int cells, steps;
};

/* What was tried: each line begins a row; text is broken up. */
void explore_page_head(struct page_text *sheet, int cells, char *text);

/* One of those that can be selected. */
void explore_page_entry(struct page_text *sheet, int cells, const char *text,
                        bool selected);

/* Lines that stand below it. */
void explore_page_lines(struct page_text *sheet, enum role role, int cells,
                        const char *text);

/* The last of its steps. */
void explore_page_steps(struct page_text *sheet, const struct history *history,
                        const struct explore_step *step, size_t count,
                        const struct explore_room *room);

/* --- the page of a workload ----------------------------------------------- */

/* All entries of a report; free() them. */
struct explore_entry *explore_page_entries(const struct explore_report *report,
                                           size_t *count);

/* Append the rows. Returns the first row of the selected entry. */
int explore_page(struct page_text *sheet, const struct explore_page *page);

#endif
