/*
 * shown.h -- what a screen shows already, so that only rows that are different
 * cost anything.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_SHOWN_H
#define CONCVIZ_RENDER_OUTPUT_SHOWN_H

#include <stdbool.h>

struct cell;
struct cells;

/* All zero: nothing is known. */
struct shown {
    struct cell *cell;
    int width, height;
    int rows; /* the first so many are known */
};

void shown_fini(struct shown *shown);

/* From now on nothing is known. */
void shown_forget(struct shown *shown);

/*
 * Is row y of cells what the screen shows there? If not the caller shows it
 * now: it is kept for the next time. Rows are asked for from 0 on. In a grid of
 * another size nothing is known.
 */
bool shown_has_row(struct shown *shown, const struct cells *cells, int y);

#endif
