/*
 * places.c -- producers and consumers at a buffer of one place (4.1).
 * Broken: who waits for room keeps the mutex.
 * finds: nothing
 * finds with BROKEN: deadlock
 */
#include "puzzle.h"

static sem_t mutex, items, spaces;
static int used;

static void *produces(void *unused)
{
    for (int i = 0; i < 2; i++) {
#ifdef BROKEN
        sem_wait(&mutex);
        sem_wait(&spaces);
#else
        sem_wait(&spaces);
        sem_wait(&mutex);
#endif
        assert(used++ == 0);
        sem_post(&mutex);
        sem_post(&items);
    }
    return unused;
}

static void *consumes(void *unused)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&items);
        sem_wait(&mutex);
        assert(--used == 0);
        sem_post(&mutex);
        sem_post(&spaces);
    }
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&items, 0, 0);
    sem_init(&spaces, 0, 1);
    return PUZZLE(produces, consumes);
}
