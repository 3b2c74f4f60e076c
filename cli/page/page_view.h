/*
 * page_view.h -- pages on a terminal, one after the other, and the keys.
 *
 * Main thread only. Runs are shown on the same terminal by player_show.
 *
 * With --frame there is no terminal: pages are turned unseen until one asks a
 * question in a box, and that one is printed.
 */
#ifndef CONCVIZ_CLI_PAGE_PAGE_VIEW_H
#define CONCVIZ_CLI_PAGE_PAGE_VIEW_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "cli/page/hangul_keys.h"
#include "render/cells/cells.h"
#include "render/draw/page.h"
#include "render/output/backend.h"

struct diag;
struct options;

enum {
    STAGE_NOTICE_BYTES = 256,
    /* Besides characters and enum terminal_key. */
    STAGE_GONE = 0x120000, /* the terminal went away */
};

struct page_view {
    const struct options *options; /* borrowed */
    struct cells cells;
    int width, height; /* of the page to be made */
    enum glyphs glyphs;
    char notice[STAGE_NOTICE_BYTES]; /* until the next key */
    bool notice_seen;
    bool help;    /* is open */
    bool printed; /* a page was, as --frame asks for */
    int below;    /* rows of the page shown that are below the screen */
    sigset_t awake, before; /* signals while it waits for a key; and outside */
    char typed[HANGUL_KEYS_MAX + 1]; /* letters of a syllable still to come */
};

/* Take the terminal over; false with diag filled. */
bool page_view_open(struct page_view *stage, const struct options *options,
                    struct diag *diag);

/* Is there no terminal, but one page to be printed? */
bool page_view_is_still(const struct page_view *stage);

void page_view_close(struct page_view *stage);

/*
 * Let Ctrl-Z and changes of size come only while we sleep in ppoll with the
 * mask *awake: ncurses stops the program in a signal handler that allocates
 * memory, and a size that changes between the last key and sleep would wake
 * nobody. *before is the calling thread's mask, to be set again at the end.
 */
void page_view_hold_signals(sigset_t *before, sigset_t *awake);

/* Cells of text a row of a page has now. */
int page_view_cells(const struct page_view *stage);

/*
 * Show page and wait for a key, which is returned as one of the Latin letters
 * for Hangul; TKEY_RESIZED if the page has to be made again. Help, theme and
 * repainting are done here. page->help is what the help would say.
 */
uint32_t page_view_ask(struct page_view *stage, struct page *page);

/* Say something at the bottom of the next page. */
void page_view_notice(struct page_view *stage, const char *text);

#endif
