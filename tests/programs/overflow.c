/*
 * overflow.c -- a thread that needs more stack than it has is named.
 * status: 70
 * err: ^concviz: thread digger overflowed its stack$
 */
#include <pthread.h>
#include <string.h>

static int dig(int depth)
{
    char bytes[1000];

    memset(bytes, depth, sizeof bytes);
    return depth < 0 ? 0 : dig(depth + 1) + bytes[depth % 1000];
}

static void *digger(void *unused)
{
    return dig(0) ? unused : NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, digger, NULL);
    return pthread_join(thread, NULL);
}
