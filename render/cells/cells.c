/*
 * cells.c -- the grid, and the one rule that keeps it whole.
 *
 * Invariant: a cell of width 2 is always followed by its right half (rune 0,
 * width 0) in the same row, and a right half always follows such a cell. So
 * every row adds up to exactly the width of the grid, whatever was drawn
 * over what. put() keeps it: before a cell is written, the wide character it
 * belongs to is replaced by spaces.
 */
#include "render/cells/cells.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/cells/glyphs.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

static const struct cell blank = { ' ', 1, ROLE_TEXT, -1, -1 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

void cells_init(struct cells *cells, int width, int height)
{
    *cells = (struct cells){ 0 };
    cells_resize(cells, width, height);
}

void cells_fini(struct cells *cells)
{
    free(cells->cell);
    *cells = (struct cells){ 0 };
}

void cells_resize(struct cells *cells, int width, int height)
{
    assert(width >= 0 && height >= 0);
    if (!cells->cell || width != cells->width || height != cells->height) {
        free(cells->cell);
        cells->cell = xcalloc((size_t)width * (size_t)height + 1,
                              sizeof *cells->cell);
        cells->width = width;
        cells->height = height;
    }
    cells_clear(cells);
}

void cells_clear(struct cells *cells)
{
    size_t count = (size_t)cells->width * (size_t)cells->height;

    for (size_t i = 0; i < count; i++)
        cells->cell[i] = blank;
    cells->clip = (struct rect){ 0, 0, cells->width, cells->height };
}

struct rect cells_clip(struct cells *cells, struct rect rect)
{
    struct rect old = cells->clip;
    int right = least(rect.x + rect.width, cells->width);
    int bottom = least(rect.y + rect.height, cells->height);

    rect.x = most(rect.x, 0);
    rect.y = most(rect.y, 0);
    rect.width = most(right - rect.x, 0);
    rect.height = most(bottom - rect.y, 0);
    cells->clip = rect;
    return old;
}

const struct cell *cells_at(const struct cells *cells, int x, int y)
{
    assert(x >= 0 && x < cells->width && y >= 0 && y < cells->height);
    return &cells->cell[(size_t)y * (size_t)cells->width + (size_t)x];
}

static bool inside(const struct cells *cells, int x, int y)
{
    const struct rect *clip = &cells->clip;

    return x >= clip->x && x < clip->x + clip->width && y >= clip->y &&
           y < clip->y + clip->height;
}

/* Write one cell; the other half of a wide character there becomes a space. */
static void put(struct cells *cells, int x, int y, struct cell cell)
{
    struct cell *at = &cells->cell[(size_t)y * (size_t)cells->width];

    if (at[x].width == 0)
        at[x - 1].rune = ' ', at[x - 1].width = 1;
    else if (at[x].width == 2)
        at[x + 1].rune = ' ', at[x + 1].width = 1;
    at[x] = cell;
}

void cells_copy(struct cells *cells, int x, int y, const struct cells *from,
                int first, int rows)
{
    assert(x >= 0 && x + from->width <= cells->width && y >= 0 &&
           y + rows <= cells->height && first + rows <= from->height);
    for (int i = 0; i < rows && from->width > 0; i++) {
        put(cells, x, y + i, blank); /* halves at the edges */
        put(cells, x + from->width - 1, y + i, blank);
        memcpy(&cells->cell[(size_t)(y + i) * (size_t)cells->width + (size_t)x],
               cells_at(from, 0, first + i),
               (size_t)from->width * sizeof *from->cell);
    }
}

static struct cell styled(uint32_t rune, int width, struct style style)
{
    return (struct cell){ rune, (uint8_t)width, (uint8_t)style.role,
                          (int16_t)style.task, (int16_t)style.under };
}

int cells_put_styled(struct cells *cells, int x, int y, uint32_t rune,
                     struct style style)
{
    int width = text_rune_cells(rune);
    bool left, right;

    if (width <= 0)
        return 0;
    left = inside(cells, x, y);
    if (width == 1) {
        if (left)
            put(cells, x, y, styled(rune, 1, style));
        return 1;
    }
    right = inside(cells, x + 1, y);
    if (left)
        put(cells, x, y, styled(' ', 1, style));
    if (right)
        put(cells, x + 1, y, styled(' ', 1, style));
    if (left && right) {
        struct cell *at = &cells->cell[(size_t)y * (size_t)cells->width];

        at[x] = styled(rune, 2, style);
        at[x + 1] = styled(0, 0, style);
    }
    return 2;
}

int cells_put(struct cells *cells, int x, int y, uint32_t rune, enum role role)
{
    return cells_put_styled(cells, x, y, rune, STYLE(role));
}

int cells_text_styled(struct cells *cells, int x, int y, int width,
                      const char *text, struct style style)
{
    bool cut = width >= 0 && text_cells(text) > width;
    int room = cut ? width - 1 : width;
    int written = 0;
    uint32_t rune;
    size_t bytes;

    if (cut && width == 0)
        return 0;
    for (; (bytes = text_decode(text, &rune)); text += bytes) {
        if (cut && written + text_rune_cells(rune) > room)
            break;
        written += cells_put_styled(cells, x + written, y, rune, style);
    }
    if (cut)
        written += cells_put_styled(cells, x + written, y, GLYPH_ELLIPSIS,
                                    style);
    return written;
}

int cells_text(struct cells *cells, int x, int y, int width, const char *text,
               enum role role)
{
    return cells_text_styled(cells, x, y, width, text, STYLE(role));
}

int cells_printf(struct cells *cells, int x, int y, int width, enum role role,
                 const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return cells_text(cells, x, y, width, text, role);
}

void cells_fill_styled(struct cells *cells, struct rect rect, uint32_t rune,
                       struct style style)
{
    assert(text_rune_cells(rune) == 1);
    for (int y = rect.y; y < rect.y + rect.height; y++)
        for (int x = rect.x; x < rect.x + rect.width; x++)
            cells_put_styled(cells, x, y, rune, style);
}

void cells_fill(struct cells *cells, struct rect rect, uint32_t rune,
                enum role role)
{
    cells_fill_styled(cells, rect, rune, STYLE(role));
}
