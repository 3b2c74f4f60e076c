/*
 * watch_memory.c -- blocks that are still written are looked at again and again,
 * full ones once; then their pages go back to the system.
 */
#include "sched/watch/watch_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sched/base/shared_memory.h"
#include "sched/base/xalloc.h"

/* A block that is not full yet. */
struct open_block {
    uint32_t number;
    uint32_t taken; /* records */
};

struct watch_memory {
    int fd;
    struct record_head *head;
    struct record_block *block;
    uint32_t seen; /* blocks that were taken when we looked last */
    struct open_block *open;
    size_t count, room;
};

struct watch_memory *watch_memory_new(void)
{
    struct watch_memory *memory;
    int fd;
    void *mapped = shared_memory_new(RECORD_MEMORY_BYTES, &fd);

    if (!mapped)
        return NULL;
    memory = xcalloc(1, sizeof *memory);
    memory->fd = fd;
    memory->head = mapped;
    memory->block = (struct record_block *)((char *)mapped +
                                            RECORD_BLOCK_BYTES);
    memory->head->blocks = RECORD_MEMORY_BYTES / RECORD_BLOCK_BYTES - 1;
    memory->head->magic = RECORD_MAGIC;
    return memory;
}

void watch_memory_free(struct watch_memory *memory)
{
    if (!memory)
        return;
    munmap(memory->head, RECORD_MEMORY_BYTES);
    close(memory->fd);
    free(memory->open);
    free(memory);
}

void watch_memory_path(const struct watch_memory *memory,
                       char path[WATCH_MEMORY_PATH])
{
    snprintf(path, WATCH_MEMORY_PATH, "/proc/%d/fd/%d", (int)getpid(),
             memory->fd);
}

static uint32_t blocks_taken(const struct watch_memory *memory)
{
    const uint32_t room = RECORD_MEMORY_BYTES / RECORD_BLOCK_BYTES - 1;
    uint32_t next = atomic_load(&memory->head->next);

    return next < room ? next : room;
}

static void open_new(struct watch_memory *memory)
{
    for (uint32_t taken = blocks_taken(memory); memory->seen < taken;) {
        memory->open = xgrow(memory->open, memory->count, &memory->room,
                             sizeof *memory->open);
        memory->open[memory->count++] = (struct open_block){ memory->seen++,
                                                             0 };
    }
}

/* Read one block as far as it goes; true once it is full and read. */
static bool read_block(struct watch_memory *memory, struct open_block *open,
                       void (*take)(void *context, int pid, int tid,
                                    const struct record *record),
                       void *context)
{
    struct record_block *block = &memory->block[open->number];
    uint32_t used = atomic_load_explicit(&block->used, memory_order_acquire);

    if (used > RECORD_BLOCK_RECORDS)
        used = RECORD_BLOCK_RECORDS;
    while (open->taken < used)
        take(context, (int)block->pid, (int)block->tid,
             &block->record[open->taken++]);
    if (open->taken < RECORD_BLOCK_RECORDS)
        return false;
    madvise(block, sizeof *block, MADV_REMOVE);
    return true;
}

void watch_memory_read(struct watch_memory *memory,
                       void (*take)(void *context, int pid, int tid,
                                    const struct record *record),
                       void *context)
{
    size_t kept = 0;

    open_new(memory);
    for (size_t i = 0; i < memory->count; i++)
        if (!read_block(memory, &memory->open[i], take, context))
            memory->open[kept++] = memory->open[i];
    memory->count = kept;
}

bool watch_memory_is_used(const struct watch_memory *memory)
{
    return atomic_load(&memory->head->next) > 0;
}

uint64_t watch_memory_lost(const struct watch_memory *memory)
{
    return atomic_load(&memory->head->lost);
}
