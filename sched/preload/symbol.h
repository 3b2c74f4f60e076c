/*
 * symbol.h -- what the program calls an address.
 *
 * Reads the symbol tables of the files that are loaded; slow, and only for the
 * moment at which the program is over.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_SYMBOL_H
#define CONCVIZ_SCHED_PRELOAD_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>

struct symbol {
    char name[64]; /* a longer one is cut */
    size_t offset; /* of the address in it */
    size_t bytes;  /* its size */
    bool own;      /* of the program itself, not of a library */
};

/* Returns false where nothing is known of it: memory of malloc, a stack. */
bool symbol_find(struct symbol *symbol, const volatile void *address);

#endif
