/*
 * rare.c -- money is on its way between two accounts while nobody has the
 * lock; who counts it just then finds too little. The system lets that happen
 * once in tens of thousands of times: rare N tries it N times, and says how often.
 * finds: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int account[2], times;

static void add(int which, int sum)
{
    pthread_mutex_lock(&mutex);
    account[which] += sum;
    pthread_mutex_unlock(&mutex);
}

static void *transfers(void *unused)
{
    add(0, -1);
    add(1, 1);
    return unused;
}

static void *counts(void *wrong)
{
    pthread_mutex_lock(&mutex);
    if (times > 0)
        *(int *)wrong += account[0] + account[1] != 100;
    else
        assert(account[0] + account[1] == 100);
    pthread_mutex_unlock(&mutex);
    return wrong;
}

static void once(int *wrong)
{
    pthread_t thread[2];

    account[0] = 100;
    account[1] = 0;
    pthread_create(&thread[0], NULL, transfers, NULL);
    pthread_create(&thread[1], NULL, counts, wrong);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
}

int main(int argc, char **argv)
{
    int wrong = 0;

    times = argc > 1 ? atoi(argv[1]) : 0;
    for (int i = 0; i < (times ? times : 1); i++)
        once(&wrong);
    if (times)
        printf("%d\n", wrong);
    return 0;
}
