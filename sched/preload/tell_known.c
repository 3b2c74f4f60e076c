/*
 * tell_known.c -- see tell_known.h: a hash table by address and kind, in pages of
 * its own.
 */
#include "sched/preload/tell_known.h"

#include <limits.h>
#include <link.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/preload/pages.h"
#include "sched/trace/diary.h"

enum {
    FIRST_ROOM = 4096 /* entries of the table; a power of two */
};

struct known_entry {
    uintptr_t address; /* 0: none */
    uint32_t kind, index;
};

static struct {
    struct known_entry *entry;
    size_t room, count;
    uint32_t kinds[TELL_KINDS];  /* how many of each */
    unsigned long long files[2]; /* loaded and unloaded, as told so far */
    bool own_told;               /* of them, the program itself */
} known;

/* --- loaded files --------------------------------------------------------- */

static const char *own_path(char path[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);

    path[length > 0 ? length : 0] = '\0';
    return path;
}

/* The first that is listed is the program; the kernel's own has no name. */
static int tell_file(struct dl_phdr_info *info, size_t size, void *context)
{
    struct diary *diary = context;
    uint64_t first = UINT64_MAX, last = 0;
    bool own = !*info->dlpi_name && !known.own_told;
    char path[PATH_MAX];

    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];

        if (header->p_type != PT_LOAD)
            continue;
        if (header->p_vaddr < first)
            first = header->p_vaddr;
        if (header->p_vaddr + header->p_memsz > last)
            last = header->p_vaddr + header->p_memsz;
    }
    known.own_told = known.own_told || own;
    if (last > first && (own || *info->dlpi_name))
        diary_record(diary, DIARY_FILE,
                     (const uint64_t[]){ info->dlpi_addr,
                                         info->dlpi_addr + first,
                                         info->dlpi_addr + last, own },
                     4, own ? own_path(path) : info->dlpi_name);
    return 0;
}

static int count_files(struct dl_phdr_info *info, size_t size, void *context)
{
    unsigned long long *files = context;

    (void)size;
    files[0] = info->dlpi_adds;
    files[1] = info->dlpi_subs;
    return 1;
}

/* All of them, if there are others than last time. */
void tell_known_files(struct diary *diary)
{
    unsigned long long files[2] = { 0, 0 };

    dl_iterate_phdr(count_files, files);
    if (files[0] == known.files[0] && files[1] == known.files[1])
        return;
    known.files[0] = files[0];
    known.files[1] = files[1];
    known.own_told = false;
    dl_iterate_phdr(tell_file, diary);
}

/* --- what is known -------------------------------------------------------- */

static struct known_entry *find(uintptr_t address, uint32_t kind)
{
    uint64_t hash = (address + kind) * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 32) & (known.room - 1);

    while (known.entry[at].address &&
           (known.entry[at].address != address || known.entry[at].kind != kind))
        at = (at + 1) & (known.room - 1);
    return &known.entry[at];
}

bool tell_known_begin(void)
{
    struct known_entry *old = known.entry;
    size_t room = known.room, wanted = room ? 2 * room : FIRST_ROOM;
    struct known_entry *entry = pages_new(wanted * sizeof *entry);

    if (!entry)
        return false;
    known.entry = entry;
    known.room = wanted;
    for (size_t i = 0; i < room; i++)
        if (old[i].address)
            *find(old[i].address, old[i].kind) = old[i];
    if (old)
        munmap(old, room * sizeof *old);
    return true;
}

/* The number of an address, which is told if it is new. */
uint32_t tell_known_number(struct diary *diary, const volatile void *thing,
                           uint32_t kind)
{
    uintptr_t address = (uintptr_t)thing;
    struct known_entry *entry = find(address, kind);

    if (entry->address)
        return entry->index;
    if (2 * ++known.count > known.room && tell_known_begin())
        entry = find(address, kind);
    *entry = (struct known_entry){ address, kind, known.kinds[kind]++ };
    tell_known_files(diary);
    if (kind == TELL_PLACE)
        diary_record(diary, DIARY_PLACE, (const uint64_t[]){ address }, 1,
                     NULL);
    else
        diary_record(diary, DIARY_OBJECT, (const uint64_t[]){ kind, address },
                     2, NULL);
    return entry->index;
}
