/*
 * race_lazy.c -- made when first needed, by two at once.
 * status: 0
 * out: made 2
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static int ready, made;

static void *user(void *unused)
{
    if (!ready) {
        made++;
        sched_yield();
        ready = 1;
    }
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, user, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    printf("made %d\n", made);
    return 0;
}
