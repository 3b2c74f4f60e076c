/*
 * symbol.c -- a look into the symbol table of an ELF file.
 *
 * dladdr knows only what a file offers to others, and an executable offers
 * nothing. The full table, where it was not stripped, is in the file but not in
 * memory.
 */
#include "sched/preload/symbol.h"

#include <link.h>
#include <stdio.h>
#include <string.h>

#include "sched/base/elf_image.h"

struct symbol_search {
    uintptr_t address;
    struct symbol *symbol;
    bool found;
};

/* Its name, if it ends inside the table of names. */
static bool take(struct symbol *symbol, const Elf64_Sym *entry,
                 uintptr_t offset, const struct elf_image *names)
{
    size_t left = names->bytes - entry->st_name;

    if (entry->st_name >= names->bytes ||
        !memchr(names->byte + entry->st_name, '\0', left))
        return false;
    snprintf(symbol->name, sizeof symbol->name, "%s",
             names->byte + entry->st_name);
    symbol->offset = offset;
    symbol->bytes = entry->st_size;
    return true;
}

static bool search_table(const struct elf_image *image, const Elf64_Shdr *table,
                         const Elf64_Shdr *names, struct symbol_search *search,
                         uintptr_t value)
{
    const Elf64_Sym *entry = elf_image_part(image, table->sh_offset,
                                            table->sh_size);
    size_t count = table->sh_size / sizeof *entry;
    struct elf_image text;

    if (!entry || !elf_image_section(&text, image, names))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned type = ELF64_ST_TYPE(entry[i].st_info);

        if ((type == STT_OBJECT || type == STT_FUNC) &&
            entry[i].st_shndx != SHN_UNDEF && value >= entry[i].st_value &&
            value - entry[i].st_value < entry[i].st_size)
            return take(search->symbol, &entry[i], value - entry[i].st_value,
                        &text);
    }
    return false;
}

/* In the tables of one type: SHT_SYMTAB or SHT_DYNSYM. */
static bool search_type(const struct elf_image *image, uint32_t type,
                        struct symbol_search *search, uintptr_t value)
{
    const Elf64_Ehdr *head = elf_image_head(image);
    const Elf64_Shdr *section = elf_image_part(image, head->e_shoff,
                                               head->e_shnum * sizeof *section);

    for (size_t i = 0; section && i < head->e_shnum; i++)
        if (section[i].sh_type == type && section[i].sh_link < head->e_shnum &&
            search_table(image, &section[i], &section[section[i].sh_link],
                         search, value))
            return true;
    return false;
}

/* The full table, else that of what is offered. */
static bool search_image(const struct elf_image *image,
                         struct symbol_search *search, uintptr_t value)
{
    const Elf64_Ehdr *head = elf_image_head(image);

    return head && head->e_ident[EI_CLASS] == ELFCLASS64 &&
           (search_type(image, SHT_SYMTAB, search, value) ||
            search_type(image, SHT_DYNSYM, search, value));
}

static bool search_file(const char *path, struct symbol_search *search,
                        uintptr_t value)
{
    struct elf_image image;
    bool found;

    if (!elf_image_open(&image, path))
        return false;
    found = search_image(&image, search, value);
    elf_image_close(&image);
    return found;
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
        search->symbol->own = own;
        search->found = search_file(own ? "/proc/self/exe" : info->dlpi_name,
                                    search, value);
        return 1;
    }
    return 0;
}

bool symbol_find(struct symbol *symbol, const volatile void *address)
{
    struct symbol_search search = { (uintptr_t)address, symbol, false };

    dl_iterate_phdr(look_in, &search);
    return search.found;
}
