/*
 * cells.h -- a grid of styled characters: what every picture is made of.
 *
 * Drawing puts text into cells, backends turn cells into a terminal, text,
 * SVG. Everything is clipped to the grid and to the current clip rectangle; a
 * character of two cells is never cut in half: what does not fit becomes a
 * space, and writing on one half of a wide character blanks the other.
 */
#ifndef CONCVIZ_RENDER_CELLS_CELLS_H
#define CONCVIZ_RENDER_CELLS_CELLS_H

#include <stdint.h>

#include "render/cells/role.h"

struct cell {
    uint32_t rune; /* 0: the right half of the wide character before it */
    uint8_t width; /* 1 or 2; 0 for a right half */
    uint8_t role;  /* enum role */
    int16_t task;  /* colour number of the task this is about, or -1 */
    int16_t under; /* background: colour number of a task, or -1 */
};

struct rect {
    int x, y, width, height;
};

struct cells {
    int width, height;
    struct cell *cell; /* row by row */
    struct rect clip;  /* nothing outside it is written */
};

/* How to write: a role, the task whose colour is meant (-1: none), and the
 * task whose colour is the background (-1: none). */
struct style {
    enum role role;
    int task;
    int under;
};

#define STYLE(r)         ((struct style){ (r), -1, -1 })
#define STYLE_TASK(r, t) ((struct style){ (r), (t), -1 })

void cells_init(struct cells *cells, int width, int height);
void cells_fini(struct cells *cells);

/* Change the size; the content is lost. */
void cells_resize(struct cells *cells, int width, int height);

/* Fill with spaces. */
void cells_clear(struct cells *cells);

/* Write only inside rect from now on, as far as it is on the grid; returns
 * the clip rectangle until now. cells_resize and cells_clear take it away. */
struct rect cells_clip(struct cells *cells, struct rect rect);

/* Copy rows first .. first + rows - 1 of from, which must fit, to (x, y); the
 * clip rectangle does not matter. */
void cells_copy(struct cells *cells, int x, int y, const struct cells *from,
                int first, int rows);

/* The cell at (x, y), which must be on the grid. */
const struct cell *cells_at(const struct cells *cells, int x, int y);

/*
 * Writers take a role; those that end in _styled, a whole style.
 */

/* Put one character; returns the cells it takes (0, 1, 2), also where it was
 * clipped. A combining character takes none and is left out. */
int cells_put(struct cells *cells, int x, int y, uint32_t rune, enum role role);
int cells_put_styled(struct cells *cells, int x, int y, uint32_t rune,
                     struct style style);

/*
 * Put UTF-8 text from (x, y) to the right, at most `width` cells (negative:
 * no limit but the grid); returns the cells written. Cut text ends with an
 * ellipsis.
 */
int cells_text(struct cells *cells, int x, int y, int width, const char *text,
               enum role role);
int cells_text_styled(struct cells *cells, int x, int y, int width,
                      const char *text, struct style style);
int cells_printf(struct cells *cells, int x, int y, int width, enum role role,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Fill a rectangle with one narrow character. */
void cells_fill(struct cells *cells, struct rect rect, uint32_t rune,
                enum role role);
void cells_fill_styled(struct cells *cells, struct rect rect, uint32_t rune,
                       struct style style);

#endif
