/*
 * palette.h -- roles become colours, for the theme and terminal at hand.
 *
 * Text is drawn in the terminal's own two colours; a colour of ours appears
 * only as a block with a black or white letter on it, as a bar, or as dots.
 * Plain data; any thread.
 */
#ifndef CONCVIZ_RENDER_CELLS_PALETTE_H
#define CONCVIZ_RENDER_CELLS_PALETTE_H

#include <stdint.h>

#include "render/cells/cells.h"

enum theme {
    THEME_AUTO,
    THEME_DARK,
    THEME_LIGHT,
    THEME_MONO
};

enum {
    PALETTE_DEFAULT = -1,     /* the terminal's own colour */
    PALETTE_DIRECT = 1 << 24, /* number of colours: numbers are 0xRRGGBB */
};

enum paint_attribute {
    PAINT_BOLD = 1 << 0,
    PAINT_REVERSE = 1 << 1,
    PAINT_UNDERLINE = 1 << 2,
    PAINT_DIM = 1 << 3,
};

struct palette {
    enum theme theme; /* never THEME_AUTO after palette_init */
    int colours;      /* 0: mono; 8, 16, 256 or PALETTE_DIRECT */
};

/* How one cell is to be painted. */
struct paint {
    int32_t fg, bg;      /* PALETTE_DEFAULT or a colour number */
    unsigned attributes; /* enum paint_attribute */
    uint32_t rune;       /* the cell's, or what stands for it here */
};

/* Any number of colours is rounded down to one the palette knows; THEME_AUTO
 * is dark, THEME_MONO has no colours. */
void palette_init(struct palette *palette, enum theme theme, int colours);

/* The two colours of a terminal that we imagine, 0xRRGGBB: PALETTE_DEFAULT in
 * files that others show. Where the theme is not light, it is dark. */
struct palette_ground {
    uint32_t fg, bg;
};
struct palette_ground palette_ground(enum theme theme);

struct paint palette_paint(const struct palette *palette,
                           const struct cell *cell);

#endif
