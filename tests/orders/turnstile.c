/*
 * turnstile.c -- a barrier of semaphores, used twice (The Little Book of
 * Semaphores, 3.7).
 * finds: nothing
 * finds with ONE_TURNSTILE: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>

enum {
    CROWD = 2,
    ROUNDS = 2
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static sem_t in, out;
static int here, round_of[CROWD];

static void *walks(void *argument)
{
    int *mine = argument, other = mine == &round_of[0];

    for (int i = 0; i < ROUNDS; i++) {
        *mine = i;
        pthread_mutex_lock(&mutex);
        if (++here == CROWD)
            for (int k = 0; k < CROWD; k++)
                sem_post(&in);
        pthread_mutex_unlock(&mutex);
        sem_wait(&in);
        assert(round_of[other] >= i);
        pthread_mutex_lock(&mutex);
        if (--here == 0)
            for (int k = 0; k < CROWD; k++)
                sem_post(&out);
        pthread_mutex_unlock(&mutex);
#ifndef ONE_TURNSTILE
        sem_wait(&out);
#endif
    }
    return NULL;
}

int main(void)
{
    pthread_t thread[CROWD];

    sem_init(&in, 0, 0);
    sem_init(&out, 0, 0);
    for (int i = 0; i < CROWD; i++)
        pthread_create(&thread[i], NULL, walks, &round_of[i]);
    for (int i = 0; i < CROWD; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
