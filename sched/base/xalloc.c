/*
 * xalloc.c -- malloc and its kin, without the question what to do if they fail.
 */
#include "sched/base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/crash_cleanup.h"

enum {
    EXIT_NO_MEMORY = 3
};

/* write() and not stdio: printf itself may need memory. */
static _Noreturn void no_memory(void)
{
    static const char text[] = "concviz: out of memory\n";
    ssize_t written;

    crash_cleanup_run();
    written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    crash_cleanup_exit(EXIT_NO_MEMORY);
}

/* Nothing asked for is one byte: a NULL from calloc(0) would look like
 * failure. */
void *xcalloc(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);

    if (!memory)
        no_memory();
    return memory;
}

/* At least one byte, because realloc(old, 0) may free old and return NULL. */
void *xreallocarray(void *old, size_t count, size_t size)
{
    void *memory;

    if (size && count > SIZE_MAX / size)
        no_memory();
    memory = realloc(old, count && size ? count * size : 1);
    if (!memory)
        no_memory();
    return memory;
}

char *xstrdup(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(xcalloc(size, 1), text, size);
}

/* Doubling, so that n appends move O(n) items in total. */
void *xgrow(void *array, size_t length, size_t *capacity, size_t item_size)
{
    if (length < *capacity)
        return array;
    *capacity = *capacity ? *capacity * 2 : 8;
    return xreallocarray(array, *capacity, item_size);
}
