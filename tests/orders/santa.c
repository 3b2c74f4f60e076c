/*
 * santa.c -- he is woken by all the reindeer (here two), or by a group of elves
 * (two of four); the next elves wait until the group is gone (5.5).
 * Broken: they do not.
 * finds: nothing
 * finds with BROKEN: deadlock
 */
#include "puzzle.h"

static sem_t mutex, santa, hitched, helped, group;
static int reindeer, elves;

static void *is_woken(void *unused)
{
    for (int i = 0; i < 3; i++) {
        sem_wait(&santa);
        sem_wait(&mutex);
        if (reindeer == 2) {
            reindeer = 0;
            post_all(&hitched, 2);
        } else {
            post_all(&helped, 2);
        }
        sem_post(&mutex);
    }
    return unused;
}

static void *comes_back(void *unused)
{
    sem_wait(&mutex);
    if (++reindeer == 2)
        sem_post(&santa);
    sem_post(&mutex);
    sem_wait(&hitched);
    return unused;
}

static void *asks(void *unused)
{
#ifndef BROKEN
    sem_wait(&group);
#endif
    sem_wait(&mutex);
    if (++elves == 2)
        sem_post(&santa);
    else
        sem_post(&group);
    sem_post(&mutex);
    sem_wait(&helped);
    sem_wait(&mutex);
    if (--elves == 0)
        sem_post(&group);
    sem_post(&mutex);
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&santa, 0, 0);
    sem_init(&hitched, 0, 0);
    sem_init(&helped, 0, 0);
    sem_init(&group, 0, 1);
    return PUZZLE(is_woken, comes_back, comes_back, asks, asks, asks, asks);
}
