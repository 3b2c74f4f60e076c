/*
 * mark.h -- letters in the rows of people for what takes no time.
 */
#ifndef CONCVIZ_RENDER_DRAW_MARK_H
#define CONCVIZ_RENDER_DRAW_MARK_H

#include <stdbool.h>

#include "sched/history/history.h"

struct frame;
struct scene;
struct span_source;

struct mark_sign {
    char letter;
    const char *word; /* N_("in the legend") */
    /* Can there be any in this run? */
    bool (*used)(const struct scene *scene);
};

/* By enum history_mark. */
extern const struct mark_sign mark_sign[MARKS];

/* What deserves a sign in that column of a row, or MARK_NONE. */
enum history_mark mark_in(const struct frame *frame,
                          const struct span_source *row, int column);

/* Put the sign there, in row y, over what is there. */
void mark_put(struct frame *frame, int y, int column, enum history_mark mark);

#endif
