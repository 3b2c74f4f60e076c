/*
 * streams.c -- a stream that is kept for two calls is kept from the others.
 * status: 0
 * out: one two
 * out: one two
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static void *speaker(void *unused)
{
    flockfile(stdout);
    fputs("one ", stdout);
    sched_yield();
    fputs("two\n", stdout);
    funlockfile(stdout);
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, speaker, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
