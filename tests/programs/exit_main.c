/*
 * exit_main.c -- main ends as a thread; the program ends with the last one.
 * status: 0
 * out: main leaves
 * out: joined main
 * out: the last one
 * out: at exit
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_t first;

static void at_exit(void)
{
    puts("at exit");
}

static void *joiner(void *unused)
{
    pthread_join(first, NULL);
    puts("joined main");
    return unused;
}

static void *last(void *unused)
{
    usleep(20000);
    puts("the last one");
    return unused;
}

int main(void)
{
    pthread_t thread;

    first = pthread_self();
    atexit(at_exit);
    pthread_create(&thread, NULL, joiner, NULL);
    pthread_create(&thread, NULL, last, NULL);
    pthread_detach(thread);
    puts("main leaves");
    pthread_exit(NULL);
}
