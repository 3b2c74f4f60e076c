/*
 * shared_memory.c -- a file that exists nowhere else (memfd). A process that has
 * it may write into it whatever it likes, but may not cut it: reading what
 * is no longer there would end us (SIGBUS).
 */
#include "sched/base/shared_memory.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

static bool fix_size(int fd, size_t bytes)
{
    return ftruncate(fd, (off_t)bytes) == 0 &&
           fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) ==
               0;
}

void *shared_memory_new(size_t bytes, int *fd)
{
    void *memory = MAP_FAILED;

    *fd = memfd_create("concviz", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (*fd < 0)
        return NULL;
    if (fix_size(*fd, bytes))
        memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_NORESERVE, *fd, 0);
    if (memory != MAP_FAILED)
        return memory;
    close(*fd);
    *fd = -1;
    return NULL;
}
