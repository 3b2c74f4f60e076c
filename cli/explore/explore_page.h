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

struct explore_report;
struct explore_rerun;
struct finding;
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

/* All entries of a report; free() them. */
struct explore_entry *explore_page_entries(const struct explore_report *report,
                                           size_t *count);

/* Append the rows. Returns the first row of the selected entry. */
int explore_page(struct page_text *sheet, const struct explore_page *page);

#endif
