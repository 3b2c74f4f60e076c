/*
 * race_check.c -- check, then act: both have seen the last seat.
 * status: 0
 * out: seats left -1
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static int seats = 1;

static void *buyer(void *unused)
{
    if (seats > 0) {
        sched_yield();
        seats--;
    }
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, buyer, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    printf("seats left %d\n", seats);
    return 0;
}
