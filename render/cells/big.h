/*
 * big.h -- letters and digits three rows high, to be read from the back row.
 */
#ifndef CONCVIZ_RENDER_CELLS_BIG_H
#define CONCVIZ_RENDER_CELLS_BIG_H

#include "render/cells/cells.h"

enum {
    BIG_WIDTH = 5, /* cells a letter; one more between two */
    BIG_HEIGHT = 3,
    BIG_TALL_HEIGHT = 5 /* and each letter twice as wide */
};

/* Cells text takes when big, or 0 if it has a character without a shape. */
int big_cells(const char *text);

/* The same, five rows high: every pixel is two cells. */
int big_tall_cells(const char *text);
void big_tall(struct cells *cells, int x, int y, const char *text,
              struct style style);

/* Draw text big; the pixels of style are two a cell, one above the other. */
void big_text(struct cells *cells, int x, int y, const char *text,
              struct style style);

#endif
