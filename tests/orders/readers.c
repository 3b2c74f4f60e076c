/*
 * readers.c -- readers and a writer; the first reader takes the room for all,
 * the last gives it back (The Little Book of Semaphores, 4.2).
 * finds: nothing
 * finds with NO_MUTEX: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

static sem_t empty, mutex;
static int readers, reading, writing;

static void protect(void)
{
#ifndef NO_MUTEX
    sem_wait(&mutex);
#endif
}

static void unprotect(void)
{
#ifndef NO_MUTEX
    sem_post(&mutex);
#endif
}

static void *reads(void *unused)
{
    int first, last;

    protect();
    first = ++readers == 1;
    if (first)
        sem_wait(&empty);
    unprotect();
    reading++;
    assert(!writing);
    sched_yield();
    assert(!writing);
    reading--;
    protect();
    last = --readers == 0;
    if (last)
        sem_post(&empty);
    unprotect();
    return unused;
}

static void *writes(void *unused)
{
    sem_wait(&empty);
    writing++;
    assert(!reading);
    sched_yield();
    assert(!reading);
    writing--;
    sem_post(&empty);
    return unused;
}

int main(void)
{
    pthread_t thread[3];

    sem_init(&empty, 0, 1);
    sem_init(&mutex, 0, 1);
    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, i < 2 ? reads : writes, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
