/*
 * backend_text.c -- cells as plain text.
 */
#include <stdint.h>

#include "render/cells/cells.h"
#include "render/output/backend.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

static int used_width(const struct cells *cells, int y)
{
    int width = cells->width;

    while (width > 0 && cells_at(cells, width - 1, y)->rune == ' ')
        width--;
    return width;
}

static void add_rune(struct strbuf *out, uint32_t rune)
{
    char bytes[4];

    if (rune)
        strbuf_add(out, bytes, text_encode(bytes, rune));
}

void backend_text(struct strbuf *out, const struct cells *cells)
{
    for (int y = 0; y < cells->height; y++) {
        int width = used_width(cells, y);

        for (int x = 0; x < width; x++)
            add_rune(out, cells_at(cells, x, y)->rune);
        strbuf_addc(out, '\n');
    }
}
