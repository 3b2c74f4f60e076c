/*
 * list.c -- searchers go along with anybody but deleters, inserters one at a time
 * (6.1). Broken: they come two at a time.
 * finds: nothing
 * finds with BROKEN: assertion
 */
#include "puzzle.h"

static sem_t inserts, no_searcher, no_inserter, mutex[2];
static int counted[2], searching, inserting, deleting;

static void enter(int kind, sem_t *nobody)
{
    sem_wait(&mutex[kind]);
    if (++counted[kind] == 1)
        sem_wait(nobody);
    sem_post(&mutex[kind]);
}

static void leave(int kind, sem_t *nobody)
{
    sem_wait(&mutex[kind]);
    if (--counted[kind] == 0)
        sem_post(nobody);
    sem_post(&mutex[kind]);
}

static void *searcher(void *unused)
{
    enter(0, &no_searcher);
    alone(&searching, 2);
    assert(!deleting);
    leave(0, &no_searcher);
    return unused;
}

static void *inserter(void *unused)
{
    enter(1, &no_inserter);
#ifndef BROKEN
    sem_wait(&inserts);
#endif
    alone(&inserting, 1);
    assert(!deleting);
#ifndef BROKEN
    sem_post(&inserts);
#endif
    leave(1, &no_inserter);
    return unused;
}

static void *deleter(void *unused)
{
    sem_wait(&no_searcher);
    sem_wait(&no_inserter);
    alone(&deleting, 1);
    assert(!searching && !inserting);
    sem_post(&no_inserter);
    sem_post(&no_searcher);
    return unused;
}

int main(void)
{
    sem_init(&inserts, 0, 1);
    sem_init(&no_searcher, 0, 1);
    sem_init(&no_inserter, 0, 1);
    sem_init(&mutex[0], 0, 1);
    sem_init(&mutex[1], 0, 1);
    return PUZZLE(searcher, inserter, deleter, inserter, searcher);
}
