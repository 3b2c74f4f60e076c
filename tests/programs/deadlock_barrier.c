/*
 * deadlock_barrier.c -- a barrier for three, and two come.
 * status: 4
 * err: comes waits at barrier barrier$
 * err: comes 2 waits at barrier barrier$
 */
#include <pthread.h>

static pthread_barrier_t barrier;

static void *comes(void *unused)
{
    pthread_barrier_wait(&barrier);
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    pthread_barrier_init(&barrier, NULL, 3);
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, comes, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
