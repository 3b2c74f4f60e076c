/*
 * deadlock_philosophers.c -- five philosophers, each with the fork on the left.
 * status: 4
 * err: philosopher waits for mutex fork_\[1\], held by philosopher 2$
 * err: philosopher 5 waits for mutex fork_\[0\], held by philosopher$
 */
#include <pthread.h>
#include <sched.h>

enum {
    SEATS = 5
};

static pthread_mutex_t fork_[SEATS];

static void *philosopher(void *seat)
{
    long at = (long)seat;

    pthread_mutex_lock(&fork_[at]);
    sched_yield();
    pthread_mutex_lock(&fork_[(at + 1) % SEATS]);
    pthread_mutex_unlock(&fork_[(at + 1) % SEATS]);
    pthread_mutex_unlock(&fork_[at]);
    return NULL;
}

int main(void)
{
    pthread_t thread[SEATS];

    for (long i = 0; i < SEATS; i++)
        pthread_create(&thread[i], NULL, philosopher, (void *)i);
    for (int i = 0; i < SEATS; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
