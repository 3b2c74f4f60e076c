/*
 * savages.c -- who finds the pot empty wakes the cook, and waits (5.1).
 * Broken: meanwhile others may look into it.
 * finds: nothing
 * finds with BROKEN: assertion deadlock
 */
#include "puzzle.h"

static sem_t mutex, empty, full;
static int servings;

static void *eats(void *unused)
{
    sem_wait(&mutex);
    if (servings == 0) {
        sem_post(&empty);
#ifdef BROKEN
        sem_post(&mutex);
        sem_wait(&full);
        sem_wait(&mutex);
#else
        sem_wait(&full);
#endif
    }
    assert(--servings >= 0);
    sem_post(&mutex);
    return unused;
}

static void *cooks(void *unused)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&empty);
        assert(servings == 0);
        servings = 2;
        sem_post(&full);
    }
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&empty, 0, 0);
    sem_init(&full, 0, 0);
    return PUZZLE(eats, eats, eats, eats, cooks);
}
