/*
 * exit_thread.c -- a thread ends the whole program.
 * status: 7
 * out: bye
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *ender(void *unused)
{
    (void)unused;
    puts("bye");
    exit(7);
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, ender, NULL);
    pause();
    return 0;
}
