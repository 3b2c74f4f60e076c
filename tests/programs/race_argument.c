/*
 * race_argument.c -- all threads are given the address of the loop's own variable.
 * status: 0
 * out: 3 3 3
 */
#include <pthread.h>
#include <stdio.h>

static int said;

static void *number(void *argument)
{
    printf(++said < 3 ? "%d " : "%d\n", *(int *)argument);
    return NULL;
}

int main(void)
{
    pthread_t thread[3];
    int i;

    for (i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, number, &i);
    for (int j = 0; j < 3; j++)
        pthread_join(thread[j], NULL);
    return 0;
}
