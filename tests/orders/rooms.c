/*
 * rooms.c -- Morris's mutex, in which nobody starves: two rooms before the door,
 * and only one of them is open (4.3).
 * Broken: who leaves always opens the first one.
 * finds: nothing
 * finds with BROKEN: deadlock
 */
#include "puzzle.h"

static sem_t mutex, first, second;
static int in_first, in_second, inside;

static void *visits(void *unused)
{
    sem_wait(&mutex);
    in_first++;
    sem_post(&mutex);
    sem_wait(&first);
    in_second++;
    sem_wait(&mutex);
    in_first--;
    sem_post(&mutex);
    sem_post(in_first == 0 ? &second : &first);
    sem_wait(&second);
    in_second--;
    alone(&inside, 1);
#ifdef BROKEN
    sem_post(&first);
#else
    sem_post(in_second == 0 ? &first : &second);
#endif
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&first, 0, 1);
    sem_init(&second, 0, 0);
    return PUZZLE(visits, visits, visits);
}
