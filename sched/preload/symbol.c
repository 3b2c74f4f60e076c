/*
 * symbol.c -- in which of the loaded files is an address, and what is it called
 * there (base/elf_symbol.h)? From which line was it made (base/elf_line.h)?
 */
#include "sched/preload/symbol.h"

#include <link.h>
#include <stdint.h>

struct symbol_search {
    uintptr_t address;
    struct symbol *symbol; /* one of the two */
    struct elf_line *line;
    bool found;
};

static void ask(struct symbol_search *search, const char *path, bool own,
                uintptr_t value)
{
    if (search->line) {
        search->found = elf_line_find(search->line, path, value);
        return;
    }
    search->symbol->own = own;
    search->found = elf_symbol_find(&search->symbol->is, path, value);
}

/* The first that is listed is the program. */
static int look_in(struct dl_phdr_info *info, size_t size, void *context)
{
    struct symbol_search *search = context;
    bool own = !*info->dlpi_name;

    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t value = search->address - info->dlpi_addr;

        if (header->p_type != PT_LOAD ||
            value - header->p_vaddr >= header->p_memsz)
            continue;
        ask(search, own ? "/proc/self/exe" : info->dlpi_name, own, value);
        return 1;
    }
    return 0;
}

bool symbol_find(struct symbol *symbol, const volatile void *address)
{
    struct symbol_search search = { (uintptr_t)address, symbol, NULL, false };

    dl_iterate_phdr(look_in, &search);
    return search.found;
}

bool symbol_line(struct elf_line *line, const void *place)
{
    struct symbol_search search = { (uintptr_t)place, NULL, line, false };

    dl_iterate_phdr(look_in, &search);
    return search.found;
}
