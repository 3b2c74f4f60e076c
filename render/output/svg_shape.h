/*
 * svg_shape.h -- blocks, box lines and arrows as SVG shapes.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_SVG_SHAPE_H
#define CONCVIZ_RENDER_OUTPUT_SVG_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

struct strbuf;

enum {
    SVG_CELL_WIDTH = 11,
    SVG_CELL_HEIGHT = 24
};

/* In pixels. */
struct svg_rect {
    double x, y, width, height;
};

void svg_shape_rect(struct strbuf *out, struct svg_rect rect, uint32_t colour,
                    int opacity_percent);

/* Is the character drawn as a shape rather than as a letter? */
bool svg_shape_has(uint32_t rune);

/* Do several of it side by side make one shape that is as much wider? */
bool svg_shape_is_long(uint32_t rune);

/* Add its shape for the cells from column x of row y on; more than one only if
 * svg_shape_is_long. */
void svg_shape(struct strbuf *out, int x, int y, int cells, uint32_t rune,
               uint32_t colour);

#endif
