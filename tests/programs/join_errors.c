/*
 * join_errors.c -- what joining refuses, and joining with a time.
 * status: 0
 * out: itself 1
 * out: detached 1
 * out: too early 1 busy 1
 * out: in time 0
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void *nap(void *unused)
{
    usleep(20000);
    return unused;
}

int main(void)
{
    pthread_t thread, detached;
    struct timespec time;

    printf("itself %d\n", pthread_join(pthread_self(), NULL) == EDEADLK);
    pthread_create(&detached, NULL, nap, NULL);
    pthread_detach(detached);
    printf("detached %d\n", pthread_join(detached, NULL) == EINVAL);
    pthread_create(&thread, NULL, nap, NULL);
    clock_gettime(CLOCK_REALTIME, &time);
    printf("too early %d busy %d\n",
           pthread_timedjoin_np(thread, NULL, &time) == ETIMEDOUT,
           pthread_tryjoin_np(thread, NULL) == EBUSY);
    time.tv_sec += 20;
    printf("in time %d\n", pthread_timedjoin_np(thread, NULL, &time));
    return 0;
}
