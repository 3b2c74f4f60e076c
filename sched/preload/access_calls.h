/*
 * access_calls.h -- for those calls that only programs in C++ have.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_ACCESS_CALLS_H
#define CONCVIZ_SCHED_PRELOAD_ACCESS_CALLS_H

#include <stdbool.h>

/* This memory is about to be given back. */
void access_calls_forget(void *memory);

/* What is before a release of object is before an acquire of it. */
void access_calls_order(const volatile void *object, bool acquires);

#endif
