/*
 * build_folder.c -- see build_folder.h. Only config.status tells a build folder:
 * a folder that just happens to hold something of that name is not trusted.
 */
#include "cli/options/build_folder.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
