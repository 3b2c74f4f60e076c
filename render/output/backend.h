/*
 * backend.h -- cells go out as text or as an SVG picture.
 *
 * Pure functions; any thread. The terminal is another way out: terminal.h.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_BACKEND_H
#define CONCVIZ_RENDER_OUTPUT_BACKEND_H

#include "render/cells/palette.h"

struct cells;
struct strbuf;

/* Append the cells as lines of UTF-8 text, trailing spaces removed. */
void backend_text(struct strbuf *out, const struct cells *cells);

/* Append a complete SVG document. */
void backend_svg(struct strbuf *out, const struct cells *cells,
                 enum theme theme);

#endif
