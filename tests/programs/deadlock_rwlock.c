/*
 * deadlock_rwlock.c -- two readers who both want to write.
 * status: 4
 * err: upgrader waits to write under rwlock lock$
 * err: upgrader 2 waits to write under rwlock lock$
 */
#include <pthread.h>
#include <sched.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *upgrader(void *unused)
{
    pthread_rwlock_rdlock(&lock);
    sched_yield();
    pthread_rwlock_wrlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, upgrader, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
