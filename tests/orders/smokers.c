/*
 * smokers.c -- each lacks two of three ingredients, which come in pairs; pushers
 * see which pair it is (4.5). Broken: smokers take one and wait for the other.
 * finds: nothing
 * finds with BROKEN: deadlock
 */
#include "puzzle.h"

enum {
    TOBACCO,
    PAPER,
    MATCH
};

static sem_t table, mutex, ingredient[3], both_but[3];
static int lies[3];

static void *agent(void *unused)
{
    static int agents;
    int missing = agents++;

    sem_wait(&table);
    sem_post(&ingredient[(missing + 1) % 3]);
    sem_post(&ingredient[(missing + 2) % 3]);
    return unused;
}

static void *pusher(void *unused)
{
    static int pushers;
    int mine = pushers++;

    for (int i = 0; i < 2; i++) {
        int other = (mine + 1) % 3, third = (mine + 2) % 3;

        sem_wait(&ingredient[mine]);
        sem_wait(&mutex);
        if (lies[other]) {
            lies[other]--;
            sem_post(&both_but[third]);
        } else if (lies[third]) {
            lies[third]--;
            sem_post(&both_but[other]);
        } else {
            lies[mine]++;
        }
        sem_post(&mutex);
    }
    return unused;
}

static void *smoker(void *unused)
{
    static int smokers;
    int has = smokers++;

#ifdef BROKEN
    sem_wait(&ingredient[(has + 1) % 3]);
    sem_wait(&ingredient[(has + 2) % 3]);
#else
    sem_wait(&both_but[has]);
#endif
    sem_post(&table);
    return unused;
}

int main(void)
{
    sem_init(&table, 0, 1);
    sem_init(&mutex, 0, 1);
    for (int i = 0; i < 3; i++) {
        sem_init(&ingredient[i], 0, 0);
        sem_init(&both_but[i], 0, 0);
    }
#ifdef BROKEN
    (void)pusher;
    return PUZZLE(agent, agent, agent, smoker, smoker, smoker);
#else
    return PUZZLE(agent, agent, agent, smoker, smoker, smoker, pusher, pusher,
                  pusher);
#endif
}
