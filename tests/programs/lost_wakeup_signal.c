/*
 * lost_wakeup_signal.c -- signalled before anybody waits, and nothing remembers it.
 * status: 4
 * err: sleeper waits for condition ready to be signalled$
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static void *waker(void *unused)
{
    pthread_cond_signal(&ready);
    return unused;
}

static void *sleeper(void *unused)
{
    pthread_mutex_lock(&mutex);
    pthread_cond_wait(&ready, &mutex);
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    pthread_create(&thread[0], NULL, waker, NULL);
    pthread_create(&thread[1], NULL, sleeper, NULL);
    pthread_join(thread[0], NULL);
    pthread_join(thread[1], NULL);
    return 0;
}
