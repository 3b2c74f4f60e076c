/*
 * lost_wakeup_check.c -- the flag is looked at before the lock is taken.
 * status: 4
 * err: checker waits for condition changed to be signalled$
 */
#include <pthread.h>
#include <sched.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int flag;

static void *checker(void *unused)
{
    if (!flag) {
        sched_yield();
        pthread_mutex_lock(&mutex);
        pthread_cond_wait(&changed, &mutex);
        pthread_mutex_unlock(&mutex);
    }
    return unused;
}

static void *setter(void *unused)
{
    pthread_mutex_lock(&mutex);
    flag = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    pthread_create(&thread[0], NULL, checker, NULL);
    pthread_create(&thread[1], NULL, setter, NULL);
    pthread_join(thread[0], NULL);
    pthread_join(thread[1], NULL);
    return 0;
}
