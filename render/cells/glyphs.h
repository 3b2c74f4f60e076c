/*
 * glyphs.h -- the signs pictures are drawn with, and their ASCII twins.
 *
 * Drawing code always draws the Unicode signs; where the terminal cannot show
 * them, glyphs_to_ascii changes a finished grid. So both pictures have the
 * same content by construction.
 */
#ifndef CONCVIZ_RENDER_CELLS_GLYPHS_H
#define CONCVIZ_RENDER_CELLS_GLYPHS_H

#include <stdbool.h>
#include <stdint.h>

struct cells;

enum glyph {
    GLYPH_RUNNING = 0x2588,  /* █ # */
    GLYPH_LINE = 0x00B7,     /* · . */
    GLYPH_AWAITING = 0x2591, /* ░ ~ */
    GLYPH_BLOCKED = '!',
    GLYPH_HELD = 0x2592, /* ▒ % */
    GLYPH_STOLEN = '/',
    GLYPH_DONE = 0x2713, /* ✓ * */
    GLYPH_MANY = 0x259E, /* ▞ & : more than the cell can show */
    GLYPH_SWITCH = 'x',
    GLYPH_RAIL = 0x2500,     /* ─ - */
    GLYPH_BAR = 0x2502,      /* │ | */
    GLYPH_TICK = 0x2534,     /* ┴ + */
    GLYPH_UP = 0x25B2,       /* ▲ ^ */
    GLYPH_RIGHT = 0x25B6,    /* ▶ > */
    GLYPH_ELLIPSIS = 0x2026, /* … . */
};

/* The lower n/8 of a cell, n from 0 (a space) to 8; in ASCII a digit, how many
 * tenths that is. */
uint32_t glyphs_height(int n);

/* The left n/8 of a cell, n from 0 (a space) to 8 (a full block). */
uint32_t glyphs_eighths(int n);

/* Is it one of the signs that fill a part of their cell, or only the left one
 * to seven eighths of it? */
bool glyphs_is_block(uint32_t rune);
bool glyphs_is_eighth(uint32_t rune);

/* Replace every narrow character that is not ASCII. */
void glyphs_to_ascii(struct cells *cells);

#endif
