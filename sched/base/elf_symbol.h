/*
 * elf_symbol.h -- what the author of a program calls an address.
 *
 * Reads the file anew each time: slow, for what is asked rarely.
 */
#ifndef CONCVIZ_SCHED_BASE_ELF_SYMBOL_H
#define CONCVIZ_SCHED_BASE_ELF_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_symbol {
    char name[64]; /* a longer one is cut */
    size_t offset; /* of the address in it */
    size_t bytes;  /* its size */
};

/* The function or variable at an address, as the file counts them (from 0 where
 * it may be loaded anywhere). Returns false where nothing is known of it. */
bool elf_symbol_find(struct elf_symbol *symbol, const char *path,
                     uintptr_t address);

/* Write what a person calls the place: "forks[3]" where the variable is an
 * array of things of `one` bytes each (SIZE_MAX: nobody knows), else
 * "queue+40" or "lock". */
void elf_symbol_write(char *out, size_t size, const struct elf_symbol *symbol,
                      size_t one);

#endif
