/*
 * program_preload.c -- see program_preload.h. The loader reads LD_PRELOAD, the
 * library CONCVIZ_PRELOAD (activate.c).
 */
#include "cli/program/program_preload.h"

#include <limits.h>

#include "cli/options/folders.h"
#include "cli/options/language.h"
#include "cli/program/program_file.h"
#include "cli/program/program_library.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

#define LIBRARY "libconcviz-preload.so"

static bool find_library(char *path, size_t size, struct diag *diag)
{
#ifdef HAVE_PRELOAD
    return program_library_find(path, size, LIBRARY, diag);
#else
    (void)path;
    (void)size;
    diag_set(diag, NULL, 0, 0,
             _("the threads of other programs can become coroutines on x86-64 "
               "with glibc only"));
    return false;
#endif
}

bool program_preload_init(struct program_preload *preload,
                          const struct program_file *file, const char *language,
                          struct diag *diag)
{
    char library[PATH_MAX];

    if (!find_library(library, sizeof library, diag))
        return false;
    *preload = (struct program_preload){ .file = file };
    strbuf_init(&preload->library);
    strbuf_init(&preload->told);
    strbuf_init(&preload->language);
    strbuf_init(&preload->board);
    program_library_preload(&preload->library, library);
    strbuf_adds(&preload->language, "LANGUAGE");
    if (language) /* what main has changed for us is not its business */
        strbuf_addf(&preload->language, "=%s", language);
    return true;
}

void program_preload_fini(struct program_preload *preload)
{
    strbuf_fini(&preload->library);
    strbuf_fini(&preload->told);
    strbuf_fini(&preload->language);
    strbuf_fini(&preload->board);
}

void program_preload_board(struct program_preload *preload, int fd)
{
    strbuf_clear(&preload->board);
    strbuf_addf(&preload->board, "CONCVIZ_BOARD=%d", fd);
}

const char *const *program_preload_tell(struct program_preload *preload,
                                        const char *mode, const uint64_t *seed)
{
    const struct program_file *file = preload->file;
    struct strbuf *told = &preload->told;
    char folder[PATH_MAX];

    strbuf_clear(told);
    strbuf_addf(told, "CONCVIZ_PRELOAD=%s,", mode);
    if (seed)
        strbuf_addf(told, "%llu", (unsigned long long)*seed);
    else
        strbuf_addc(told, '-');
    strbuf_addf(told, ",%llu,%llu,%s,%s", (unsigned long long)file->device,
                (unsigned long long)file->inode,
                language_is_korean() ? "ko" : "en",
                language_catalogue(folder, sizeof folder));
    preload->entry[0] = preload->library.text;
    preload->entry[1] = told->text;
    preload->entry[2] = preload->language.text;
    preload->entry[3] = preload->board.length ? preload->board.text : NULL;
    return preload->entry;
}
