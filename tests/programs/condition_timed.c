/*
 * condition_timed.c -- waiting with a time, on both clocks; the mutex is held
 * again afterwards.
 * status: 0
 * out: realtime 1
 * out: monotonic 1
 * out: clockwait 1
 * out: bad time 1
 * out: held 1
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;

static void *nothing(void *unused)
{
    return unused;
}

static struct timespec soon(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    time.tv_nsec += 5000000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_nsec -= 1000000000;
        time.tv_sec++;
    }
    return time;
}

int main(void)
{
    pthread_cond_t real = PTHREAD_COND_INITIALIZER, monotonic;
    pthread_condattr_t attributes;
    struct timespec time;
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&monotonic, &attributes);
    pthread_mutex_lock(&mutex);
    time = soon(CLOCK_REALTIME);
    printf("realtime %d\n",
           pthread_cond_timedwait(&real, &mutex, &time) == ETIMEDOUT);
    time = soon(CLOCK_MONOTONIC);
    printf("monotonic %d\n",
           pthread_cond_timedwait(&monotonic, &mutex, &time) == ETIMEDOUT);
    time = soon(CLOCK_MONOTONIC);
    printf("clockwait %d\n",
           pthread_cond_clockwait(&real, &mutex, CLOCK_MONOTONIC, &time) ==
               ETIMEDOUT);
    time.tv_nsec = 1000000000;
    printf("bad time %d\n",
           pthread_cond_timedwait(&real, &mutex, &time) == EINVAL);
    printf("held %d\n", pthread_mutex_lock(&mutex) == EDEADLK);
    pthread_join(thread, NULL);
    return 0;
}
