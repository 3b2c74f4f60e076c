/*
 * page_view.h -- pages on a terminal, one after the other, and the keys.
 *
 * Main thread only. Runs are shown on the same terminal by player_show.
 *
 * With --frame there is no terminal: pages are turned unseen up to that of
 * --page, or the first one with a question in a box, and that one is printed.
 */
#ifndef CONCVIZ_CLI_PAGE_PAGE_VIEW_H
#define CONCVIZ_CLI_PAGE_PAGE_VIEW_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "cli/page/hangul_keys.h"
#include "cli/page/page_keys.h"
#include "render/cells/cells.h"
#include "render/draw/page.h"
#include "render/output/terminal.h"

struct diag;
struct options;
struct prompt;

enum {
    PAGE_VIEW_NOTICE_BYTES = 256,
    PAGE_VIEW_QUIT = 'q', /* what a terminal that goes away presses */
    /* States of a page in which its footer ends with the help. Tables may use
     * higher bits for keys that are listed somewhere else. */
    PAGE_VIEW_FOOTER = 0xFF,
    PAGE_VIEW_RANK_HELP = 10,
    PAGE_VIEW_RANK_QUIT = 11
};

struct page_view {
    const struct options *options; /* borrowed */
    struct cells cells;
    int width, height; /* of the page to be made */
    enum glyph_set glyphs;
    char notice[PAGE_VIEW_NOTICE_BYTES]; /* until the next key */
    bool notice_seen;
    bool help;    /* is open */
    bool gone;    /* the terminal went away */
    bool printed; /* a page was, as --frame asks for */
    int turned;   /* pages there were so far, where there is no terminal */
    int below;    /* rows of the page shown that are below the screen */
    sigset_t awake, before; /* signals blocked while waiting, and before */
    char typed[HANGUL_KEYS_MAX + 1]; /* letters of a syllable still to come */
};

/* Take the terminal over; false with diag filled. */
bool page_view_open(struct page_view *pages, const struct options *options,
                    struct diag *diag);

/* Is there no terminal, only one page to be printed? */
bool page_view_is_still(const struct page_view *pages);

void page_view_close(struct page_view *pages);

/*
 * Deliver Ctrl-Z, going on and changes of size only while we sleep in ppoll
 * with the mask *awake: ncurses stops the program in a signal handler that
 * allocates memory, and the others would wake nobody between the last key and
 * the sleep.
 * *before is the calling thread's mask, to be restored at the end.
 */
void page_view_hold_signals(sigset_t *before, sigset_t *awake);

/* Width of the text of a page, in cells, at the present size. */
int page_view_cells(const struct page_view *pages);

/* Help, theme and repainting: every table of keys goes on in this one. */
extern const struct key_binding page_view_keys[];

/*
 * Show page, wait for a key, and do what the table keys says about it: its
 * act gets screen. Help and footer come from the table, the footer for state.
 * Returns also when nothing was done, since the page may have to be made
 * again for another size. Hangul is read as the Latin letters of its keys; q
 * must leave the screen. Esc closes the help or does what the table says, for
 * something else that is open; elsewhere it does nothing, and that is told.
 */
void page_view_ask(struct page_view *pages, struct page *page,
                   const struct key_binding *keys, unsigned state,
                   void *screen);

/*
 * Show page, its footer being the prompt, until something has been typed and
 * entered. Returns false if it was closed instead, or the terminal went away.
 */
bool page_view_read(struct page_view *pages, struct page *page,
                    struct prompt *prompt);

/* Show text at the bottom of the next page. */
void page_view_notice(struct page_view *pages, const char *text);

#endif
