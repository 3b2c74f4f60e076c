/*
 * diary_memory.c -- shared memory much larger than what will be written. Pages that were read are given back, so that a long run
 * takes no more memory than its trace.
 */
#include "sched/exchange/diary_memory.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sched/base/shared_memory.h"
#include "sched/trace/diary.h"

enum {
    HIGH = 1000, /* the descriptor's number, where it may be so high */
    BELOW = 16,  /* else so far below the limit */
    PIECE_BYTES = 1 << 20, /* given back at once */
};

/* Out of the program's way. */
static int lift(int fd)
{
    struct rlimit limit;
    int high = HIGH, lifted;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur <= HIGH)
        high = limit.rlim_cur > 2 * BELOW ? (int)limit.rlim_cur - BELOW : 3;
    lifted = fcntl(fd, F_DUPFD_CLOEXEC, high);
    close(fd);
    return lifted;
}

uint8_t *diary_memory_new(int *fd)
{
    void *memory = shared_memory_new(DIARY_BYTES, fd);

    if (!memory)
        return NULL;
    *fd = lift(*fd);
    if (*fd < 0) {
        munmap(memory, DIARY_BYTES);
        return NULL;
    }
    madvise(memory, DIARY_BYTES, MADV_DONTDUMP);
    return memory;
}

void diary_memory_free(uint8_t *memory, int fd)
{
    if (memory)
        munmap(memory, DIARY_BYTES);
    if (fd >= 0)
        close(fd);
}

uint64_t diary_memory_give_back(int fd, uint64_t given, uint64_t done)
{
    uint64_t to = done - done % PIECE_BYTES;

    if (to <= given || fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                                 (off_t)given, (off_t)(to - given)) != 0)
        return given;
    return to;
}
