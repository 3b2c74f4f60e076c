/*
 * sleepers.c -- who sleeps shorter is back earlier; all sleep at once.
 * status: 0
 * out: 1 2 3 4 5
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *sleeper(void *number)
{
    long n = (long)number;

    usleep((useconds_t)(n * 5000));
    printf(n < 5 ? "%ld " : "%ld\n", n);
    return NULL;
}

int main(void)
{
    pthread_t thread[5];

    for (long i = 0; i < 5; i++)
        pthread_create(&thread[i], NULL, sleeper, (void *)(5 - i));
    for (int i = 0; i < 5; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
