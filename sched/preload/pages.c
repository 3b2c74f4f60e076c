/*
 * pages.c -- see pages.h. What grows doubles, so that it seldom moves.
 */
#include "sched/preload/pages.h"

#include <sys/mman.h>

enum {
    FIRST_BYTES = 4096
};

void *pages_new(size_t bytes)
{
    void *pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return pages == MAP_FAILED ? NULL : pages;
}

void *pages_grow(void *pages, size_t *bytes, size_t needed)
{
    size_t grown = *bytes ? *bytes : FIRST_BYTES;

    while (grown < needed)
        grown *= 2;
    if (grown == *bytes)
        return pages;
    pages = *bytes ? mremap(pages, *bytes, grown, MREMAP_MAYMOVE)
                   : pages_new(grown);
    if (!pages || pages == MAP_FAILED)
        __builtin_trap();
    *bytes = grown;
    return pages;
}
