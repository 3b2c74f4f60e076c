/*
 * access_calls_cxx.c -- see access_calls.h: a part of the archive that the linker
 * takes for C++ only.
 *
 * Objects that are initialised when they are first met have a guard, which the
 * run-time library opens and closes with atomic operations that we do not see.
 */
#include <stddef.h>

#include "sched/preload/access_calls.h"

/* delete */
void __real__ZdlPv(void *memory);
void __wrap__ZdlPv(void *memory);
void __wrap__ZdlPv(void *memory)
{
    access_calls_forget(memory);
    __real__ZdlPv(memory);
}

/* delete[] */
void __real__ZdaPv(void *memory);
void __wrap__ZdaPv(void *memory);
void __wrap__ZdaPv(void *memory)
{
    access_calls_forget(memory);
    __real__ZdaPv(memory);
}

/* delete with the size */
void __real__ZdlPvm(void *memory, size_t bytes);
void __wrap__ZdlPvm(void *memory, size_t bytes);
void __wrap__ZdlPvm(void *memory, size_t bytes)
{
    access_calls_forget(memory);
    __real__ZdlPvm(memory, bytes);
}

/* delete[] with the size */
void __real__ZdaPvm(void *memory, size_t bytes);
void __wrap__ZdaPvm(void *memory, size_t bytes);
void __wrap__ZdaPvm(void *memory, size_t bytes)
{
    access_calls_forget(memory);
    __real__ZdaPvm(memory, bytes);
}

/* Returns whether the caller has to initialise. */
int __real___cxa_guard_acquire(void *guard);
int __wrap___cxa_guard_acquire(void *guard);
int __wrap___cxa_guard_acquire(void *guard)
{
    int begins = __real___cxa_guard_acquire(guard);

    access_calls_order(guard, true);
    return begins;
}

void __real___cxa_guard_release(void *guard);
void __wrap___cxa_guard_release(void *guard);
void __wrap___cxa_guard_release(void *guard)
{
    access_calls_order(guard, false);
    __real___cxa_guard_release(guard);
}
