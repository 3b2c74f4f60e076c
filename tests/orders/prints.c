/*
 * prints.c -- who prints first is free; what is printed is not.
 * finds: nothing
 * says: "reordered":[1-9]
 * finds with TWICE: output
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *last;

static void *prints(void *name)
{
    pthread_mutex_lock(&mutex);
#ifdef TWICE
    if (last)
        name = (void *)last;
#endif
    last = name;
    puts(name);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

int main(void)
{
    pthread_t thread[2];

    pthread_create(&thread[0], NULL, prints, "one");
    pthread_create(&thread[1], NULL, prints, "two");
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    puts("both");
    return 0;
}
