/*
 * cores_anywhere.c -- systems that are not asked where threads may be (macOS
 * has no such thing, the BSDs have one of their own each): threads are wherever
 * they are put, and have no numbers that anybody needs.
 */
#include <errno.h>

#include "sched/cpu/cores.h"
#include "sched/cpu/cores_internal.h"

bool cores_read_affinity(struct cores *cores)
{
    (void)cores;
    return false;
}

int cores_here(void)
{
    return -1;
}

int cores_thread(void)
{
    return 0;
}

int cores_pin(int cpu)
{
    (void)cpu;
    return -ENOSYS;
}

int cores_pin_thread(int tid, int cpu)
{
    (void)tid;
    return cores_pin(cpu);
}

int cores_unpin(const struct cores *cores)
{
    (void)cores;
    return -ENOSYS;
}

void cores_sharpen_timers(void)
{
}
