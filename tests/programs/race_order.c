/*
 * race_order.c -- nobody waits for who prepares: the first in line comes too early.
 * status: 0
 * out: found 0
 */
#include <pthread.h>
#include <stdio.h>

static int prepared;

static void *user(void *unused)
{
    printf("found %d\n", prepared);
    return unused;
}

static void *preparer(void *unused)
{
    prepared = 1;
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    pthread_create(&thread[0], NULL, user, NULL);
    pthread_create(&thread[1], NULL, preparer, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
