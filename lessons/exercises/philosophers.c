/*
 * Three philosophers with POSIX threads, each of whom takes the left fork first
 * (lesson 24). Nothing in it knows of concviz.
 *
 *     concviz coroutine philosophers.c    always works
 *     concviz threads philosophers.c      works today
 *     concviz explore philosophers.c      finds the order in which it gets stuck
 */
#include <pthread.h>
#include <stdio.h>

enum {
    SEATS = 3,
    MEALS = 100
};

static pthread_mutex_t forks[SEATS] = { PTHREAD_MUTEX_INITIALIZER,
                                        PTHREAD_MUTEX_INITIALIZER,
                                        PTHREAD_MUTEX_INITIALIZER };

/* Computes a little: no call that waits. */
static void reach(void)
{
    for (volatile int i = 0; i < 1000; i++)
        continue;
}

static void *eat(void *argument)
{
    int seat = *(int *)argument;
    pthread_mutex_t *left = &forks[seat];
    pthread_mutex_t *right = &forks[(seat + 1) % SEATS];

    for (int meal = 0; meal < MEALS; meal++) {
        pthread_mutex_lock(left);
        reach();
        pthread_mutex_lock(right);
        reach(); /* chews */
        pthread_mutex_unlock(right);
        pthread_mutex_unlock(left);
    }
    return NULL;
}

int main(void)
{
    static int seat[SEATS] = { 0, 1, 2 };
    pthread_t philosopher[SEATS];

    for (int i = 0; i < SEATS; i++)
        pthread_create(&philosopher[i], NULL, eat, &seat[i]);
    for (int i = 0; i < SEATS; i++)
        pthread_join(philosopher[i], NULL);
    puts("all have eaten");
    return 0;
}
