/*
 * access_hooks.h -- what a program compiled with `concviz cc` asks of us.
 *
 * The compiler calls a function before each access to memory that others may
 * see. Those functions (access_calls.c) are linked into the program and do
 * nothing but what it asks for; where our library is loaded they find this table
 * in it and call it, too.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_ACCESS_HOOKS_H
#define CONCVIZ_SCHED_PRELOAD_ACCESS_HOOKS_H

#include <stdbool.h>
#include <stddef.h>

struct access_seen;

/* The name changes whenever this changes, so that both fit or do not meet. */
#define ACCESS_HOOKS concviz_access_hooks_3

enum access_atomic {
    ACCESS_LOAD,
    ACCESS_STORE,
    ACCESS_UPDATE, /* load and store in one */
};

/* from is where in the program; order one of __ATOMIC_*. */
struct access_hooks {
    /* Once, before all others; returns whether leave is to be called. */
    bool (*begin)(void);
    /* Before an access, but those that are in there (access_seen_has). */
    const struct access_seen *seen;
    void (*touch)(const volatile void *address, size_t bytes, bool writes,
                  const void *from);
    /* Before an atomic operation, and after it. */
    void (*atomic)(const volatile void *address, size_t bytes,
                   enum access_atomic what, const void *from);
    void (*ordered)(const volatile void *address, enum access_atomic what,
                    int order);
    void (*fence)(int order);
    /* What lies there is no more: others may find the memory again. */
    void (*forget)(const volatile void *address, size_t bytes);
    /* As a lock does: what was before release is before acquire. */
    void (*acquire)(const volatile void *address);
    void (*release)(const volatile void *address);
    /* A function is left: what is on its stack is no more. */
    void (*leave)(void);
};

extern const struct access_hooks ACCESS_HOOKS;

#endif
