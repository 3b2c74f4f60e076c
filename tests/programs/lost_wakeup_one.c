/*
 * lost_wakeup_one.c -- two wait for the end of the work, and one signal is sent.
 * status: 4
 * err: main waits for the end of worker 2$
 * err: worker 2 waits for condition done to be signalled$
 */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t done = PTHREAD_COND_INITIALIZER;
static int over;

static void *worker(void *unused)
{
    pthread_mutex_lock(&mutex);
    while (!over)
        pthread_cond_wait(&done, &mutex);
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, worker, NULL);
    usleep(2000);
    pthread_mutex_lock(&mutex);
    over = 1;
    pthread_cond_signal(&done);
    pthread_mutex_unlock(&mutex);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
