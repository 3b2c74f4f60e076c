/*
 * threads.c -- a program whose threads have the names that it finds on standard
 * input, each ended by NUL, and print them.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *say(void *text)
{
    char name[16] = "";

    memcpy(name, text, strnlen(text, sizeof name - 1));
    pthread_setname_np(pthread_self(), name);
    pthread_mutex_lock(&lock);
    puts(text);
    fputs(text, stderr);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    static char bytes[1 << 22];
    size_t length = fread(bytes, 1, sizeof bytes - 1, stdin);

    for (char *at = bytes; at < bytes + length; at += strlen(at) + 1) {
        pthread_t thread;

        pthread_create(&thread, NULL, say, at);
        pthread_join(thread, NULL);
    }
    return 0;
}
