/*
 * fuzz_elf.c -- any bytes are a program whose symbols and lines we look for, and
 * what is found is text that ends. The first eight are the address.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/base/elf_line.h"
#include "sched/base/elf_symbol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int condition)
{
    if (!condition)
        abort();
}

static void look_for(const char *path, uintptr_t address)
{
    struct elf_symbol symbol;
    struct elf_line line;
    char name[100];

    if (elf_symbol_find(&symbol, path, address)) {
        demand(memchr(symbol.name, '\0', sizeof symbol.name) != NULL);
        demand(symbol.offset < symbol.bytes);
        elf_symbol_write(name, sizeof name, &symbol, 8);
        demand(strlen(name) < sizeof name);
    }
    if (elf_line_find(&line, path, address))
        demand(memchr(line.file, '\0', sizeof line.file) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t address;
    char path[64];
    int fd;

    if (size <= sizeof address)
        return 0;
    fd = memfd_create("elf", MFD_CLOEXEC);
    memcpy(&address, data, sizeof address);
    data += sizeof address;
    size -= sizeof address;
    demand(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    look_for(path, (uintptr_t)address);
    close(fd);
    return 0;
}
