/*
 * handover.c -- two threads hand a turn to each other through a mutex and a
 * condition, N times each. Prints the nanoseconds that one hand-over took.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn;
static long rounds;

static void *takes_turns(void *argument)
{
    const int *mine = argument;

    for (long i = 0; i < rounds; i++) {
        pthread_mutex_lock(&lock);
        while (turn != *mine)
            pthread_cond_wait(&changed, &lock);
        turn = 1 - *mine;
        pthread_cond_signal(&changed);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int who[] = { 0, 1 };
    pthread_t thread[2];
    struct timespec from, to;

    rounds = argc > 1 ? atol(argv[1]) : 1;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, takes_turns, &who[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.1f\n", ((double)(to.tv_sec - from.tv_sec) * 1e9 +
                      (double)(to.tv_nsec - from.tv_nsec)) /
                         (2.0 * (double)rounds));
    return 0;
}
