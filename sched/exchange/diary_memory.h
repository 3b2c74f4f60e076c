/*
 * diary_memory.h -- the memory that a diary (sched/trace/diary.h) is written into
 * by another process.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_DIARY_MEMORY_H
#define CONCVIZ_SCHED_EXCHANGE_DIARY_MEMORY_H

#include <stdint.h>

/* Make it, all zeros: DIARY_BYTES, and its descriptor, which exec closes.
 * Returns NULL with errno set. Free both; memory may be NULL. */
uint8_t *diary_memory_new(int *fd);
void diary_memory_free(uint8_t *memory, int fd);

/* What was read before `done` is not needed any more, and was given back before
 * `given`: returns the new one. */
uint64_t diary_memory_give_back(int fd, uint64_t given, uint64_t done);

#endif
