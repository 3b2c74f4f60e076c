/*
 * explore_list.h -- a page with a list of what was found: one of it is chosen,
 * and can be walked on the live screen.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_EXPLORE_EXPLORE_LIST_H
#define CONCVIZ_CLI_EXPLORE_EXPLORE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/page/page_view.h"
#include "cli/player/player.h"
#include "render/scene/view.h"

struct explore_list;
struct history;
struct page_text;

/* What a list is of. subject is the list's. */
struct explore_rules {
    /* The selected one is another now. */
    void (*select)(struct explore_list *list);
    /* The run that shows it; NULL: it cannot be had. */
    const struct history *(*history)(const struct explore_list *list);
    /* Append the rows, with so many steps at most. Returns the first row of the
     * selected one. */
    int (*rows)(struct explore_list *list, struct page_text *text, int steps);
    /* Show its run on the terminal, which is open; diag: see player_visit. */
    enum player_left (*walk)(struct explore_list *list, struct diag *diag);
};

/* Filled up to the line; all is borrowed. */
struct explore_list {
    const struct explore_rules *rules;
    void *subject;
    const struct options *options;
    size_t count; /* not 0 */
    const char *title, *caption;
    /* --- */
    size_t selected;
    struct page_view pages;
    struct view view;
    bool quit;
};

/* Let the person choose until they quit. Returns false with diag filled when
 * there is no screen. */
bool explore_list(struct explore_list *list, struct diag *diag);

#endif
