/*
 * hog.c -- a thread that spins for what another one will do keeps the turn; it
 * is named, and the program goes on.
 * status: 0
 * out: given up 1
 * err: ^concviz: spinner computes for 2 s, and 1 wait; nobody takes the turn
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static volatile int flag;

static void *spinner(void *unused)
{
    struct timespec used = { 0, 0 };

    while (!flag && used.tv_sec < 4)
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    printf("given up %d\n", !flag);
    return unused;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, spinner, NULL);
    pthread_yield();
    flag = 1;
    return pthread_join(thread, NULL);
}
