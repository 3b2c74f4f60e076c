/*
 * glyphs.c -- signs for parts of a cell, and what they are in ASCII.
 *
 * A sign without a twin becomes a question mark, so that a missing twin is
 * seen in the first ASCII picture that has the sign.
 */
#include "render/cells/glyphs.h"

#include <stddef.h>

#include "render/cells/cells.h"

uint32_t glyphs_eighths(int n)
{
    if (n <= 0)
        return ' ';
    return n >= 8 ? GLYPH_RUNNING : (uint32_t)(0x2590 - n);
}

uint32_t glyphs_height(int n)
{
    if (n <= 0)
        return ' ';
    return n >= 8 ? GLYPH_RUNNING : (uint32_t)(0x2580 + n);
}

static const struct {
    uint16_t unicode;
    char ascii;
} twin[] = {
    { 0x00AB, '<' }, { 0x00B7, '.' },  { 0x00BB, '>' },  { 0x00D7, 'x' },
    { 0x2013, '-' }, { 0x2014, '-' },  { 0x2018, '\'' }, { 0x2019, '\'' },
    { 0x201C, '"' }, { 0x201D, '"' },  { 0x2026, '.' },  { 0x2190, '<' },
    { 0x2191, '^' }, { 0x2192, '>' },  { 0x2193, 'v' },  { 0x2500, '-' },
    { 0x2501, '=' }, { 0x2502, '|' },  { 0x2503, '|' },  { 0x250F, '+' },
    { 0x2513, '+' }, { 0x2514, '+' },  { 0x2517, '+' },  { 0x251B, '+' },
    { 0x2523, '+' }, { 0x252B, '+' },  { 0x252C, '+' },  { 0x2533, '+' },
    { 0x2534, '+' }, { 0x253B, '+' },  { 0x254B, '+' },  { 0x254C, '-' },
    { 0x254E, ':' }, { 0x2550, '=' },  { 0x2551, '|' },  { 0x2554, '+' },
    { 0x2557, '+' }, { 0x255A, '+' },  { 0x255D, '+' },  { 0x256D, '.' },
    { 0x256E, '.' }, { 0x256F, '\'' }, { 0x2570, '\'' }, { 0x2588, '#' },
    { 0x2580, '#' }, { 0x2591, '~' },  { 0x2592, '%' },  { 0x259E, '&' },
    { 0x25B2, '^' }, { 0x25B6, '>' },  { 0x25B3, '^' },  { 0x25C0, '<' },
    { 0x2713, '*' }, { 0x2717, 'x' },  { 0x25CF, '*' },  { 0x25CB, '.' },
    { 0x250C, '+' }, { 0x2510, '+' },  { 0x2518, '+' },  { 0x251C, '+' },
    { 0x2524, '+' }, { 0x253C, '+' },  { 0x25BC, 'v' },
};

bool glyphs_is_block(uint32_t rune)
{
    return rune >= 0x2580 && rune <= 0x259F;
}

bool glyphs_is_eighth(uint32_t rune)
{
    return rune >= 0x2589 && rune <= 0x258F;
}

static uint32_t ascii(uint32_t rune)
{
    for (size_t i = 0; i < sizeof twin / sizeof twin[0]; i++)
        if (twin[i].unicode == rune)
            return (unsigned char)twin[i].ascii;
    if (rune > 0x2580 && rune < 0x2588)
        return (uint32_t)("1245679"[rune - 0x2581]);
    if (glyphs_is_eighth(rune)) /* to the nearest whole cell */
        return rune <= 0x258C ? '#' : ' ';
    return '?';
}

void glyphs_to_ascii(struct cells *cells)
{
    size_t count = (size_t)cells->width * (size_t)cells->height;

    for (size_t i = 0; i < count; i++) {
        struct cell *cell = &cells->cell[i];

        if (cell->width != 1 || cell->rune < 0x7F)
            continue;
        if (cell->under >= 0 && glyphs_is_eighth(cell->rune))
            cell->rune = '#'; /* solid on one side or on both */
        else
            cell->rune = ascii(cell->rune);
    }
}
