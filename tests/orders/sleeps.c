/*
 * sleeps.c -- sleeping takes no time here, and keeps its order; clocks and
 * chance are the same in each run.
 * finds: nothing
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static int order;

static void *sleeper(void *seconds)
{
    sleep((unsigned)(intptr_t)seconds);
    order = order * 10 + (int)(intptr_t)seconds;
    return NULL;
}

int main(void)
{
    pthread_t thread[3];
    unsigned chance = 0;
    time_t before = time(NULL);

    getrandom(&chance, sizeof chance, 0);
    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, sleeper,
                       (void *)(intptr_t)(900 - 300 * i));
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    printf("%d %u %d\n", order, chance, time(NULL) - before >= 900);
    return 0;
}
