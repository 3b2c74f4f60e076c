/*
 * river.c -- a boat for four, who are never one against three (5.7).
 * Broken: the captain rows before all have boarded.
 * finds: nothing
 * finds with BROKEN: assertion
 */
#include "puzzle.h"

static sem_t mutex, queue[2], boarded;
static int waiting[2], aboard;

/* Who completes a boat is its captain, and keeps the others from the quay. */
static void crosses(int mine, int other)
{
    int captain = 1;

    sem_wait(&mutex);
    if (++waiting[mine] == 4) {
        waiting[mine] = 0;
        post_all(&queue[mine], 4);
    } else if (waiting[mine] == 2 && waiting[other] >= 2) {
        waiting[mine] = 0;
        waiting[other] -= 2;
        post_all(&queue[mine], 2);
        post_all(&queue[other], 2);
    } else {
        captain = 0;
        sem_post(&mutex);
    }
    sem_wait(&queue[mine]);
    aboard++;
    if (!captain) {
        sem_post(&boarded);
        return;
    }
#ifndef BROKEN
    for (int i = 0; i < 3; i++)
        sem_wait(&boarded);
#endif
    assert(aboard == 4);
    aboard = 0;
    sem_post(&mutex);
}

static void *hacker(void *unused)
{
    crosses(0, 1);
    return unused;
}

static void *serf(void *unused)
{
    crosses(1, 0);
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&queue[0], 0, 0);
    sem_init(&queue[1], 0, 0);
    sem_init(&boarded, 0, 0);
    return PUZZLE(hacker, serf, hacker, serf, hacker, serf, hacker, serf);
}
