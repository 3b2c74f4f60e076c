/*
 * elf_line.h -- from which line of the source a place in a program was made.
 *
 * Reads the file anew each time: slow, for what is asked rarely. A program
 * compiled without -g does not know.
 */
#ifndef CONCVIZ_SCHED_BASE_ELF_LINE_H
#define CONCVIZ_SCHED_BASE_ELF_LINE_H

#include <stdbool.h>
#include <stdint.h>

struct elf_line {
    char file[64]; /* without its folder; a longer one is cut */
    unsigned line; /* from 1 */
};

/* The line of an address, as the file at path counts them (from 0 where it may
 * be loaded anywhere). Returns false where nothing is known of it. */
bool elf_line_find(struct elf_line *line, const char *path, uintptr_t address);

#endif
