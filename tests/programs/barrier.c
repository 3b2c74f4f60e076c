/*
 * barrier.c -- nobody begins a round before all have ended the last; one is told.
 * status: 0
 * out: ahead 0 serial 5
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

enum {
    THREADS = 3,
    ROUNDS = 5
};

static pthread_barrier_t barrier;
static int done[ROUNDS], ahead, serial;

static void *walker(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        if (i > 0 && done[i - 1] != THREADS)
            ahead++;
        sched_yield();
        done[i]++;
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
            serial++;
    }
    return unused;
}

int main(void)
{
    pthread_t thread[THREADS];

    pthread_barrier_init(&barrier, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, walker, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    printf("ahead %d serial %d\n", ahead, serial);
    return pthread_barrier_destroy(&barrier);
}
