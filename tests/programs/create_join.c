/*
 * create_join.c -- threads are created and joined, and their values arrive.
 * status: 3
 * out: 0 1 4
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static void *square(void *number)
{
    intptr_t n = (intptr_t)number;

    return (void *)(n * n);
}

int main(void)
{
    pthread_t thread[3];
    void *value[3];

    for (intptr_t i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, square, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], &value[i]);
    printf("%d %d %d\n", (int)(intptr_t)value[0], (int)(intptr_t)value[1],
           (int)(intptr_t)value[2]);
    return 3;
}
