/*
 * xalloc.c -- malloc and its kin, without the question what to do if they fail.
 *
 * The system finds memory when a page of it is first written, and that takes as
 * long as writing a hundred events. Large tables ask for pages of 2 MiB, which
 * cost less than half as much as the same memory in small ones. The price is
 * that it is paid at once: 0.1 to 0.4 ms each time.
 */
#include "sched/base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/base/crash_cleanup.h"

enum {
    EXIT_NO_MEMORY = 3,
    HUGE_PAGE = 2 << 20
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

/* Only what lies wholly in the memory can be huge. A system that has none says
 * no, and nothing changes. */
static void *ask_for_huge_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    uintptr_t begin = (uintptr_t)memory + HUGE_PAGE - 1;
    uintptr_t end = (uintptr_t)memory + bytes;

    begin -= begin % HUGE_PAGE;
    end -= end % HUGE_PAGE;
    if (begin < end)
        madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
    (void)bytes;
#endif
    return memory;
}

/* Nothing asked for is one byte: a NULL from calloc(0) would look like
 * failure. */
void *xcalloc(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);

    if (!memory)
        no_memory();
    return ask_for_huge_pages(memory, count * size);
}

/* At least one byte, because realloc(old, 0) may free old and return NULL. What
 * grows asks for no huge pages: the system could not move it in one piece. */
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

/* All of it is huge where it begins as a huge page does and ends as one. */
void *xtable(size_t count, size_t size)
{
    void *memory = NULL;

    if (size && count > SIZE_MAX / size)
        no_memory();
    if (count * size % HUGE_PAGE == 0)
        memory = aligned_alloc(HUGE_PAGE, count * size);
    return memory ? ask_for_huge_pages(memory, count * size)
                  : xreallocarray(NULL, count, size);
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
