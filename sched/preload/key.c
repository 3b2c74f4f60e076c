/*
 * key.c -- a table of keys, and an array of values in each fiber that has any.
 *
 * A key that is deleted and made again is another one: each value remembers
 * which one it was stored for.
 */
#include "sched/preload/key.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <threads.h>

#include "sched/preload/fiber.h"
#include "sched/preload/other_name.h"
#include "sched/preload/pages.h"

enum {
    KEYS = PTHREAD_KEYS_MAX
};

struct key_value {
    void *value;
    uint64_t made; /* the key's number when it was stored */
};

static struct {
    struct {
        uint64_t made; /* 0: free */
        void (*destroy)(void *value);
    } key[KEYS];
    uint64_t made;
} keys;

static size_t values_bytes(void)
{
    return KEYS * sizeof(struct key_value);
}

static bool exists(pthread_key_t key)
{
    return key < KEYS && keys.key[key].made;
}

int pthread_key_create(pthread_key_t *key, void (*destroy)(void *value))
{
    for (pthread_key_t i = 0; i < KEYS; i++)
        if (!keys.key[i].made) {
            keys.key[i].made = ++keys.made;
            keys.key[i].destroy = destroy;
            *key = i;
            return 0;
        }
    return EAGAIN;
}

int pthread_key_delete(pthread_key_t key)
{
    if (!exists(key))
        return EINVAL;
    keys.key[key].made = 0;
    return 0;
}

void *pthread_getspecific(pthread_key_t key)
{
    const struct key_value *value = fiber_current()->value_of;

    if (!value || !exists(key) || value[key].made != keys.key[key].made)
        return NULL;
    return value[key].value;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
    struct fiber *me = fiber_current();

    if (!exists(key))
        return EINVAL;
    if (!me->value_of && !(me->value_of = pages_new(values_bytes())))
        return ENOMEM;
    me->value_of[key] = (struct key_value){ (void *)(uintptr_t)value,
                                            keys.key[key].made };
    return 0;
}

/* Returns whether there was anything. */
static bool destroy_once(struct fiber *running)
{
    bool any = false;

    for (pthread_key_t i = 0; i < KEYS; i++) {
        void *value = pthread_getspecific(i);

        if (!value)
            continue;
        running->value_of[i].value = NULL;
        if (keys.key[i].destroy) {
            any = true;
            keys.key[i].destroy(value);
        }
    }
    return any;
}

void key_destroy_values(struct fiber *running)
{
    int rounds = 0;

    if (!running->value_of)
        return;
    while (rounds++ < PTHREAD_DESTRUCTOR_ITERATIONS && destroy_once(running))
        ;
    munmap(running->value_of, values_bytes());
    running->value_of = NULL;
}

/* --- other names of the same ---------------------------------------------- */

int tss_create(tss_t *key, tss_dtor_t destroy)
{
    return pthread_key_create(key, destroy) == 0 ? thrd_success : thrd_error;
}

void tss_delete(tss_t key)
{
    pthread_key_delete(key);
}

void *tss_get(tss_t key)
{
    return pthread_getspecific(key);
}

int tss_set(tss_t key, void *value)
{
    return pthread_setspecific(key, value) == 0 ? thrd_success : thrd_error;
}

OTHER_NAME(__pthread_key_create, pthread_key_create);
OTHER_NAME(__pthread_setspecific, pthread_setspecific);
OTHER_NAME(__pthread_getspecific, pthread_getspecific);
