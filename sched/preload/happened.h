/*
 * happened.h -- what of other threads has happened before, for certain.
 *
 * Vector clocks: each thread counts the points at which it tells others
 * something, and knows up to which count it has heard of each. An access is
 * ordered before us if we have heard of its thread's count then. (L. Lamport,
 * "Time, clocks, and the ordering of events in a distributed system", CACM
 * 1978; C. Flanagan and S. Freund, "FastTrack", PLDI 2009.)
 *
 * Only where somebody has asked for it; else a call is a look at happened_on.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_HAPPENED_H
#define CONCVIZ_SCHED_PRELOAD_HAPPENED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fiber;

enum {
    HAPPENED_THREADS = 128 /* at a time; of more nothing is known */
};

extern bool happened_on __attribute__((visibility("hidden")));

/* Has there ever been a second thread? */
extern bool happened_many __attribute__((visibility("hidden")));

/* Begin; the program's main thread is the only one. */
void happened_begin(void);

/* Nothing is known any more: the child of a fork, or too many threads. */
void happened_forget(void);

/* The number of a fiber among HAPPENED_THREADS, which is in its ->clock, and
 * its count now, from 1. */
uint32_t happened_count(const struct fiber *fiber);

/* Has fiber heard of this count of the one with this clock? */
bool happened_before(size_t clock, uint32_t count, const struct fiber *fiber);

/* Who has this clock. 0: nobody any more. */
int happened_owner(size_t clock);

/* The running fiber has made this one; it has seen the end of this one. */
void happened_created(struct fiber *fiber);
void happened_joined(const struct fiber *fiber);

/*
 * The running fiber tells, or hears, through this object. A semaphore or a
 * barrier adds what is told; a lock could as well forget the older, since who
 * tells has heard it.
 */
void happened_release(const volatile void *object);
void happened_acquire(const volatile void *object);

/* Atomic operations and fences, of an order of __ATOMIC_*, as C11 has it. */
void happened_load(const volatile void *object, int order);
void happened_store(const volatile void *object, int order);
void happened_update(const volatile void *object, int order);
void happened_fence(int order);

#endif
