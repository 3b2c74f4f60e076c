/*
 * fuzz_lines.c -- any bytes are a program that debuggers could read, and what is
 * found in it is the name of a file and a line. The first eight are an address.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sched/exchange/line_table.h"
#include "tests/fuzz/target.h"

static void look_at(struct line_table *lines, uint64_t address)
{
    const char *file = line_table_file(lines, "main");
    int line = 0;

    if (file)
        target_demand(strlen(file) < 4096);
    file = NULL;
    if (line_table_find(lines, address, &file, &line))
        target_demand(file && strlen(file) < 4096 && line > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct line_table *lines;
    uint64_t address;
    int fd;

    if (size <= sizeof address)
        return 0;
    memcpy(&address, data, sizeof address);
    fd = open(target_file(data + sizeof address, size - sizeof address),
              O_RDONLY | O_CLOEXEC);
    lines = line_table_new(fd);
    look_at(lines, address);
    line_table_free(lines);
    close(fd);
    return 0;
}
