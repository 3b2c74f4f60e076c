/*
 * backend_svg.c -- cells as a picture for documents.
 *
 * A font's own blocks and box lines leave gaps when a viewer spaces lines in
 * its own way, so they are drawn as shapes: only letters are text. Every
 * letter is placed by its column; a run of narrow ones is one text element
 * that says how long it has to be, so that columns stay where they are in any
 * font. The document needs nothing from outside.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "render/cells/cells.h"
#include "render/cells/palette.h"
#include "render/output/backend.h"
#include "render/output/svg_shape.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    FONT_SIZE = 18,
    BASELINE = 18 /* of a letter, from the top of its cell */
};

/* A cell with its colours resolved. */
struct svg_look {
    uint32_t rune, fg, bg;
    bool bold, underline;
};

static void add_rune(struct strbuf *out, uint32_t rune)
{
    char bytes[4];

    if (rune == '&')
        strbuf_adds(out, "&amp;");
    else if (rune == '<')
        strbuf_adds(out, "&lt;");
    else if (rune == '>')
        strbuf_adds(out, "&gt;");
    else
        strbuf_add(out, bytes, text_encode(bytes, rune));
}

/* Where a row is being written, and with what. */
struct svg_row {
    struct strbuf *out;
    const struct cells *cells;
    const struct palette *palette;
    struct palette_ground ground;
    int y;
};

static struct svg_look look_at(const struct svg_row *row, int x)
{
    struct paint paint = palette_paint(row->palette,
                                       cells_at(row->cells, x, row->y));
    uint32_t fg = paint.fg < 0 ? row->ground.fg : (uint32_t)paint.fg;
    uint32_t bg = paint.bg < 0 ? row->ground.bg : (uint32_t)paint.bg;
    bool reverse = paint.attributes & PAINT_REVERSE;

    return (struct svg_look){ paint.rune, reverse ? bg : fg, reverse ? fg : bg,
                              paint.attributes & PAINT_BOLD,
                              paint.attributes & PAINT_UNDERLINE };
}

/* Rectangles of one background colour, where it is not the ground's. */
static void add_backgrounds(const struct svg_row *row)
{
    int width = row->cells->width;

    for (int x = 0, next; x < width; x = next) {
        uint32_t bg = look_at(row, x).bg;

        for (next = x + 1; next < width && look_at(row, next).bg == bg;)
            next++;
        if (bg != row->ground.bg)
            svg_shape_rect(row->out,
                           (struct svg_rect){
                               x * SVG_CELL_WIDTH, row->y * SVG_CELL_HEIGHT,
                               (next - x) * SVG_CELL_WIDTH, SVG_CELL_HEIGHT },
                           bg, 100);
    }
}

static bool same(const struct svg_look *a, const struct svg_look *b)
{
    return a->fg == b->fg && a->bold == b->bold && a->underline == b->underline;
}

/* Is it a letter of one cell that goes into a run of text? */
static bool is_text(const struct svg_row *row, int x,
                    const struct svg_look *look)
{
    const struct cell *cell = cells_at(row->cells, x, row->y);

    return cell->width == 1 && !svg_shape_has(look->rune) &&
           look->fg != look->bg;
}

static void open_text(const struct svg_row *row, int x, int cells,
                      const struct svg_look *look)
{
    strbuf_addf(row->out,
                "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s>",
                x * SVG_CELL_WIDTH, row->y * SVG_CELL_HEIGHT + BASELINE,
                cells * SVG_CELL_WIDTH, look->fg,
                look->bold ? " font-weight=\"bold\"" : "",
                look->underline ? " text-decoration=\"underline\"" : "");
}

/* Narrow letters of one look, at least that at x; returns the column after
 * them. */
static int add_text(const struct svg_row *row, int x)
{
    struct svg_look first = look_at(row, x);
    int end = x, last = x;

    for (; end < row->cells->width; end++) {
        struct svg_look look = look_at(row, end);

        if (!is_text(row, end, &look) || !same(&look, &first))
            break;
        if (look.rune == ' ' && end > x &&
            cells_at(row->cells, end - 1, row->y)->rune == ' ')
            break; /* two spaces end a run */
        if (look.rune != ' ')
            last = end + 1;
    }
    open_text(row, x, last - x, &first);
    for (int i = x; i < last; i++)
        add_rune(row->out, look_at(row, i).rune);
    strbuf_adds(row->out, "</text>\n");
    return end;
}

static void add_wide(const struct svg_row *row, int x,
                     const struct svg_look *look)
{
    open_text(row, x, 2, look);
    add_rune(row->out, look->rune);
    strbuf_adds(row->out, "</text>\n");
}

/* How many cells from x on are one shape. */
static int shape_cells(const struct svg_row *row, int x,
                       const struct svg_look *first)
{
    int cells = 1;

    while (svg_shape_is_long(first->rune) && x + cells < row->cells->width) {
        struct svg_look look = look_at(row, x + cells);

        if (look.rune != first->rune || look.fg != first->fg)
            break;
        cells++;
    }
    return cells;
}

static void add_row(const struct svg_row *row)
{
    add_backgrounds(row);
    for (int x = 0; x < row->cells->width;) {
        struct svg_look look = look_at(row, x);

        if (look.rune == ' ' || look.rune == 0 || look.fg == look.bg) {
            x++;
        } else if (svg_shape_has(look.rune)) {
            int cells = shape_cells(row, x, &look);

            svg_shape(row->out, x, row->y, cells, look.rune, look.fg);
            x += cells;
        } else if (cells_at(row->cells, x, row->y)->width == 2) {
            add_wide(row, x, &look);
            x += 2;
        } else {
            x = add_text(row, x);
        }
    }
}

void backend_svg(struct strbuf *out, const struct cells *cells,
                 enum theme theme)
{
    struct palette_ground ground = palette_ground(theme);
    int width = cells->width * SVG_CELL_WIDTH;
    int height = cells->height * SVG_CELL_HEIGHT;
    struct palette palette;

    palette_init(&palette, theme, PALETTE_DIRECT);
    strbuf_addf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
                "height=\"%d\" viewBox=\"0 0 %d %d\" font-size=\"%d\" "
                "font-family=\"'DejaVu Sans Mono', 'NanumGothicCoding', "
                "'Noto Sans Mono CJK KR', 'Menlo', 'Consolas', monospace\" "
                "style=\"white-space:pre\">\n",
                width, height, width, height, FONT_SIZE);
    strbuf_addf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
                width, height, ground.bg);
    for (int y = 0; y < cells->height; y++) {
        struct svg_row row = { out, cells, &palette, ground, y };

        add_row(&row);
    }
    strbuf_adds(out, "</svg>\n");
}
