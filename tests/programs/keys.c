/*
 * keys.c -- each thread has its own value of a key; destructors run, again if one
 * stores something.
 * status: 0
 * out: none yet 1
 * out: destroyed 2 then 1
 * out: a new key has no old value 1
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t key;
static int destroyed, again;

static void destroy(void *value)
{
    destroyed++;
    if (value == &again && again++ == 0)
        pthread_setspecific(key, &destroyed);
}

static void *owner(void *value)
{
    if (pthread_getspecific(key) == NULL)
        pthread_setspecific(key, value);
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_key_create(&key, destroy);
    printf("none yet %d\n", pthread_getspecific(key) == NULL);
    pthread_setspecific(key, "main");
    pthread_create(&thread, NULL, owner, &again);
    pthread_join(thread, NULL);
    printf("destroyed %d then %d\n", destroyed, again);
    pthread_key_delete(key);
    pthread_key_create(&key, NULL);
    printf("a new key has no old value %d\n", pthread_getspecific(key) == NULL);
    return 0;
}
