/*
 * later.c -- see later.h. Names leave this table when what they name arrives.
 */
#include "cli/options/later.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    bool option;
} later[] = {
    { "python", false },
    { "watch", false },
    { "record", true },
};

static bool is_later(const char *name, bool option)
{
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (later[i].option == option && strcmp(later[i].name, name) == 0)
            return true;
    return false;
}

bool later_is_option(const char *name)
{
    return is_later(name, true);
}

bool later_is_command(const char *name)
{
    return is_later(name, false);
}
