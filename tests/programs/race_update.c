/*
 * race_update.c -- read, step aside, write: half of the updates are lost.
 * status: 0
 * out: 3 of 6
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static int count;

static void *adder(void *unused)
{
    for (int i = 0; i < 3; i++) {
        int copy = count;

        sched_yield();
        count = copy + 1;
    }
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, adder, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    printf("%d of 6\n", count);
    return 0;
}
