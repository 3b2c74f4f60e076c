/*
 * later.c -- see later.h. Names leave this table when what they name arrives.
 */
#include "cli/options/later.h"

#include <stddef.h>
#include <string.h>

static const char *const later[] = { "watch" };

bool later_is_command(const char *name)
{
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (strcmp(later[i], name) == 0)
            return true;
    return false;
}
