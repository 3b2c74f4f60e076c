/*
 * stack.h -- stacks for coroutines: equal slots of one mapping.
 *
 * A slot is a guard, which no program may touch, and the stack above it:
 *
 *      low address                                        high address
 *      | guard | stack ···············<─ grows | guard | stack ··· | …
 *
 * The mapping only reserves addresses: a slot costs memory from the first byte
 * somebody writes to it, so a pool of 1,000,000 slots is as cheap as one of 10.
 * One thread at a time uses a pool, except where said.
 */
#ifndef CONCVIZ_SCHED_COROUTINE_STACK_H
#define CONCVIZ_SCHED_COROUTINE_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;
struct stack_pool;

enum {
    STACK_SLOT_BYTES = 64 * 1024, /* what a task gets, guard included */
};

struct stack {
    char *low; /* lowest byte that may be written */
    size_t size;
};

/*
 * Reserve addresses for this many slots of slot_bytes (a power of two, at
 * least two pages). On success *pool is yours: free it with stack_pool_free.
 * Else returns a negative errno value, with diag filled.
 */
int stack_pool_new(struct stack_pool **pool, size_t slots, size_t slot_bytes,
                   struct diag *diag);

/*
 * Say how stacks are guarded on this system: true with marks that cost no
 * mapping; false with mappings, of which there are few. *most is how many tasks
 * can have a stack at a time, 0: as many as there is memory for.
 */
bool stack_guards(size_t *most);

/* Keep no descriptor: each slot is begun by itself from now on. For a process
 * that may fork, or close what it has not opened. */
void stack_pool_detach(struct stack_pool *pool);

/* All stacks of the pool are gone then. NULL is fine. */
void stack_pool_free(struct stack_pool *pool);

/*
 * Take a free slot for owner, a number that means something to the caller.
 * Returns 0 and fills *stack, or a negative errno value with diag filled:
 * all slots are taken, or the system grants no more guards.
 */
int stack_take(struct stack_pool *pool, uint32_t owner, struct stack *stack,
               struct diag *diag);

/* Give a slot back; nobody may stand on it any more. */
void stack_give(struct stack_pool *pool, const struct stack *stack);

/*
 * Is address in the guard of a slot that is taken? Then *owner is its owner.
 * Any thread, also in a signal handler of a thread that runs on the pool.
 */
bool stack_owner(const struct stack_pool *pool, const void *address,
                 uint32_t *owner);

#endif
