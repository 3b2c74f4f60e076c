/*
 * fuzz_elf.c -- any bytes are a program whose symbols and lines we look for, and
 * what is found is text that ends. The first eight are the address.
 */
#include <stdint.h>
#include <string.h>

#include "sched/base/elf_line.h"
#include "sched/base/elf_symbol.h"
#include "tests/fuzz/target.h"

static void look_for(const char *path, uintptr_t address)
{
    struct elf_symbol symbol;
    struct elf_line line;
    char name[100];

    if (elf_symbol_find(&symbol, path, address)) {
        target_demand(memchr(symbol.name, '\0', sizeof symbol.name) != NULL);
        target_demand(symbol.offset < symbol.bytes);
        elf_symbol_write(name, sizeof name, &symbol, 8);
        target_demand(strlen(name) < sizeof name);
    }
    if (elf_line_find(&line, path, address))
        target_demand(memchr(line.file, '\0', sizeof line.file) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t address;

    if (size <= sizeof address)
        return 0;
    memcpy(&address, data, sizeof address);
    look_for(target_file(data + sizeof address, size - sizeof address),
             (uintptr_t)address);
    return 0;
}
