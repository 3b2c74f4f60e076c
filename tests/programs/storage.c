/*
 * storage.c -- thread-local variables and errno are each thread's own, new for each
 * thread, and their addresses can be kept.
 * status: 0
 * out: 100 threads, wrong 0
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local int number = 42;
static _Thread_local char text[3000];
static int wrong;

static void *owner(void *argument)
{
    int *kept = &number, mine = (int)(long)argument;

    if (number != 42 || text[0] || text[2999])
        wrong++;
    number = mine;
    memset(text, mine, sizeof text);
    errno = mine;
    free(malloc(100));
    for (int i = 0; i < 10; i++) {
        sched_yield();
        if (*kept != mine || number != mine || text[1500] != (char)mine ||
            errno != mine)
            wrong++;
    }
    return NULL;
}

int main(void)
{
    pthread_t thread[50];

    for (int round = 0; round < 2; round++) {
        for (long i = 0; i < 50; i++)
            pthread_create(&thread[i], NULL, owner, (void *)(i + 1));
        for (int i = 0; i < 50; i++)
            pthread_join(thread[i], NULL);
    }
    printf("100 threads, wrong %d\n", wrong + (number != 42));
    return 0;
}
