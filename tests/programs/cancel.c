/*
 * cancel.c -- cancelled where it waits, not where it must not; clean-up handlers
 * run with the mutex held, destructors after them.
 * status: 0
 * out: clean up, held 1
 * out: destroy
 * out: cancelled 1
 * out: late 5
 * out: asked 1
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static pthread_key_t key;
static int steps;

static void clean_up(void *unused)
{
    (void)unused;
    printf("clean up, held %d\n", pthread_mutex_trylock(&mutex) == EBUSY);
    pthread_mutex_unlock(&mutex);
}

static void destroy(void *unused)
{
    (void)unused;
    puts("destroy");
}

static void *waits(void *unused)
{
    pthread_setspecific(key, &mutex);
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(clean_up, NULL);
    for (;;)
        pthread_cond_wait(&never, &mutex);
    pthread_cleanup_pop(1);
    return unused;
}

static void *not_now(void *unused)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    for (; steps < 5; steps++)
        usleep(1000);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    pthread_testcancel();
    return unused;
}

static void *asks(void *unused)
{
    (void)unused;
    for (;;) {
        pthread_testcancel();
        pthread_yield();
    }
}

static void *end_of(void *(*function)(void *))
{
    pthread_t thread;
    void *value;

    pthread_create(&thread, NULL, function, NULL);
    usleep(2000);
    pthread_cancel(thread);
    pthread_join(thread, &value);
    return value;
}

int main(void)
{
    int cancelled;

    pthread_key_create(&key, destroy);
    cancelled = end_of(waits) == PTHREAD_CANCELED;
    printf("cancelled %d\n", cancelled);
    if (end_of(not_now) == PTHREAD_CANCELED)
        printf("late %d\n", steps);
    printf("asked %d\n", end_of(asks) == PTHREAD_CANCELED);
    return 0;
}
