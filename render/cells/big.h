/*
 * big.h -- letters and digits three rows high, to be read from the back row.
 */
#ifndef CONCVIZ_RENDER_CELLS_BIG_H
#define CONCVIZ_RENDER_CELLS_BIG_H

#include <stdbool.h>

#include "render/cells/cells.h"

enum {
    BIG_WIDTH = 5, /* cells a letter; one more between two */
    BIG_HEIGHT = 3,
    BIG_TALL_HEIGHT = 5 /* and each letter twice as wide */
};

/* Cells text takes when big, or 0 if it has a character without a shape. */
int big_cells(const char *text, bool tall);

/* Draw text big: as half blocks, or tall, where every pixel is two cells. */
void big_text(struct cells *cells, int x, int y, const char *text, bool tall,
              struct style style);

#endif
