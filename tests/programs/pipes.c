/*
 * pipes.c -- who reads an empty pipe, or writes more than one holds, waits alone.
 * status: 0
 * out: first x
 * out: bytes 1000000
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int end[2], big[2];

static void *first_reader(void *unused)
{
    char byte = '?';

    if (read(end[0], &byte, 1) == 1)
        printf("first %c\n", byte);
    return unused;
}

static void *big_writer(void *unused)
{
    char *bytes = calloc(1000000, 1);

    if (write(big[1], bytes, 1000000) == 1000000)
        close(big[1]);
    free(bytes);
    return unused;
}

int main(void)
{
    pthread_t reader, writer;
    static char bytes[4096];
    size_t sum = 0;

    if (pipe(end) != 0 || pipe(big) != 0)
        return 1;
    pthread_create(&reader, NULL, first_reader, NULL);
    usleep(2000);
    if (write(end[1], "x", 1) != 1)
        return 1;
    pthread_join(reader, NULL);
    pthread_create(&writer, NULL, big_writer, NULL);
    for (ssize_t got; (got = read(big[0], bytes, sizeof bytes)) > 0;)
        sum += (size_t)got;
    pthread_join(writer, NULL);
    printf("bytes %zu\n", sum);
    return 0;
}
