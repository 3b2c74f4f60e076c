/*
 * free_play.h -- a page from which everything can be run without typing a
 * command: a workload, or a file of one's own, in any mode, and two compared.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_LESSON_FREE_PLAY_H
#define CONCVIZ_CLI_LESSON_FREE_PLAY_H

#include <stdbool.h>

struct page_view;

/* Until the person goes back. Returns false to quit the program. */
bool free_play(struct page_view *pages, int usable);

#endif
