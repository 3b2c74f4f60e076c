/*
 * philosophers.c -- four philosophers; a footman lets three sit down
 * (Downey, The Little Book of Semaphores, 4.4).
 * finds: nothing
 * finds with NO_FOOTMAN: deadlock
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>

enum {
    SEATS = 4
};

static sem_t fork_[SEATS], footman;

static void *philosopher(void *seat)
{
    int i = (int)(intptr_t)seat;

#ifndef NO_FOOTMAN
    sem_wait(&footman);
#endif
    sem_wait(&fork_[i]);
    sem_wait(&fork_[(i + 1) % SEATS]);
    sem_post(&fork_[i]);
    sem_post(&fork_[(i + 1) % SEATS]);
#ifndef NO_FOOTMAN
    sem_post(&footman);
#endif
    return NULL;
}

int main(void)
{
    pthread_t thread[SEATS];

    sem_init(&footman, 0, SEATS - 1);
    for (int i = 0; i < SEATS; i++)
        sem_init(&fork_[i], 0, 1);
    for (int i = 0; i < SEATS; i++)
        pthread_create(&thread[i], NULL, philosopher, (void *)(intptr_t)i);
    for (int i = 0; i < SEATS; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
