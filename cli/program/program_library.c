/*
 * program_library.c -- see program_library.h.
 */
#include "cli/program/program_library.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

bool program_library_find(char *path, size_t size, const char *name,
                          struct diag *diag)
{
    char installed[PATH_MAX];

    snprintf(installed, sizeof installed, "%s/%s", PKGLIBDIR, name);
    if (!build_folder_or(path, size, name, installed, diag))
        return false;
    if (strpbrk(path, ": ")) {
        diag_set(diag, NULL, 0, 0,
                 _("%s: a path with a blank or a colon cannot be preloaded"),
                 path);
        return false;
    }
    return true;
}

void program_library_preload(struct strbuf *buf, const char *path)
{
    const char *before = getenv("LD_PRELOAD");

    strbuf_addf(buf, "LD_PRELOAD=%s%s%s", path, before && *before ? ":" : "",
                before ? before : "");
}
