/*
 * terminal_none.c -- for builds without ncurses: there is no live screen, and
 * whoever asks for one is told so.
 */
#include "render/output/terminal.h"

#include <stddef.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"

bool terminal_can_draw(struct diag *diag)
{
    diag_set(diag, NULL, 0, 0,
             _("this concviz was built without ncurses: no live screen"));
    return false;
}

bool terminal_open(const struct terminal_options *options, struct diag *diag)
{
    (void)options;
    return terminal_can_draw(diag);
}

void terminal_close(void)
{
}

void terminal_size(int *width, int *height)
{
    *width = 0;
    *height = 0;
}

void terminal_present(const struct cells *cells)
{
    (void)cells;
}

bool terminal_behind(void)
{
    return false;
}

void terminal_repaint(void)
{
}

void terminal_continue(void)
{
}

void terminal_theme(enum theme theme)
{
    (void)theme;
}

enum theme terminal_theme_now(void)
{
    return THEME_MONO;
}

uint32_t terminal_key(void)
{
    return TKEY_NONE;
}

bool terminal_mouse(int *x, int *y, int *button)
{
    (void)x;
    (void)y;
    (void)button;
    return false;
}

int terminal_fd(void)
{
    return -1;
}

bool terminal_unicode(void)
{
    return false;
}
