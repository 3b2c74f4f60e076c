/*
 * rwlock.c -- readers together, a writer alone.
 * status: 0
 * out: two readers 1
 * out: no writer 1
 * out: timed 1
 * out: writer 10
 * out: reads its own write 1
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int value;

static void *reader(void *unused)
{
    (void)unused;
    return (void *)(long)pthread_rwlock_tryrdlock(&lock);
}

static void *writer(void *unused)
{
    for (int i = 0; i < 5; i++) {
        int copy;

        pthread_rwlock_wrlock(&lock);
        copy = value;
        sched_yield();
        value = copy + 1;
        pthread_rwlock_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t thread, other;
    struct timespec time;
    void *result;

    pthread_rwlock_rdlock(&lock);
    pthread_create(&thread, NULL, reader, NULL);
    pthread_join(thread, &result);
    printf("two readers %d\n", result == NULL);
    printf("no writer %d\n", pthread_rwlock_trywrlock(&lock) == EBUSY);
    clock_gettime(CLOCK_REALTIME, &time);
    printf("timed %d\n", pthread_rwlock_timedwrlock(&lock, &time) == ETIMEDOUT);
    pthread_rwlock_unlock(&lock);
    pthread_rwlock_unlock(&lock);
    pthread_create(&thread, NULL, writer, NULL);
    pthread_create(&other, NULL, writer, NULL);
    pthread_join(thread, NULL);
    pthread_join(other, NULL);
    printf("writer %d\n", value);
    pthread_rwlock_wrlock(&lock);
    printf("reads its own write %d\n", pthread_rwlock_rdlock(&lock) == EDEADLK);
    return 0;
}
