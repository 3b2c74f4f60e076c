/*
 * svg_shape.c -- what a terminal font would draw, edge to edge.
 *
 * A box character is up to four arms from the middle of its cell, each light
 * or heavy; dashed, double and rounded ones are drawn by the same arms with
 * another stroke.
 */
#include "render/output/svg_shape.h"

#include <stddef.h>
#include <string.h>

#include "sched/base/strbuf.h"

enum {
    LIGHT = 2,
    HEAVY = 4,
};

enum stroke {
    PLAIN,
    DASHED,
    ROUND,
    DOUBLED
};

/* Thickness of the arms: left, right, up, down. */
static const struct box {
    uint16_t rune;
    uint8_t left, right, up, down;
    uint8_t stroke;
} boxes[] = {
    { 0x2500, LIGHT, LIGHT, 0, 0, PLAIN },
    { 0x2501, HEAVY, HEAVY, 0, 0, PLAIN },
    { 0x2502, 0, 0, LIGHT, LIGHT, PLAIN },
    { 0x2503, 0, 0, HEAVY, HEAVY, PLAIN },
    { 0x250F, 0, HEAVY, 0, HEAVY, PLAIN },
    { 0x2513, HEAVY, 0, 0, HEAVY, PLAIN },
    { 0x2514, 0, LIGHT, LIGHT, 0, PLAIN },
    { 0x2517, 0, HEAVY, HEAVY, 0, PLAIN },
    { 0x251B, HEAVY, 0, HEAVY, 0, PLAIN },
    { 0x2523, 0, HEAVY, HEAVY, HEAVY, PLAIN },
    { 0x252B, HEAVY, 0, HEAVY, HEAVY, PLAIN },
    { 0x252C, LIGHT, LIGHT, 0, LIGHT, PLAIN },
    { 0x2533, HEAVY, HEAVY, 0, HEAVY, PLAIN },
    { 0x2534, LIGHT, LIGHT, LIGHT, 0, PLAIN },
    { 0x253B, HEAVY, HEAVY, HEAVY, 0, PLAIN },
    { 0x254B, HEAVY, HEAVY, HEAVY, HEAVY, PLAIN },
    { 0x254C, LIGHT, LIGHT, 0, 0, DASHED },
    { 0x254E, 0, 0, LIGHT, LIGHT, DASHED },
    { 0x2550, LIGHT, LIGHT, 0, 0, DOUBLED },
    { 0x2551, 0, 0, LIGHT, LIGHT, DOUBLED },
    { 0x2554, 0, LIGHT, 0, LIGHT, DOUBLED },
    { 0x2557, LIGHT, 0, 0, LIGHT, DOUBLED },
    { 0x255A, 0, LIGHT, LIGHT, 0, DOUBLED },
    { 0x255D, LIGHT, 0, LIGHT, 0, DOUBLED },
    { 0x256D, 0, LIGHT, 0, LIGHT, ROUND },
    { 0x256E, LIGHT, 0, 0, LIGHT, ROUND },
    { 0x256F, LIGHT, 0, LIGHT, 0, ROUND },
    { 0x2570, 0, LIGHT, LIGHT, 0, ROUND },
};

static const struct box *find(uint32_t rune)
{
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++)
        if (boxes[i].rune == rune)
            return &boxes[i];
    return NULL;
}

static bool is_block(uint32_t rune)
{
    return rune == 0x2580 || rune == 0x2584 ||
           (rune >= 0x2588 && rune <= 0x2592 && rune != 0x2590) ||
           rune == 0x259E;
}

static bool is_triangle(uint32_t rune)
{
    return rune == 0x25B2 || rune == 0x25B3 || rune == 0x25B6;
}

bool svg_shape_has(uint32_t rune)
{
    return is_block(rune) || is_triangle(rune) || find(rune);
}

void svg_shape_rect(struct strbuf *out, struct svg_rect rect, uint32_t colour,
                    int opacity_percent)
{
    strbuf_addf(out,
                "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" "
                "fill=\"#%06x\"",
                rect.x, rect.y, rect.width, rect.height, colour);
    if (opacity_percent < 100)
        strbuf_addf(out, " fill-opacity=\"0.%02d\"", opacity_percent);
    strbuf_adds(out, "/>\n");
}

/* ▒: stripes, to be told from shades on paper. */
static void add_stripes(struct strbuf *out, struct svg_rect cell,
                        uint32_t colour)
{
    enum {
        STRIPES = 4
    };
    double height = cell.height / (2 * STRIPES);

    for (int i = 0; i < STRIPES; i++)
        svg_shape_rect(out,
                       (struct svg_rect){ cell.x, cell.y + 2 * i * height,
                                          cell.width, height },
                       colour, 100);
}

static void add_block(struct strbuf *out, struct svg_rect cell, uint32_t rune,
                      uint32_t colour)
{
    struct svg_rect half = { cell.x, cell.y, cell.width, cell.height / 2 };

    if (rune == 0x2592) {
        add_stripes(out, cell, colour);
    } else if (rune == 0x2591) {
        svg_shape_rect(out, cell, colour, 30);
    } else if (rune == 0x2580) {
        svg_shape_rect(out, half, colour, 100);
    } else if (rune == 0x2584) {
        half.y += half.height;
        svg_shape_rect(out, half, colour, 100);
    } else if (rune == 0x259E) {
        half.width /= 2;
        half.x += half.width;
        svg_shape_rect(out, half, colour, 100);
        half.x = cell.x;
        half.y += half.height;
        svg_shape_rect(out, half, colour, 100);
    } else {
        cell.width = cell.width * (0x2590 - (int)rune) / 8;
        svg_shape_rect(out, cell, colour, 100);
    }
}

static void add_triangle(struct strbuf *out, struct svg_rect cell,
                         uint32_t rune, uint32_t colour)
{
    double left = cell.x, right = cell.x + cell.width;
    double top = cell.y + 6, bottom = cell.y + 18;

    strbuf_addf(out, "<path d=\"");
    if (rune == 0x25B6)
        strbuf_addf(out, "M%g %gL%g %gL%g %gZ", left + 1, top, right,
                    (top + bottom) / 2, left + 1, bottom);
    else
        strbuf_addf(out, "M%g %gL%g %gL%g %gZ", left, bottom,
                    (left + right) / 2, top, right, bottom);
    strbuf_addf(out, "\" %s=\"#%06x\"%s/>\n",
                rune == 0x25B3 ? "stroke" : "fill", colour,
                rune == 0x25B3 ? " fill=\"none\"" : "");
}

static void add_line(struct strbuf *out, struct svg_rect line, int thickness,
                     uint32_t colour, bool dashed)
{
    strbuf_addf(out,
                "<path d=\"M%g %gL%g %g\" stroke=\"#%06x\" "
                "stroke-width=\"%d\"%s/>\n",
                line.x, line.y, line.x + line.width, line.y + line.height,
                colour, thickness, dashed ? " stroke-dasharray=\"4 2\"" : "");
}

/* The arms, shifted away from the middle by `shift` pixels. */
static void add_arms(struct strbuf *out, struct svg_rect cell,
                     const struct box *box, uint32_t colour, double shift)
{
    double x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;
    const int thickness[] = { box->left, box->right, box->up, box->down };
    bool across = box->left && box->right, upright = box->up && box->down;
    bool doubled = box->stroke == DOUBLED;
    double dx = upright && doubled       ? shift
                : across                 ? 0
                : box->right > box->left ? -shift
                                         : shift;
    double dy = across && doubled     ? shift
                : upright             ? 0
                : box->down > box->up ? -shift
                                      : shift;
    const struct svg_rect arm[] = {
        { cell.x, y + dy, x + dx - cell.x + 1, 0 },
        { x + dx - 1, y + dy, cell.x + cell.width - x - dx + 1, 0 },
        { x + dx, cell.y, 0, y + dy - cell.y },
        { x + dx, y + dy, 0, cell.y + cell.height - y - dy },
    };
    for (int i = 0; i < 4; i++)
        if (thickness[i])
            add_line(out, arm[i], thickness[i], colour, box->stroke == DASHED);
}

static void add_curve(struct strbuf *out, struct svg_rect cell,
                      const struct box *box, uint32_t colour)
{
    double x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;

    strbuf_addf(out,
                "<path d=\"M%g %gQ%g %g %g %g\" fill=\"none\" "
                "stroke=\"#%06x\" stroke-width=\"%d\"/>\n",
                box->left ? cell.x : cell.x + cell.width, y, x, y, x,
                box->up ? cell.y : cell.y + cell.height, colour, LIGHT);
}

bool svg_shape_is_long(uint32_t rune)
{
    const struct box *box = find(rune);

    if (box)
        return box->left && box->left == box->right && !box->up && !box->down &&
               box->stroke != DOUBLED;
    return rune == 0x2588 || rune == 0x2591;
}

void svg_shape(struct strbuf *out, int x, int y, int cells, uint32_t rune,
               uint32_t colour)
{
    struct svg_rect cell = { x * SVG_CELL_WIDTH, y * SVG_CELL_HEIGHT,
                             cells * SVG_CELL_WIDTH, SVG_CELL_HEIGHT };
    const struct box *box = find(rune);

    if (box && svg_shape_is_long(rune)) {
        cell.y += cell.height / 2;
        cell.height = 0;
        add_line(out, cell, box->left, colour, box->stroke == DASHED);
        return;
    }
    if (is_block(rune)) {
        add_block(out, cell, rune, colour);
    } else if (is_triangle(rune)) {
        add_triangle(out, cell, rune, colour);
    } else if (box && box->stroke == ROUND) {
        add_curve(out, cell, box, colour);
    } else if (box && box->stroke == DOUBLED) {
        add_arms(out, cell, box, colour, 3);
        add_arms(out, cell, box, colour, -3);
    } else if (box) {
        add_arms(out, cell, box, colour, 0);
    }
}
