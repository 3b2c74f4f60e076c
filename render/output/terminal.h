/*
 * terminal.h -- cells go to a terminal, and keys come back.
 *
 * Main thread only: there is one terminal, and ncurses' state is as global as
 * that. In a build without ncurses terminal_open always refuses.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_TERMINAL_H
#define CONCVIZ_RENDER_OUTPUT_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "render/cells/palette.h"

struct cells;
struct diag;

struct terminal_options {
    enum theme theme;
    bool mouse;
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

/* Whether standard output is a terminal a picture can be drawn on; if not,
 * diag says why (no TERM, an unknown one, no cursor movement). Sends nothing
 * and opens nothing. */
bool terminal_can_draw(struct diag *diag);

/*
 * Take over the terminal. Returns false with diag filled, as above, and nothing
 * changed. From here on the terminal is restored on every way out: return,
 * exit(), fatal signals. SIGTSTP is blocked until terminal_close; who lets it
 * in while he sleeps calls terminal_continue afterwards.
 */
bool terminal_open(const struct terminal_options *options, struct diag *diag);

/* Give it back. Safe to call twice, and when not open. */
void terminal_close(void);

void terminal_size(int *width, int *height);

/* Show the cells: one write(2), only what changed. */
void terminal_present(const struct cells *cells);

/* Is the terminal so slow that it still reads the last frame? Then another one
 * would stand in line; look again after the next key, or in a moment. */
bool terminal_behind(void);

/* Paint everything again at the next present. */
void terminal_repaint(void);

/* The same after SIGCONT, whatever became of the terminal meanwhile. */
void terminal_continue(void);

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
