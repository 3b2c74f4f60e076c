/*
 * bathroom.c -- one for all, but not for both at once: the first of a kind takes
 * it, the last gives it back (6.2). Broken: they do not count one by one.
 * finds: nothing
 * finds with BROKEN: assertion
 */
#include "puzzle.h"

static sem_t empty, mutex[2];
static int counted[2], inside[2];

static void uses(int mine, int other)
{
#ifndef BROKEN
    sem_wait(&mutex[mine]);
#endif
    if (++counted[mine] == 1)
        sem_wait(&empty);
#ifndef BROKEN
    sem_post(&mutex[mine]);
#endif
    inside[mine]++;
    sched_yield();
    assert(!inside[other]);
    inside[mine]--;
    sem_wait(&mutex[mine]);
    if (--counted[mine] == 0)
        sem_post(&empty);
    sem_post(&mutex[mine]);
}

static void *she(void *unused)
{
    uses(0, 1);
    return unused;
}

static void *he(void *unused)
{
    uses(1, 0);
    return unused;
}

int main(void)
{
    sem_init(&empty, 0, 1);
    sem_init(&mutex[0], 0, 1);
    sem_init(&mutex[1], 0, 1);
    return PUZZLE(she, he, she, he);
}
