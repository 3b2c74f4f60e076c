/*
 * panes.h -- which of the program, its values and its output are on the screen:
 * beside the picture, or in its place where the screen is narrow.
 */
#ifndef CONCVIZ_RENDER_SCENE_PANES_H
#define CONCVIZ_RENDER_SCENE_PANES_H

#include <stdbool.h>

struct history;
struct view;

/* Bits of what can be shown. */
enum {
    PANE_PROGRAM = 1,
    PANE_VALUES = 2,
    PANE_OUTPUT = 4,
    PANES_ALL = PANE_PROGRAM | PANE_VALUES | PANE_OUTPUT
};

/* What there is to show of a run: nothing of what its workload has none of. */
unsigned panes_of(const struct history *history);

/* What a screen of this width shows of it. */
unsigned panes_shown(const struct history *history, const struct view *view,
                     int width);

/* Is there room beside the picture? The cells of panes there. */
bool panes_beside(int width);
int panes_width(int width);

/* What comes after what the view shows now: the picture, the program, the
 * output, if there is any, and so on. */
void panes_next(struct view *view, const struct history *history, int width);

#endif
