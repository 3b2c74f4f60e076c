/*
 * attributes.c -- stacks as asked for, names, and what is known of a thread.
 * status: 0
 * out: big stack 1
 * out: own stack 1
 * out: asked 1
 * out: name sorter
 * out: too long 1
 * out: usual stack 1
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *memory;

static void *big(void *unused)
{
    char bytes[3 << 20];

    memset(bytes, 1, sizeof bytes);
    printf("big stack %d\n", bytes[12345]);
    return unused;
}

/* More than threads get that nobody has asked for. */
static void *usual(void *unused)
{
    char bytes[12 << 20];

    memset(bytes, 1, sizeof bytes);
    printf("usual stack %d\n", bytes[12345]);
    return unused;
}

static void *own(void *unused)
{
    char here;

    printf("own stack %d\n", &here >= memory && &here < memory + 65536);
    return unused;
}

static void *ask(void *unused)
{
    pthread_attr_t attributes;
    void *low;
    size_t size;
    char here, name[16];

    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &low, &size);
    printf("asked %d\n", &here >= (char *)low && &here < (char *)low + size);
    pthread_setname_np(pthread_self(), "sorter");
    pthread_getname_np(pthread_self(), name, sizeof name);
    printf("name %s\n", name);
    printf("too long %d\n",
           pthread_setname_np(pthread_self(), "longer than fits") == ERANGE);
    pthread_attr_destroy(&attributes);
    return unused;
}

static void run(const pthread_attr_t *attributes, void *(*function)(void *))
{
    pthread_t thread;

    if (pthread_create(&thread, attributes, function, NULL) == 0)
        pthread_join(thread, NULL);
}

int main(void)
{
    pthread_attr_t attributes;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 4 << 20);
    run(&attributes, big);
    memory = aligned_alloc(4096, 65536);
    pthread_attr_setstack(&attributes, memory, 65536);
    run(&attributes, own);
    run(NULL, ask);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 16 << 20);
    pthread_setattr_default_np(&attributes);
    run(NULL, usual);
    return 0;
}
