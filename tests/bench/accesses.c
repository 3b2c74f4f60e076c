/*
 * accesses.c -- two threads count, each in variables of its own: N times in one,
 * and N times in a thousand. Prints the nanoseconds of processor time that an
 * access took, the program's own work with it.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    CELLS = 1000,
    ACCESSES = 2 /* of an increment */
};

static int one[2][CELLS], many[2][CELLS];
static long times;

static void *counts(void *argument)
{
    int mine = *(int *)argument;
    long rounds = times / CELLS;

    for (long i = 0; i < rounds; i++)
        for (int j = 0; j < CELLS; j++)
            one[mine][0]++;
    for (long i = 0; i < rounds; i++)
        for (int j = 0; j < CELLS; j++)
            many[mine][j]++;
    return NULL;
}

int main(int argc, char **argv)
{
    int who[] = { 0, 1 };
    pthread_t thread[2];
    struct timespec taken;

    times = argc > 1 ? atol(argv[1]) : 1;
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, counts, &who[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &taken);
    printf("%.2f\n", ((double)taken.tv_sec * 1e9 + (double)taken.tv_nsec) /
                         (2.0 * 2.0 * ACCESSES * (double)times));
    return 0;
}
