/*
 * elf_symbol.c -- a look into the symbol table of an ELF file.
 *
 * dladdr knows only what a file offers to others, and an executable offers
 * nothing. The full table, where it was not stripped, is in the file but not in
 * memory.
 */
#include "sched/base/elf_symbol.h"

#include <stdio.h>
#include <string.h>

#include "sched/base/elf_image.h"

/* Its name, if it ends inside the table of names. */
static bool take(struct elf_symbol *symbol, const Elf64_Sym *entry,
                 uintptr_t offset, const struct elf_image *names)
{
    size_t left = names->bytes - entry->st_name;

    if (entry->st_name >= names->bytes ||
        !memchr(names->byte + entry->st_name, '\0', left))
        return false;
    snprintf(symbol->name, sizeof symbol->name, "%s",
             names->byte + entry->st_name);
    symbol->offset = offset;
    symbol->bytes = (size_t)entry->st_size;
    return true;
}

static bool search_table(const struct elf_image *image, const Elf64_Shdr *table,
                         const Elf64_Shdr *names, struct elf_symbol *symbol,
                         uintptr_t value)
{
    const Elf64_Sym *entry = elf_image_part(image, table->sh_offset,
                                            table->sh_size);
    size_t count = (size_t)(table->sh_size / sizeof *entry);
    struct elf_image text;

    if (!entry || !elf_image_section(&text, image, names))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned type = ELF64_ST_TYPE(entry[i].st_info);

        if ((type == STT_OBJECT || type == STT_FUNC) &&
            entry[i].st_shndx != SHN_UNDEF && value >= entry[i].st_value &&
            value - entry[i].st_value < entry[i].st_size)
            return take(symbol, &entry[i],
                        (uintptr_t)(value - entry[i].st_value), &text);
    }
    return false;
}

/* In the table of one type, SHT_SYMTAB or SHT_DYNSYM: a file has one of each at
 * most. */
static bool search_type(const struct elf_image *image, uint32_t type,
                        struct elf_symbol *symbol, uintptr_t value)
{
    const Elf64_Ehdr *head = elf_image_head(image);
    const Elf64_Shdr *section = elf_image_part(image, head->e_shoff,
                                               head->e_shnum * sizeof *section);

    for (size_t i = 0; section && i < head->e_shnum; i++)
        if (section[i].sh_type == type)
            return section[i].sh_link < head->e_shnum &&
                   search_table(image, &section[i],
                                &section[section[i].sh_link], symbol, value);
    return false;
}

/* The full table, else that of what is offered. */
static bool search_image(const struct elf_image *image,
                         struct elf_symbol *symbol, uintptr_t value)
{
    const Elf64_Ehdr *head = elf_image_head(image);

    return head && head->e_ident[EI_CLASS] == ELFCLASS64 &&
           (search_type(image, SHT_SYMTAB, symbol, value) ||
            search_type(image, SHT_DYNSYM, symbol, value));
}

bool elf_symbol_find(struct elf_symbol *symbol, const char *path,
                     uintptr_t address)
{
    struct elf_image image;
    bool found;

    if (!elf_image_open(&image, path))
        return false;
    found = search_image(&image, symbol, address);
    elf_image_close(&image);
    return found;
}

void elf_symbol_write(char *out, size_t size, const struct elf_symbol *symbol,
                      size_t one)
{
    if (symbol->bytes > one && symbol->bytes % one == 0 &&
        symbol->offset % one == 0)
        snprintf(out, size, "%s[%zu]", symbol->name, symbol->offset / one);
    else if (symbol->offset)
        snprintf(out, size, "%s+%zu", symbol->name, symbol->offset);
    else
        snprintf(out, size, "%s", symbol->name);
}
