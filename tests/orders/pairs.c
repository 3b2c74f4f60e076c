/*
 * pairs.c -- leaders and followers: two dance, and then the next two (3.8).
 * Broken: the leader makes room before the partner has danced.
 * finds: nothing
 * finds with BROKEN: assertion
 */
#include "puzzle.h"

static sem_t mutex, leaders_wait, followers_wait, danced;
static int leaders, followers, floor_[2];

static void *leader(void *unused)
{
    sem_wait(&mutex);
    if (followers > 0) {
        followers--;
        sem_post(&followers_wait);
    } else {
        leaders++;
        sem_post(&mutex);
        sem_wait(&leaders_wait);
    }
    alone(&floor_[0], 1);
#ifndef BROKEN
    sem_wait(&danced);
#endif
    sem_post(&mutex);
    return unused;
}

static void *follower(void *unused)
{
    sem_wait(&mutex);
    if (leaders > 0) {
        leaders--;
        sem_post(&leaders_wait);
    } else {
        followers++;
        sem_post(&mutex);
        sem_wait(&followers_wait);
    }
    alone(&floor_[1], 1);
    sem_post(&danced);
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&leaders_wait, 0, 0);
    sem_init(&followers_wait, 0, 0);
    sem_init(&danced, 0, 0);
    return PUZZLE(leader, leader, follower, follower);
}
