#include "cli/page/page_view.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/options/theme.h"
#include "cli/report/unattended.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

enum {
    CTRL_L = 'L' - '@'
};

bool page_view_is_still(const struct page_view *stage)
{
    return stage->options->frame_width > 0;
}

static void measure(struct page_view *stage)
{
    const struct options *options = stage->options;
    bool ascii = options->ascii || !language_has_unicode();

    if (page_view_is_still(stage)) {
        stage->width = options->frame_width;
        stage->height = options->frame_height;
        ascii = options->ascii || (ascii && !options->svg);
    } else {
        terminal_size(&stage->width, &stage->height);
        ascii = ascii || !terminal_unicode();
    }
    stage->glyphs = ascii ? GLYPHS_ASCII : GLYPHS_UNICODE;
}

static void on_continue(int number)
{
    (void)number; /* it only has to end the wait */
}

void page_view_hold_signals(sigset_t *before, sigset_t *awake)
{
    sigset_t held;

    sigemptyset(&held);
    sigaddset(&held, SIGTSTP);
    sigaddset(&held, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &held, before);
    *awake = *before;
    sigdelset(awake, SIGTSTP);
    sigdelset(awake, SIGWINCH);
}

/* What comes after a stop must wake us. */
static void hold_signals(struct page_view *stage)
{
    struct sigaction action = { .sa_handler = on_continue };

    page_view_hold_signals(&stage->before, &stage->awake);
    sigaction(SIGCONT, &action, NULL);
}

bool page_view_open(struct page_view *stage, const struct options *options,
                    struct diag *diag)
{
    struct terminal_options terminal = {
        .theme = theme_wanted(options),
        .mouse = options->mouse,
    };

    *stage = (struct page_view){ .options = options };
    if (!page_view_is_still(stage)) {
        if (!terminal_open(&terminal, diag))
            return false;
        hold_signals(stage);
    }
    cells_init(&stage->cells, 1, 1);
    measure(stage);
    return true;
}

void page_view_close(struct page_view *stage)
{
    if (!page_view_is_still(stage)) {
        terminal_close();
        pthread_sigmask(SIG_SETMASK, &stage->before, NULL);
    }
    cells_fini(&stage->cells);
}

int page_view_cells(const struct page_view *stage)
{
    return page_text_cells(stage->width);
}

void page_view_notice(struct page_view *stage, const char *text)
{
    snprintf(stage->notice, sizeof stage->notice, "%s", text);
    stage->notice_seen = false;
}

static void show(struct page_view *stage, struct page *page)
{
    const char *const *help = page->help;

    if (!stage->help)
        page->help = NULL;
    page->notice = stage->notice[0] ? stage->notice : NULL;
    page->glyphs = stage->glyphs;
    cells_resize(&stage->cells, stage->width, stage->height);
    stage->below = page_draw(&stage->cells, page);
    if (!page_view_is_still(stage))
        terminal_present(&stage->cells);
    page->help = help;
}

/* Wait for a key. A signal comes first after a stop: paint again. */
static uint32_t next_key(struct page_view *stage)
{
    struct pollfd source = { .fd = terminal_fd(), .events = POLLIN };
    uint32_t key;

    if (stage->typed[0]) {
        key = (unsigned char)stage->typed[0];
        memmove(stage->typed, stage->typed + 1, strlen(stage->typed));
        return key;
    }
    while ((key = terminal_key()) == TKEY_NONE) {
        int ready = ppoll(&source, 1, NULL, &stage->awake);

        if (ready < 0) {
            terminal_repaint();
            key = terminal_key();
            return key == TKEY_NONE ? TKEY_RESIZED : key;
        }
        if (source.revents & (POLLHUP | POLLERR | POLLNVAL))
            return STAGE_GONE;
    }
    return key;
}

static uint32_t latin_key(struct page_view *stage)
{
    uint32_t key = next_key(stage);

    if (key >= 0x80 && key < TKEY_NONE && hangul_keys(stage->typed, key)) {
        page_view_notice(stage, _("Korean input is on: press the 한/영 key"));
        return next_key(stage);
    }
    return key;
}

/* What every page does with a key; TKEY_NONE if that was all. */
static uint32_t handle(struct page_view *stage, uint32_t key)
{
    if (stage->help) {
        stage->help = key == TKEY_RESIZED;
        return stage->help ? key : TKEY_NONE;
    }
    switch (key) {
    case '?':
        stage->help = true;
        return TKEY_NONE;
    case 't':
        theme_next();
        return TKEY_NONE;
    case CTRL_L:
        terminal_repaint();
        return TKEY_NONE;
    default:
        return key;
    }
}

/* Nobody is there to press a key: on to the page with a question. */
static uint32_t turn_unseen(struct page_view *stage, const struct page *page)
{
    if (page->box.count == 0)
        return TKEY_ENTER;
    unattended_cells(&stage->cells, stage->options);
    stage->printed = true;
    return STAGE_GONE;
}

uint32_t page_view_ask(struct page_view *stage, struct page *page)
{
    uint32_t key;

    if (page_view_is_still(stage)) {
        show(stage, page);
        return turn_unseen(stage, page);
    }
    do {
        show(stage, page);
        /* The other letters of a syllable come before anybody can read. */
        stage->notice_seen = !stage->typed[0];
        key = latin_key(stage);
        if (key == STAGE_GONE)
            return key;
        if (stage->notice_seen && key != TKEY_RESIZED)
            stage->notice[0] = '\0';
        key = handle(stage, key);
    } while (key == TKEY_NONE);
    measure(stage);
    return key;
}
