/*
 * mutex_kinds.c -- each kind of mutex answers as POSIX says.
 * status: 0
 * out: normal busy 1
 * out: recursive 0 0 other 1
 * out: errorcheck deadlock 1 not owner 1
 * out: timed 1 1
 * out: robust 1 0 again 0
 * out: lost 1
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex[4];

static void *try_lock(void *which)
{
    return (void *)(long)pthread_mutex_trylock(which);
}

static void *die_with(void *which)
{
    pthread_mutex_lock(which);
    return NULL;
}

static long in_thread(void *(*function)(void *), void *argument)
{
    pthread_t thread;
    void *value;

    pthread_create(&thread, NULL, function, argument);
    pthread_join(thread, &value);
    return (long)value;
}

static void make(int i, int type, int robust)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, type);
    pthread_mutexattr_setrobust(&attributes, robust);
    pthread_mutex_init(&mutex[i], &attributes);
}

static void *unlock(void *which)
{
    return (void *)(long)pthread_mutex_unlock(which);
}

static void *lock_timed(void *which)
{
    struct timespec time;
    int real, monotonic;

    clock_gettime(CLOCK_REALTIME, &time);
    real = pthread_mutex_timedlock(which, &time);
    clock_gettime(CLOCK_MONOTONIC, &time);
    monotonic = pthread_mutex_clocklock(which, CLOCK_MONOTONIC, &time);
    printf("timed %d %d\n", real == ETIMEDOUT, monotonic == ETIMEDOUT);
    return NULL;
}

int main(void)
{
    make(0, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_STALLED);
    make(1, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_STALLED);
    make(2, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_STALLED);
    make(3, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST);

    pthread_mutex_lock(&mutex[0]);
    printf("normal busy %d\n", in_thread(try_lock, &mutex[0]) == EBUSY);

    pthread_mutex_lock(&mutex[1]);
    printf("recursive %d", pthread_mutex_lock(&mutex[1]));
    printf(" %d", pthread_mutex_unlock(&mutex[1]));
    printf(" other %d\n", in_thread(try_lock, &mutex[1]) == EBUSY);

    pthread_mutex_lock(&mutex[2]);
    printf("errorcheck deadlock %d", pthread_mutex_lock(&mutex[2]) == EDEADLK);
    printf(" not owner %d\n", in_thread(unlock, &mutex[2]) == EPERM);
    in_thread(lock_timed, &mutex[0]);

    in_thread(die_with, &mutex[3]);
    printf("robust %d", pthread_mutex_lock(&mutex[3]) == EOWNERDEAD);
    printf(" %d", pthread_mutex_consistent(&mutex[3]));
    pthread_mutex_unlock(&mutex[3]);
    printf(" again %d\n", pthread_mutex_lock(&mutex[3]));
    pthread_mutex_unlock(&mutex[3]);
    in_thread(die_with, &mutex[3]);
    pthread_mutex_lock(&mutex[3]);
    pthread_mutex_unlock(&mutex[3]);
    printf("lost %d\n", pthread_mutex_lock(&mutex[3]) == ENOTRECOVERABLE);
    return 0;
}
