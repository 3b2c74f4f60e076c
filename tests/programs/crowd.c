/*
 * crowd.c -- ten thousand threads at once.
 * status: 0
 * out: 10000 at once, sum 49995000
 */
#include <pthread.h>
#include <stdio.h>

enum {
    CROWD = 10000
};

static pthread_barrier_t all_here;
static pthread_t thread[CROWD];
static long sum;

static void *one(void *number)
{
    pthread_barrier_wait(&all_here);
    sum += (long)number;
    return NULL;
}

int main(void)
{
    pthread_barrier_init(&all_here, NULL, CROWD + 1);
    for (long i = 0; i < CROWD; i++)
        if (pthread_create(&thread[i], NULL, one, (void *)i) != 0) {
            printf("only %ld\n", i);
            return 1;
        }
    pthread_barrier_wait(&all_here);
    for (int i = 0; i < CROWD; i++)
        pthread_join(thread[i], NULL);
    printf("%d at once, sum %ld\n", CROWD, sum);
    return 0;
}
