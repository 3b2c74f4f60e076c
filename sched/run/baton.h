/*
 * baton.h -- something that one thread at a time has, and that any thread may
 * give back: a semaphore without a name. Systems that have none (macOS) have no
 * sem_timedwait either, by which they are known; there it is a number below a
 * mutex.
 */
#ifndef CONCVIZ_SCHED_RUN_BATON_H
#define CONCVIZ_SCHED_RUN_BATON_H

#include <stdbool.h>

#ifdef HAVE_SEM_TIMEDWAIT
#include <semaphore.h>

struct baton {
    sem_t semaphore;
};

static inline void baton_init(struct baton *baton, unsigned count)
{
    sem_init(&baton->semaphore, 0, count);
}

static inline void baton_fini(struct baton *baton)
{
    sem_destroy(&baton->semaphore);
}

static inline void baton_take(struct baton *baton)
{
    while (sem_wait(&baton->semaphore) != 0)
        continue; /* a signal */
}

/* Returns whether it is ours now. */
static inline bool baton_try(struct baton *baton)
{
    return sem_trywait(&baton->semaphore) == 0;
}

static inline void baton_give(struct baton *baton)
{
    sem_post(&baton->semaphore);
}
#else
#include <pthread.h>

struct baton {
    pthread_mutex_t mutex;
    pthread_cond_t given;
    unsigned count; /* under the mutex */
};

static inline void baton_init(struct baton *baton, unsigned count)
{
    pthread_mutex_init(&baton->mutex, NULL);
    pthread_cond_init(&baton->given, NULL);
    baton->count = count;
}

static inline void baton_fini(struct baton *baton)
{
    pthread_cond_destroy(&baton->given);
    pthread_mutex_destroy(&baton->mutex);
}

static inline void baton_take(struct baton *baton)
{
    pthread_mutex_lock(&baton->mutex);
    while (baton->count == 0)
        pthread_cond_wait(&baton->given, &baton->mutex);
    baton->count--;
    pthread_mutex_unlock(&baton->mutex);
}

static inline bool baton_try(struct baton *baton)
{
    bool ours;

    pthread_mutex_lock(&baton->mutex);
    ours = baton->count > 0;
    if (ours)
        baton->count--;
    pthread_mutex_unlock(&baton->mutex);
    return ours;
}

static inline void baton_give(struct baton *baton)
{
    pthread_mutex_lock(&baton->mutex);
    baton->count++;
    pthread_cond_signal(&baton->given);
    pthread_mutex_unlock(&baton->mutex);
}
#endif

#endif
