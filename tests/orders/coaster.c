/*
 * coaster.c -- a car for two goes when it is full, and is boarded when it is
 * empty (5.8). Broken: nobody waits until all are ashore.
 * finds: nothing
 * finds with BROKEN: assertion
 */
#include "puzzle.h"

static sem_t mutex, board, all_aboard, leave, all_ashore;
static int boarded, left, seated;

static void *drives(void *unused)
{
    for (int i = 0; i < 2; i++) {
        post_all(&board, 2);
        sem_wait(&all_aboard);
        assert(seated == 2);
        post_all(&leave, 2);
#ifndef BROKEN
        sem_wait(&all_ashore);
#endif
    }
    return unused;
}

static void *rides(void *unused)
{
    sem_wait(&board);
    sem_wait(&mutex);
    assert(++seated <= 2);
    if (++boarded % 2 == 0)
        sem_post(&all_aboard);
    sem_post(&mutex);
    sem_wait(&leave);
    sem_wait(&mutex);
    seated--;
    if (++left % 2 == 0)
        sem_post(&all_ashore);
    sem_post(&mutex);
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&board, 0, 0);
    sem_init(&all_aboard, 0, 0);
    sem_init(&leave, 0, 0);
    sem_init(&all_ashore, 0, 0);
    return PUZZLE(drives, rides, rides, rides, rides);
}
