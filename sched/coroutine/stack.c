/*
 * stack.c -- one mapping, cut into slots, with guards made when first needed.
 *
 * Why one mapping: the kernel allows a process 65,530 mappings, so a mapping a
 * stack ends at 32,000 tasks. Guards have the same problem: mprotect cuts the
 * mapping in two pieces at each of them. Linux 6.13 has guards that are marks
 * in the page table and cut nothing (MADV_GUARD_INSTALL, 1.1 us each). Where
 * there are none we use mprotect, and stop before the pieces are used up,
 * because a process that has none left fails in malloc, far away from here.
 *
 * Why 64 KiB: a task that has begun costs one page of memory, 4 KiB, and its
 * share of a page table, which holds 32 slots of 64 KiB (128 bytes a task) or
 * 128 slots of 16 KiB (32 bytes). A hundred bytes are a fair price for never
 * having to ask whether printf fits. Huge pages are off: the first byte of a
 * task would take 2 MiB of them.
 *
 * Why the slots of a crowd are begun in groups: to enter the system takes about
 * as long as what it does there, set a guard or find a page of memory. Where it
 * takes a list of places (process_madvise, for such advice since Linux 6.13)
 * the guards of a group are one call, the first pages of its stacks another,
 * and 100,000 tasks begin and end in three quarters of the time.
 *
 * Why stacks do not all end at the end of their slots: caches put addresses
 * that are 64 KiB apart into the same few places, so the busy ends of a
 * thousand stacks would throw each other out. Shifted by up to 2 KiB, still in
 * the same page, they halve the time of a switch among 1,000 tasks.
 */
#include "sched/coroutine/stack.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#ifdef HAVE_LINUX
#include <sys/syscall.h>
#include <sys/uio.h>
#endif
#include <unistd.h>
#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#endif

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102 /* not in the headers of older systems */
#endif
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* nor are these, the same on all machines */
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif
#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0 /* systems without it reserve nothing */
#endif
#ifdef __FreeBSD__
#undef MAP_STACK /* there it grows by itself, through our guards */
#endif
#ifndef MAP_STACK
#define MAP_STACK 0
#endif

enum {
    MAPS_DEFAULT = 65530, /* of Linux, where it does not tell */
    MAPS_PERCENT = 45,    /* how many of them guards may use */
    MAPS_PER_GUARD = 2,   /* mprotect: the guard, and what is above it */
    COLOURS = 32,         /* different ends of stacks … */
    COLOUR_BYTES = 64,    /* … a cache line apart */
    GROUP = 32,           /* slots begun together, at most */
};

struct stack_pool {
    char *base;
    size_t slots, slot_bytes, guard_bytes;
    size_t begun;   /* slots from here on have never been taken … */
    size_t guarded; /* … and those from here on have no guard yet */
    size_t guards;  /* how many may have one */
    bool light_guards;
    int self;        /* descriptor of this process, for advise; -1: none */
    uint32_t *owner; /* by slot */
    uint32_t *spare; /* slots that came back, the last one on top */
    size_t spares;
};

/* Systems without the file have the limit Linux has by default, or none. */
static size_t maps_allowed(void)
{
    FILE *file = fopen("/proc/sys/vm/max_map_count", "re");
    unsigned long maps = MAPS_DEFAULT;

    if (file) {
        if (fscanf(file, "%lu", &maps) != 1)
            maps = MAPS_DEFAULT;
        fclose(file);
    }
    return maps;
}

/* Half of the mappings are left for everybody else in this process. */
static size_t most_guards(void)
{
    return maps_allowed() / 100 * MAPS_PERCENT / MAPS_PER_GUARD;
}

/*
 * Try the light kind on the first slot, which needs one anyway. Emulators say
 * yes to any advice and do nothing, so ask the kernel to read a file name
 * there: in a guard it cannot. Valgrind does not know of these guards and
 * would fall over one itself.
 */
static bool has_light_guards(const struct stack_pool *pool)
{
#ifdef HAVE_VALGRIND_VALGRIND_H
    if (RUNNING_ON_VALGRIND)
        return false;
#endif
    return madvise(pool->base, pool->guard_bytes, MADV_GUARD_INSTALL) == 0 &&
           access(pool->base, F_OK) < 0 && errno == EFAULT;
}

/* Only heavy guards are scarce. */
static void choose_guards(struct stack_pool *pool)
{
    pool->light_guards = has_light_guards(pool);
    pool->guards = pool->slots;
    if (!pool->light_guards) {
        size_t most = most_guards();

        if (pool->guards > most)
            pool->guards = most;
    }
}

/* Without reserving memory for it: a million slots are 64 GiB of addresses, and
 * few of their pages will ever be touched. */
static int reserve(struct stack_pool *pool, struct diag *diag)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
    void *base;
    int error;

    if (pool->slots > SIZE_MAX / pool->slot_bytes)
        base = MAP_FAILED, errno = ENOMEM;
    else
        base = mmap(NULL, pool->slots * pool->slot_bytes,
                    PROT_READ | PROT_WRITE, flags, -1, 0);
    if (base == MAP_FAILED) {
        error = errno;
        diag_set(diag, NULL, 0, 0,
                 _("no room for the stacks of %zu tasks; try fewer, or the "
                   "model (--model)"),
                 pool->slots);
        return -error;
    }
    pool->base = base;
#ifdef MADV_NOHUGEPAGE
    madvise(base, pool->slots * pool->slot_bytes, MADV_NOHUGEPAGE);
#endif
    return 0;
}

/* For advise. Returns -1 where there is no such thing. */
static int open_self(void)
{
#ifdef HAVE_LINUX
    return (int)syscall(SYS_pidfd_open, getpid(), 0);
#else
    return -1;
#endif
}

int stack_pool_new(struct stack_pool **result, size_t slots, size_t slot_bytes,
                   struct diag *diag)
{
    struct stack_pool *pool = xcalloc(1, sizeof *pool);
    int error;

    assert(slots > 0 && (slot_bytes & (slot_bytes - 1)) == 0);
    pool->slots = slots;
    pool->slot_bytes = slot_bytes;
    pool->guard_bytes = (size_t)sysconf(_SC_PAGESIZE);
    assert(slot_bytes >= 2 * pool->guard_bytes);
    error = reserve(pool, diag);
    if (error) {
        free(pool);
        return error;
    }
    choose_guards(pool);
    pool->self = -1;
    if (pool->light_guards && slots > GROUP)
        pool->self = open_self();
    pool->owner = xcalloc(slots, sizeof *pool->owner);
    pool->spare = xcalloc(slots, sizeof *pool->spare);
    *result = pool;
    return 0;
}

/* Asked of a real slot, since emulators answer for what they do not do. */
bool stack_guards(size_t *most)
{
    struct stack_pool *pool = NULL;
    struct diag unused;
    bool light = stack_pool_new(&pool, 1, STACK_SLOT_BYTES, &unused) == 0 &&
                 pool->light_guards;

    *most = light ? 0 : most_guards();
    stack_pool_free(pool);
    return light;
}

/* No groups from now on. */
void stack_pool_detach(struct stack_pool *pool)
{
    if (pool->self >= 0)
        close(pool->self);
    pool->self = -1;
}

void stack_pool_free(struct stack_pool *pool)
{
    if (!pool)
        return;
    munmap(pool->base, pool->slots * pool->slot_bytes);
    stack_pool_detach(pool);
    free(pool->owner);
    free(pool->spare);
    free(pool);
}

/* Advise the system on the page at this offset of each of the next slots, all
 * in one call. Returns false if it did not take all of it. */
static bool advise(const struct stack_pool *pool, size_t count, size_t offset,
                   int advice)
{
#ifdef HAVE_LINUX
    struct iovec page[GROUP];
    size_t bytes = pool->guard_bytes;

    for (size_t i = 0; i < count; i++) {
        size_t slot = pool->guarded + i;

        page[i].iov_base = pool->base + slot * pool->slot_bytes + offset;
        page[i].iov_len = bytes;
    }
    return syscall(SYS_process_madvise, pool->self, page, count, advice, 0) ==
           (long)(count * bytes);
#else
    (void)pool;
    (void)count;
    (void)offset;
    (void)advice;
    return false;
#endif
}

/* As many as there are already, so that a few tasks do not find memory for
 * many. Pages that could not be found now are found when they are written. */
static bool guard_group(struct stack_pool *pool)
{
    size_t count = pool->begun < GROUP ? pool->begun : GROUP;

    if (count > pool->guards - pool->guarded)
        count = pool->guards - pool->guarded;
    if (count < 2 || pool->self < 0)
        return false;
    if (!advise(pool, count, 0, MADV_GUARD_INSTALL)) {
        stack_pool_detach(pool);
        return false;
    }
    advise(pool, count, pool->slot_bytes - pool->guard_bytes,
           MADV_POPULATE_WRITE);
    pool->guarded += count;
    return true;
}

/* Put a guard before the next slot, and only there. */
static int guard_one(struct stack_pool *pool)
{
    char *low = pool->base + pool->guarded * pool->slot_bytes;
    int failed = pool->light_guards
                     ? madvise(low, pool->guard_bytes, MADV_GUARD_INSTALL)
                     : mprotect(low, pool->guard_bytes, PROT_NONE);

    if (failed)
        return -errno;
    pool->guarded++;
    return 0;
}

/* Begin the next new slot. */
static int begin_slot(struct stack_pool *pool, struct diag *diag)
{
    int error = 0;

    if (pool->begun == pool->guards)
        error = -ENOMEM;
    else if (pool->begun == pool->guarded && !guard_group(pool))
        error = guard_one(pool);
    if (error)
        diag_set(diag, NULL, 0, 0,
                 _("this system grants guarded stacks to %zu tasks at a time; "
                   "try fewer, or the model (--model)"),
                 pool->begun);
    else
        pool->begun++;
    return error;
}

/* A slot that came back still has its guard, and its pages: take it first. */
int stack_take(struct stack_pool *pool, uint32_t owner, struct stack *stack,
               struct diag *diag)
{
    size_t slot = pool->begun;

    if (pool->spares > 0) {
        slot = pool->spare[--pool->spares];
    } else {
        int error = begin_slot(pool, diag);

        if (error)
            return error;
    }
    pool->owner[slot] = owner;
    stack->low = pool->base + slot * pool->slot_bytes + pool->guard_bytes;
    stack->size = pool->slot_bytes - pool->guard_bytes -
                  slot % COLOURS * COLOUR_BYTES;
    return 0;
}

/* Outside of the mapping this is a number no slot has. */
static size_t slot_of(const struct stack_pool *pool, const void *address)
{
    uintptr_t offset = (uintptr_t)address - (uintptr_t)pool->base;

    return offset / pool->slot_bytes;
}

void stack_give(struct stack_pool *pool, const struct stack *stack)
{
    size_t slot = slot_of(pool, stack->low);

    assert(slot < pool->begun && pool->spares < pool->begun);
    pool->spare[pool->spares++] = (uint32_t)slot;
}

/* An address that is in no slot must be refused, too: any fault of the process
 * is asked about. */
bool stack_owner(const struct stack_pool *pool, const void *address,
                 uint32_t *owner)
{
    size_t slot = slot_of(pool, address);
    uintptr_t low = (uintptr_t)pool->base + slot * pool->slot_bytes;

    if (slot >= pool->begun || (uintptr_t)address - low >= pool->guard_bytes)
        return false;
    *owner = pool->owner[slot];
    return true;
}
