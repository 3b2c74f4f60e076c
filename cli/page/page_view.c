/*
 * page_view.c -- a terminal that shows a page until a key does something.
 *
 * Signals that stop the program or resize the terminal are blocked except
 * while we sleep, so that neither can hit between two steps of drawing.
 */
#include "cli/page/page_view.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/options/theme.h"
#include "cli/page/prompt.h"
#include "cli/report/unattended.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/ready.h"
#include "sched/base/strbuf.h"

enum {
    CTRL_L = 'L' - '@',
    PAGES_MAX = 1000 /* of a lesson, and more: those turned unseen */
};

bool page_view_is_still(const struct page_view *pages)
{
    return pages->options->frame_width > 0;
}

static void measure(struct page_view *pages)
{
    const struct options *options = pages->options;
    bool ascii = options->ascii || !language_has_unicode();

    if (page_view_is_still(pages)) {
        pages->width = options->frame_width;
        pages->height = options->frame_height;
        ascii = options->ascii || (ascii && !options->svg);
    } else {
        terminal_size(&pages->width, &pages->height);
        ascii = ascii || !terminal_unicode();
    }
    pages->glyphs = ascii ? GLYPHS_ASCII : GLYPHS_UNICODE;
}

static void on_continue(int number)
{
    (void)number; /* its only purpose is to end the wait */
}

void page_view_hold_signals(sigset_t *before, sigset_t *awake)
{
    sigset_t held;

    sigemptyset(&held);
    sigaddset(&held, SIGTSTP);
    sigaddset(&held, SIGCONT);
    sigaddset(&held, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &held, before);
    *awake = *before;
    sigdelset(awake, SIGTSTP);
    sigdelset(awake, SIGCONT);
    sigdelset(awake, SIGWINCH);
}

/* Coming back after a stop must wake us. */
static void hold_signals(struct page_view *pages)
{
    struct sigaction action = { .sa_handler = on_continue };

    page_view_hold_signals(&pages->before, &pages->awake);
    sigaction(SIGCONT, &action, NULL);
}

bool page_view_open(struct page_view *pages, const struct options *options,
                    struct diag *diag)
{
    struct terminal_options terminal = {
        .theme = theme_wanted(options),
        .mouse = options->mouse,
    };

    *pages = (struct page_view){ .options = options };
    if (!page_view_is_still(pages)) {
        if (!terminal_open(&terminal, diag))
            return false;
        hold_signals(pages);
    }
    cells_init(&pages->cells, 1, 1);
    measure(pages);
    return true;
}

void page_view_close(struct page_view *pages)
{
    if (!page_view_is_still(pages)) {
        terminal_close();
        pthread_sigmask(SIG_SETMASK, &pages->before, NULL);
    }
    cells_fini(&pages->cells);
}

int page_view_cells(const struct page_view *pages)
{
    return page_text_cells(pages->width);
}

void page_view_notice(struct page_view *pages, const char *text)
{
    snprintf(pages->notice, sizeof pages->notice, "%s", text);
    pages->notice_seen = false;
}

static void present(struct page_view *pages, struct page *page,
                    const char *footer)
{
    page->footer = footer;
    page->notice = pages->notice[0] ? pages->notice : NULL;
    page->glyphs = pages->glyphs;
    cells_resize(&pages->cells, pages->width, pages->height);
    pages->below = page_draw(&pages->cells, page);
    if (!page_view_is_still(pages))
        terminal_present(&pages->cells);
}

/* Draw the page, and write help and footer from the table of its keys. */
static void show(struct page_view *pages, struct page *page,
                 const struct key_binding *keys, unsigned state)
{
    bool ascii = pages->glyphs == GLYPHS_ASCII;
    char **help = pages->help ? page_keys_help(keys, ascii) : NULL;
    struct strbuf footer;

    strbuf_init(&footer);
    page_keys_footer(&footer, keys, state, ascii);
    page->help = (const char *const *)help;
    present(pages, page, footer.text);
    page_keys_help_free(help);
    strbuf_fini(&footer);
}

/* --- keys ----------------------------------------------------------------- */

static void open_help(void *screen, int open)
{
    struct page_view *pages = screen;

    pages->help = open;
}

static void change_theme(void *screen, int by)
{
    (void)screen, (void)by;
    theme_next();
}

static void repaint(void *screen, int by)
{
    (void)screen, (void)by;
    terminal_repaint();
}

const struct key_binding page_view_keys[] = {
    { KEYS('t'), ACT(change_theme, 0), HELP(N_("dark, light, or no colours")) },
    { KEYS('?'), ACT(open_help, true),
      FOOTER(N_("help"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_HELP) },
    { KEYS(CTRL_L), ACT(repaint, 0) },
    { KEYS_END },
};

/* Wait for a key. After a stop a signal comes first: paint again. */
static uint32_t next_key(struct page_view *pages)
{
    struct pollfd source = { .fd = terminal_fd(), .events = POLLIN };
    uint32_t key;

    if (pages->typed[0]) {
        key = (unsigned char)pages->typed[0];
        memmove(pages->typed, pages->typed + 1, strlen(pages->typed));
        return key;
    }
    while ((key = terminal_key()) == TKEY_NONE) {
        int ready = ready_wait(&source, 1, NULL, &pages->awake);

        if (ready < 0) {
            terminal_continue();
            key = terminal_key();
            return key == TKEY_NONE ? TKEY_RESIZED : key;
        }
        if (source.revents & (POLLHUP | POLLERR | POLLNVAL)) {
            pages->gone = true;
            return PAGE_VIEW_QUIT;
        }
    }
    return key;
}

static uint32_t latin_key(struct page_view *pages)
{
    uint32_t key = next_key(pages);

    if (key >= 0x80 && key < TKEY_NONE && hangul_keys(pages->typed, key)) {
        page_view_notice(pages, _("Korean input is on: press the 한/영 key"));
        return next_key(pages);
    }
    return key;
}

/* Whether the key only asked for this page to be shown again. */
static bool shows_again(struct page_view *pages, uint32_t key)
{
    if (!pages->help)
        return page_keys_press(page_view_keys, pages, key);
    pages->help = key == TKEY_RESIZED; /* any other key closes the help */
    return !pages->help;
}

/* Is this the page to be printed? */
static bool is_wanted(const struct page_view *pages, const struct page *page)
{
    return pages->options->page ? pages->turned == pages->options->page
                                : page->box.count > 0;
}

/* Nobody is there to press a key: on to the page that is wanted. An exercise is
 * left unsolved, and a question unanswered. */
static void turn_unseen(struct page_view *pages, const struct page *page,
                        const struct key_binding *keys, void *screen)
{
    static const uint32_t onward[] = { 'n', '0', TKEY_ENTER };
    size_t i = 0;

    pages->turned++;
    if (is_wanted(pages, page)) {
        unattended_cells(&pages->cells, pages->options);
        pages->printed = true;
    }
    if (pages->printed || pages->turned == PAGES_MAX)
        page_keys_press(keys, screen, PAGE_VIEW_QUIT);
    else
        while (i < sizeof onward / sizeof *onward &&
               !page_keys_press(keys, screen, onward[i]))
            i++;
}

void page_view_ask(struct page_view *pages, struct page *page,
                   const struct key_binding *keys, unsigned state, void *screen)
{
    uint32_t key;

    if (page_view_is_still(pages)) {
        show(pages, page, keys, state);
        turn_unseen(pages, page, keys, screen);
        return;
    }
    do {
        show(pages, page, keys, state);
        /* The other letters of a syllable come before anybody can read. */
        pages->notice_seen = !pages->typed[0];
        key = latin_key(pages);
        if (pages->notice_seen && key != TKEY_RESIZED)
            pages->notice[0] = '\0';
    } while (shows_again(pages, key));
    measure(pages);
    if (!page_keys_press(keys, screen, key) && key == TKEY_ESCAPE)
        page_view_notice(pages, _("Esc only closes what is open over a page. "
                                  "?: all keys"));
}

bool page_view_read(struct page_view *pages, struct page *page,
                    struct prompt *prompt)
{
    enum prompt_did did = PROMPT_STAYS;

    page->help = NULL;
    while (did == PROMPT_STAYS && !pages->gone) {
        struct strbuf footer;
        uint32_t key;

        strbuf_init(&footer);
        prompt_footer(&footer, prompt, pages->width);
        present(pages, page, footer.text);
        strbuf_fini(&footer);
        key = next_key(pages);
        measure(pages);
        if (key != TKEY_RESIZED)
            pages->notice[0] = '\0';
        did = pages->gone ? PROMPT_CLOSED : prompt_press(prompt, key);
    }
    return did == PROMPT_ENTERED;
}
