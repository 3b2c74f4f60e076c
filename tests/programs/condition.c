/*
 * condition.c -- a buffer of two places between a producer and two consumers. Not
 * right in every order: main may wait for the one who was given no end.
 * status: 0
 * out: sum 5050
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static int place[2], used;

static void put(int item)
{
    pthread_mutex_lock(&mutex);
    while (used == 2)
        pthread_cond_wait(&not_full, &mutex);
    place[used++] = item;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&mutex);
}

static int take(void)
{
    int item;

    pthread_mutex_lock(&mutex);
    while (used == 0)
        pthread_cond_wait(&not_empty, &mutex);
    item = place[--used];
    pthread_cond_signal(&not_full);
    pthread_mutex_unlock(&mutex);
    return item;
}

static void *consumer(void *unused)
{
    intptr_t sum = 0;

    (void)unused;
    for (int item; (item = take()) != 0;)
        sum += item;
    return (void *)sum;
}

int main(void)
{
    pthread_t thread[2];
    void *sum[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, consumer, NULL);
    for (int i = 1; i <= 100; i++)
        put(i);
    put(0);
    pthread_join(thread[0], &sum[0]) == 0 ? put(0) : put(0);
    pthread_join(thread[1], &sum[1]);
    printf("sum %d\n", (int)((intptr_t)sum[0] + (intptr_t)sum[1]));
    return 0;
}
