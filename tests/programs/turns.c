/*
 * turns.c -- first in line, first served: stepping aside is a round dance.
 * status: 0
 * out: A B C A B C A B C
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static int said;

static void *dancer(void *name)
{
    for (int i = 0; i < 3; i++) {
        printf(++said < 9 ? "%s " : "%s\n", (char *)name);
        sched_yield();
    }
    return NULL;
}

int main(void)
{
    char *name[3] = { "A", "B", "C" };
    pthread_t thread[3];

    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, dancer, name[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
