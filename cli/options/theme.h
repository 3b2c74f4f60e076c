/*
 * theme.h -- which colours the person wants. Main thread.
 */
#ifndef CONCVIZ_CLI_OPTIONS_THEME_H
#define CONCVIZ_CLI_OPTIONS_THEME_H

#include "render/cells/palette.h"

struct options;

/* The theme that the options and NO_COLOR ask for. */
enum theme theme_wanted(const struct options *options);

/* Dark, light, no colours, and round again. */
void theme_next(void);

#endif
