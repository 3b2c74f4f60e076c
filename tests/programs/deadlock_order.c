/*
 * deadlock_order.c -- two locks, taken in opposite orders.
 * status: 4
 * out: both have one
 * err: deadlock: no thread can go on$
 * err: main waits for the end of one_way$
 * err: one_way waits for mutex lock\[1\], held by other_way$
 * err: other_way waits for mutex lock\[0\], held by one_way$
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static pthread_mutex_t lock[2] = { PTHREAD_MUTEX_INITIALIZER,
                                   PTHREAD_MUTEX_INITIALIZER };

static void *one_way(void *unused)
{
    pthread_mutex_lock(&lock[0]);
    sched_yield();
    pthread_mutex_lock(&lock[1]);
    return unused;
}

static void *other_way(void *unused)
{
    pthread_mutex_lock(&lock[1]);
    puts("both have one");
    pthread_mutex_lock(&lock[0]);
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    pthread_create(&thread[0], NULL, one_way, NULL);
    pthread_create(&thread[1], NULL, other_way, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
