/*
 * barrier.c -- a turnstile that is opened when all are there; each who goes
 * through opens it for the next (3.6). Broken: who waits keeps the mutex.
 * finds: nothing
 * finds with BROKEN: deadlock
 */
#include "puzzle.h"

static sem_t mutex, turnstile;
static int here;

static void *comes(void *unused)
{
    sem_wait(&mutex);
    if (++here == 3)
        sem_post(&turnstile);
#ifndef BROKEN
    sem_post(&mutex);
#endif
    sem_wait(&turnstile);
    sem_post(&turnstile);
    assert(here == 3);
#ifdef BROKEN
    sem_post(&mutex);
#endif
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&turnstile, 0, 0);
    return PUZZLE(comes, comes, comes);
}
