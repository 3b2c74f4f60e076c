/*
 * watch_memory.h -- the memory into which other people's threads write
 * (sched/recorder/record.h), from the side of whoever reads.
 *
 * Nothing in it is believed. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_WATCH_WATCH_MEMORY_H
#define CONCVIZ_SCHED_WATCH_WATCH_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/recorder/record.h"

struct watch_memory;

/* Get memory; NULL with errno set if the system has none for us. */
struct watch_memory *watch_memory_new(void);
void watch_memory_free(struct watch_memory *memory); /* NULL is fine */

/* Under which path processes of ours find it, while it exists. */
enum {
    WATCH_MEMORY_PATH = 64
};
void watch_memory_path(const struct watch_memory *memory,
                       char path[WATCH_MEMORY_PATH]);

/* Tell take of all records that were not there last time, those of a thread in
 * their order. */
void watch_memory_read(struct watch_memory *memory,
                       void (*take)(void *context, int pid, int tid,
                                    const struct record *record),
                       void *context);

/* Has anybody written anything? How much had no room? */
bool watch_memory_is_used(const struct watch_memory *memory);
uint64_t watch_memory_lost(const struct watch_memory *memory);

#endif
