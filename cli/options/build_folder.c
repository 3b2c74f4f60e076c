/*
 * build_folder.c -- see build_folder.h. Only config.status tells a build folder:
 * a folder that just happens to hold something of that name is not trusted.
 */
#include "cli/options/build_folder.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/carried/carried.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

/* Write the folder of the running program into path. */
static bool own_folder(char *path, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", path, size - 1);
    char *slash;

    if (length <= 0)
        return false;
    path[length] = '\0';
    slash = strrchr(path, '/');
    if (!slash)
        return false;
    *slash = '\0';
    return true;
}

bool build_folder_find(char *path, size_t size, const char *name)
{
    char folder[PATH_MAX], made[PATH_MAX + 16];

    if (!own_folder(folder, sizeof folder))
        return false;
    snprintf(made, sizeof made, "%s/config.status", folder);
    if (access(made, F_OK) != 0)
        return false;
    return (size_t)snprintf(path, size, "%s/%s", folder, name) < size &&
           access(path, F_OK) == 0;
}

bool build_folder_or(char *path, size_t size, const char *name,
                     const char *installed, struct diag *diag)
{
    if (carried_is()) {
        if (carried_find(path, size, name))
            return true;
        diag_set(diag, NULL, 0, 0,
                 _("no place to unpack %s: let TMPDIR name a folder of yours "
                   "without a blank or a colon, from which programs may run"),
                 name);
        return false;
    }
    if (!build_folder_find(path, size, name))
        snprintf(path, size, "%s", installed);
    if (access(path, R_OK) == 0)
        return true;
    diag_set(diag, NULL, 0, 0, "%s: %s", path, strerror(errno));
    return false;
}
