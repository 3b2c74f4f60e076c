/*
 * theme.c -- colours: as the options say, unless NO_COLOR forbids them.
 */
#include "cli/options/theme.h"

#include <stdlib.h>

#include "cli/options/options.h"
#include "render/output/terminal.h"

enum theme theme_wanted(const struct options *options)
{
    const char *no_color = getenv("NO_COLOR");

    if (options->no_color || (no_color && *no_color))
        return THEME_MONO;
    return (enum theme)options->theme;
}

void theme_next(void)
{
    switch (terminal_theme_now()) {
    case THEME_DARK:
        terminal_theme(THEME_LIGHT);
        break;
    case THEME_LIGHT:
        terminal_theme(THEME_MONO);
        break;
    default:
        terminal_theme(THEME_DARK);
        break;
    }
}
