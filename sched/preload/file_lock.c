/*
 * file_lock.c -- flockfile: a FILE that somebody keeps for several calls.
 *
 * The C library's own lock is taken, which its functions look at; only the
 * waiting is ours.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>

#include "sched/preload/fiber.h"
#include "sched/preload/line.h"
#include "sched/preload/turn.h"

void flockfile(FILE *file)
{
    while (ftrylockfile(file) != 0)
        turn_park(&(struct turn_wait){ WAIT_FILE_LOCK, file, NULL, false });
}

void funlockfile(FILE *file)
{
    void (*real)(FILE * file);

    *(void **)&real = dlsym(RTLD_NEXT, "funlockfile");
    real(file);
    line_wake(file, 1);
}
