/*
 * real.c -- where the functions are that we stand in front of.
 *
 * Conditions have two versions, and dlsym returns the old one, whose objects are
 * of another form: hence their version by name. Others may call us before our
 * constructor has run, and several threads at once: all of them find the same.
 */
#include "sched/recorder/real.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>

struct real real;

static void *find(const char *name, const char *version)
{
    void *found = NULL;

#ifdef __x86_64__
    if (version)
        found = dlvsym(RTLD_NEXT, name, version);
#else
    (void)version;
#endif
    return found ? found : dlsym(RTLD_NEXT, name);
}

void real_find(void)
{
    static bool done;

    if (__atomic_load_n(&done, __ATOMIC_ACQUIRE))
        return;
#define X(name, version) *(void **)&real.name = find(#name, version);
    REAL_TABLE(X)
#undef X
    __atomic_store_n(&done, true, __ATOMIC_RELEASE);
}
