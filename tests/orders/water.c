/*
 * water.c -- two hydrogen and one oxygen make a molecule, before the next one
 * begins (5.6). Broken: the oxygen does not wait until the three are one.
 * finds: nothing
 * finds with BROKEN: assertion
 */
#include "puzzle.h"

static sem_t mutex, oxygen_waits, hydrogen_waits, bound;
static int oxygen, hydrogen, bonding[2];

/* The one who comes last keeps the mutex, and the oxygen gives it back. */
static void comes(int *mine, sem_t *queue)
{
    sem_wait(&mutex);
    ++*mine;
    if (oxygen >= 1 && hydrogen >= 2) {
        oxygen--;
        hydrogen -= 2;
        sem_post(&oxygen_waits);
        post_all(&hydrogen_waits, 2);
    } else {
        sem_post(&mutex);
    }
    sem_wait(queue);
}

static void *is_oxygen(void *unused)
{
    comes(&oxygen, &oxygen_waits);
    alone(&bonding[0], 1);
#ifndef BROKEN
    sem_wait(&bound);
    sem_wait(&bound);
#endif
    sem_post(&mutex);
    return unused;
}

static void *is_hydrogen(void *unused)
{
    comes(&hydrogen, &hydrogen_waits);
    alone(&bonding[1], 2);
    sem_post(&bound);
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&oxygen_waits, 0, 0);
    sem_init(&hydrogen_waits, 0, 0);
    sem_init(&bound, 0, 0);
    return PUZZLE(is_oxygen, is_oxygen, is_hydrogen, is_hydrogen, is_hydrogen,
                  is_hydrogen);
}
