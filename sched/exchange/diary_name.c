/*
 * diary_name.c -- see diary_name.h.
 *
 * What has no name because it lies on a stack or in the heap is called mutex,
 * with the next number; what has one is called as in the program, with its place
 * where it is one of several: forks[3].
 */
#include "sched/exchange/diary_name.h"

#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/elf_symbol.h"
#include "sched/base/file.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/line_table.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"

enum {
    KINDS = ARRAY_RWLOCK + 1
};

/* A file that the program has loaded. */
struct diary_file {
    uint64_t bias, first, last;
    bool own; /* the program itself */
    char *path;
};

struct diary_name {
    struct diary_file *file;
    size_t files, room;
    struct elf_symbol symbol; /* the last one that was found … */
    uint64_t symbol_at;       /* … and where it begins */
    unsigned tasks;
    int nameless[KINDS];
    int fd;                    /* of the program, or -1 */
    struct line_table *source; /* of it, or NULL */
    char *listed;              /* the file whose lines people see, or NULL */
};

/* --- the text of the program ---------------------------------------------- */

/* The file with main is what people see. */
static void list_source(struct diary_name *names,
                        struct definitions *definitions)
{
    const char *file = line_table_file(names->source, "main");
    struct strbuf text;

    strbuf_init(&text);
    if (file && file_read(file, WORKLOAD_FILE_BYTES_MAX, &text) == 0) {
        names->listed = xstrdup(file);
        definitions_set_listing(definitions, file, text.text);
    }
    strbuf_fini(&text);
}

struct diary_name *diary_name_new(const char *path,
                                  struct definitions *definitions)
{
    struct diary_name *names = xcalloc(1, sizeof *names);

    names->fd = -1;
    if (path)
        names->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (names->fd >= 0)
        names->source = line_table_new(names->fd);
    list_source(names, definitions);
    return names;
}

void diary_name_free(struct diary_name *names)
{
    if (!names)
        return;
    for (size_t i = 0; i < names->files; i++)
        free(names->file[i].path);
    free(names->file);
    free(names->listed);
    line_table_free(names->source);
    if (names->fd >= 0)
        close(names->fd);
    free(names);
}

void diary_name_file(struct diary_name *names, const uint64_t number[3],
                     bool own, const char *path)
{
    for (size_t i = 0; i < names->files; i++)
        if (names->file[i].bias == number[0] &&
            strcmp(names->file[i].path, path) == 0)
            return;
    names->file = xgrow(names->file, names->files, &names->room,
                        sizeof *names->file);
    names->file[names->files++] = (struct diary_file){ number[0], number[1],
                                                       number[2], own,
                                                       xstrdup(path) };
}

/* --- addresses ------------------------------------------------------------ */

static const struct diary_file *file_of(const struct diary_name *names,
                                        uint64_t address)
{
    for (size_t i = names->files; i > 0; i--)
        if (address >= names->file[i - 1].first &&
            address < names->file[i - 1].last)
            return &names->file[i - 1];
    return NULL;
}

/* Many ask for the elements of one array. */
static bool find_symbol(struct diary_name *names, uint64_t address,
                        struct elf_symbol *symbol)
{
    const struct diary_file *file = file_of(names, address);

    if (address - names->symbol_at < names->symbol.bytes) {
        *symbol = names->symbol;
        symbol->offset = (size_t)(address - names->symbol_at);
        return true;
    }
    if (!file ||
        !elf_symbol_find(symbol, file->path, (uintptr_t)(address - file->bias)))
        return false;
    names->symbol = *symbol;
    names->symbol_at = address - symbol->offset;
    return true;
}

static const struct {
    const char *name;
    size_t bytes;
} thing[KINDS] = {
    [ARRAY_SHARED] = { "memory", SIZE_MAX },
    [ARRAY_BARRIER] = { "barrier", sizeof(pthread_barrier_t) },
    [ARRAY_LOCK] = { "mutex", sizeof(pthread_mutex_t) },
    [ARRAY_SEMAPHORE] = { "semaphore", sizeof(sem_t) },
    [ARRAY_CONDITION] = { "condition", sizeof(pthread_cond_t) },
    [ARRAY_RWLOCK] = { "rwlock", sizeof(pthread_rwlock_t) },
};

bool diary_name_object(struct diary_name *names, char name[DIARY_NAME_BYTES],
                       uint64_t kind, uint64_t address)
{
    size_t one = kind < KINDS ? thing[kind].bytes : 0;
    struct elf_symbol symbol;

    if (!one)
        return false;
    if (!find_symbol(names, address, &symbol))
        snprintf(name, DIARY_NAME_BYTES, "%s-%d", thing[kind].name,
                 ++names->nameless[kind]);
    else
        elf_symbol_write(name, DIARY_NAME_BYTES, &symbol, one);
    return true;
}

/* worker, worker-2 …; a function of a library says nothing to the reader. */
void diary_name_task(struct diary_name *names, char name[DIARY_NAME_BYTES],
                     uint64_t start, uint64_t ordinal)
{
    const struct diary_file *file = file_of(names, start);
    unsigned number = names->tasks++;
    struct elf_symbol symbol;

    if (start == 0)
        snprintf(name, DIARY_NAME_BYTES, "main");
    else if (!file || !file->own || !find_symbol(names, start, &symbol))
        snprintf(name, DIARY_NAME_BYTES, "thread-%u", number);
    else if (ordinal > 1)
        snprintf(name, DIARY_NAME_BYTES, "%s-%llu", symbol.name,
                 (unsigned long long)ordinal);
    else
        snprintf(name, DIARY_NAME_BYTES, "%s", symbol.name);
}

/* The call is before the place it returns to. */
int diary_name_line(struct diary_name *names, uint64_t address)
{
    const struct diary_file *file = file_of(names, address);
    const char *source;
    int line;

    if (!names->listed || !file || !file->own ||
        !line_table_find(names->source, address - 1 - file->bias, &source,
                         &line))
        return 0;
    return strcmp(source, names->listed) == 0 ? line : 0;
}
