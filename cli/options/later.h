/*
 * later.h -- commands that are planned, but not part of this
 * version: whoever tries them is told so, instead of being offered another.
 */
#ifndef CONCVIZ_CLI_OPTIONS_LATER_H
#define CONCVIZ_CLI_OPTIONS_LATER_H

#include <stdbool.h>

bool later_is_command(const char *name);

#endif
