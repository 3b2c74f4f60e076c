/*
 * symbol.h -- what the program calls an address.
 *
 * Reads the symbol tables of the files that are loaded; slow, and only for the
 * moment at which the program is over.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_SYMBOL_H
#define CONCVIZ_SCHED_PRELOAD_SYMBOL_H

#include <stdbool.h>

#include "sched/base/elf_line.h"
#include "sched/base/elf_symbol.h"

struct symbol {
    struct elf_symbol is;
    bool own; /* of the program itself, not of a library */
};

/* Returns false where nothing is known of it: memory of malloc, a stack. */
bool symbol_find(struct symbol *symbol, const volatile void *address);

/* The line of the source that place in the program was made of; false: nothing
 * is known of it, as where it was compiled without -g. */
bool symbol_line(struct elf_line *line, const void *place);

#endif
