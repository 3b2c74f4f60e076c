/*
 * backend.h -- cells go out: to a terminal, as text, as an SVG picture.
 *
 * The curses backend is the only file that sees <curses.h>, and all its
 * functions belong to the main thread.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_BACKEND_H
#define CONCVIZ_RENDER_OUTPUT_BACKEND_H

#include <stdbool.h>
#include <stdint.h>

struct cells;
struct diag;
struct strbuf;

enum theme {
    THEME_AUTO,
    THEME_DARK,
    THEME_LIGHT,
    THEME_MONO
};

/* --- text and SVG ----------------------------------------------------------*/

/* Append the cells as lines of UTF-8 text, trailing spaces removed. */
void backend_text(struct strbuf *out, const struct cells *cells);

/* Append one letter a cell naming its role, for tests. */
void backend_roles(struct strbuf *out, const struct cells *cells);

/* Append a complete SVG document. */
void backend_svg(struct strbuf *out, const struct cells *cells,
                 enum theme theme);

/* --- the terminal ----------------------------------------------------------*/

struct terminal_options {
    enum theme theme;
    bool mouse;
    bool sync; /* wrap frames in synchronized output */
};

/* Keys above all characters; characters come as themselves. */
enum terminal_key {
    TKEY_NONE = 0x110000, /* nothing to read */
    TKEY_ESCAPE,
    TKEY_ENTER,
    TKEY_TAB,
    TKEY_BACKTAB,
    TKEY_BACKSPACE,
    TKEY_DELETE,
    TKEY_INSERT,
    TKEY_LEFT,
    TKEY_RIGHT,
    TKEY_UP,
    TKEY_DOWN,
    TKEY_SHIFT_LEFT,
    TKEY_SHIFT_RIGHT,
    TKEY_SHIFT_UP,
    TKEY_SHIFT_DOWN,
    TKEY_PAGE_UP,
    TKEY_PAGE_DOWN,
    TKEY_HOME,
    TKEY_END,
    TKEY_RESIZED, /* the terminal has another size now */
    TKEY_MOUSE,   /* see terminal_mouse */
};

/*
 * Take over the terminal. Returns false with diag filled (no TERM, unknown
 * TERM, no cursor movement, not a terminal) and nothing changed. From here on
 * the terminal is restored on every way out: return, exit(), fatal signals.
 */
bool terminal_open(const struct terminal_options *options, struct diag *diag);

/* Give it back. Safe to call twice, and when not open. */
void terminal_close(void);

void terminal_size(int *width, int *height);

/* Show the cells: one write(2), only what changed. */
void terminal_present(const struct cells *cells);

/* Paint everything again at the next present. */
void terminal_repaint(void);

void terminal_theme(enum theme theme);
enum theme terminal_theme_now(void);

/* Next key, or TKEY_NONE at once. Call until TKEY_NONE after every wake-up. */
uint32_t terminal_key(void);
bool terminal_mouse(int *x, int *y, int *button);

/* The file descriptor to poll for keys. */
int terminal_fd(void);

/* Does UTF-8 text come out right here (codeset, width of box drawing)? */
bool terminal_unicode(void);

#endif
