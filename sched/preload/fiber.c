/*
 * fiber.c -- making and burying the threads of the program.
 *
 * Stacks are slots of pools (coroutine/stack.h), one pool or more for each size.
 * Who asks for no size gets 8 MiB, as threads do, or what else is usual (ulimit
 * -s, pthread_setattr_default_np) if it is more: these are only addresses. From
 * the thousandth on it is 256 KiB, because a hundred thousand times 8 MiB would
 * not fit into what a process may address.
 */
#include "sched/preload/fiber.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/pages.h"
#include "sched/preload/tls_block.h"

enum {
    BUCKETS = 4096,
    POOLS = 64,
    CHUNK = 64, /* fibers found at a time */
    FEW = 1000, /* so many have the stacks of threads */
    PAGE = 4096,
    SLOTS_MAX = 32768,
};

static const size_t stack_few = (size_t)8 << 20, stack_many = (size_t)256 << 10;
static const size_t stack_most = (size_t)256 << 20; /* FEW fit into POOLS */
static const size_t pool_bytes = (size_t)8 << 30;

static struct {
    struct fiber main;
    struct fiber *current;
    struct fiber *first, *last; /* all that live */
    struct fiber *spare;        /* linked by next */
    struct fiber *hash[BUCKETS];
    struct {
        struct stack_pool *pool;
        size_t slot_bytes;
    } pool[POOLS];
    size_t pools, alive;
    int numbers;
} crew;

static struct fiber **bucket_of(pthread_t thread)
{
    return &crew.hash[(thread >> 6) % BUCKETS];
}

/* Into the list of all and the table by pthread_t. */
static void enlist(struct fiber *fiber)
{
    struct fiber **bucket = bucket_of((pthread_t)fiber->tls);

    fiber->number = ++crew.numbers;
    fiber->same_hash = *bucket;
    *bucket = fiber;
    fiber->older = crew.last;
    fiber->newer = NULL;
    if (crew.last)
        crew.last->newer = fiber;
    else
        crew.first = fiber;
    crew.last = fiber;
    crew.alive++;
}

static void discharge(struct fiber *fiber)
{
    struct fiber **link = bucket_of((pthread_t)fiber->tls);

    while (*link != fiber)
        link = &(*link)->same_hash;
    *link = fiber->same_hash;
    if (fiber->older)
        fiber->older->newer = fiber->newer;
    else
        crew.first = fiber->newer;
    if (fiber->newer)
        fiber->newer->older = fiber->older;
    else
        crew.last = fiber->older;
}

struct fiber *fiber_current(void)
{
    if (!crew.current) {
        crew.current = &crew.main;
        crew.main.tls = tls_block_current();
        kernel_call(SYS_rt_sigprocmask, SIG_BLOCK, 0,
                    kernel_call_pointer(&crew.main.masked),
                    KERNEL_CALL_SET_BYTES);
        enlist(&crew.main);
    }
    return crew.current;
}

void fiber_set_current(struct fiber *fiber)
{
    crew.current = fiber;
}

bool fiber_many(void)
{
    return crew.alive > 1;
}

size_t fiber_alive(void)
{
    return crew.alive;
}

struct fiber *fiber_first(void)
{
    return crew.first;
}

struct fiber *fiber_find(pthread_t thread)
{
    struct fiber *fiber;

    fiber_current();
    fiber = *bucket_of(thread);
    while (fiber && (pthread_t)fiber->tls != thread)
        fiber = fiber->same_hash;
    return fiber;
}

/* --- stacks --------------------------------------------------------------- */

/* The next power of two. */
static size_t slot_for(size_t bytes)
{
    size_t slot = 4 * PAGE;

    while (slot < bytes)
        slot *= 2;
    return slot;
}

static struct stack_pool *new_pool(size_t slot_bytes)
{
    size_t slots = pool_bytes / slot_bytes;
    struct stack_pool *pool = NULL;
    struct diag unused;

    if (slots > SLOTS_MAX)
        slots = SLOTS_MAX;
    if (slots == 0)
        slots = 1;
    if (crew.pools == POOLS ||
        stack_pool_new(&pool, slots, slot_bytes, &unused) != 0)
        return NULL;
    stack_pool_detach(pool); /* the program may fork, and counts its files */
    crew.pool[crew.pools].pool = pool;
    crew.pool[crew.pools++].slot_bytes = slot_bytes;
    return pool;
}

/* From a pool with such slots that has one, else from a new one. */
static int take_stack(struct fiber *fiber, size_t bytes)
{
    size_t slot_bytes = slot_for(bytes);
    struct diag unused;

    for (size_t i = 0; i < crew.pools; i++)
        if (crew.pool[i].slot_bytes == slot_bytes &&
            stack_take(crew.pool[i].pool, (uint32_t)fiber->number,
                       &fiber->stack, &unused) == 0) {
            fiber->pool = crew.pool[i].pool;
            return 0;
        }
    fiber->pool = new_pool(slot_bytes);
    if (!fiber->pool || stack_take(fiber->pool, (uint32_t)fiber->number,
                                   &fiber->stack, &unused) != 0)
        return EAGAIN;
    return 0;
}

/* What was asked for, or what threads get that did not ask. */
static int find_stack(struct fiber *fiber, const pthread_attr_t *attributes)
{
    size_t usual = stack_few, asked = 0;
    pthread_attr_t standard;
    void *low = NULL;

    if (pthread_getattr_default_np(&standard) == 0) {
        pthread_attr_getstacksize(&standard, &usual);
        pthread_attr_destroy(&standard);
    }
    if (attributes) {
        if (pthread_attr_getstack(attributes, &low, &asked) == 0 && asked &&
            (uintptr_t)low + asked != 0) { /* the program's own */
            fiber->stack = (struct stack){ low, asked };
            return 0;
        }
        asked = 0;
        pthread_attr_getstacksize(attributes, &asked);
    }
    if (asked && asked != usual)
        return take_stack(fiber, asked + PAGE);
    if (crew.alive >= FEW)
        return take_stack(fiber, stack_many);
    if (usual < stack_few)
        usual = stack_few;
    return take_stack(fiber, usual < stack_most ? usual : stack_most);
}

struct fiber *fiber_of_number(int number)
{
    struct fiber *fiber = crew.first;

    while (fiber && fiber->number != number)
        fiber = fiber->newer;
    return fiber;
}

struct fiber *fiber_of_guard(const void *address)
{
    uint32_t number;

    for (size_t i = 0; i < crew.pools; i++)
        if (stack_owner(crew.pool[i].pool, address, &number))
            return fiber_of_number((int)number);
    return NULL;
}

/* --- beginning and end ---------------------------------------------------- */

static struct fiber *blank_fiber(void)
{
    struct fiber *fiber = crew.spare;

    if (!fiber) {
        fiber = pages_new(CHUNK * sizeof *fiber);
        if (!fiber)
            return NULL;
        for (size_t i = 0; i + 1 < CHUNK; i++)
            fiber[i].next = &fiber[i + 1];
    }
    crew.spare = fiber->next;
    memset(fiber, 0, sizeof *fiber);
    return fiber;
}

static void scrap(struct fiber *fiber)
{
    fiber->next = crew.spare;
    crew.spare = fiber;
}

int fiber_new(struct fiber **result, const pthread_attr_t *attributes,
              void (*entry)(void *))
{
    struct fiber *fiber = blank_fiber();
    int state = PTHREAD_CREATE_JOINABLE, error;

    if (!fiber)
        return EAGAIN;
    fiber->number = crew.numbers + 1;
    error = find_stack(fiber, attributes);
    if (!error && !(fiber->tls = tls_block_new()))
        error = EAGAIN;
    if (error) {
        if (fiber->pool && fiber->stack.size)
            stack_give(fiber->pool, &fiber->stack);
        scrap(fiber);
        return error;
    }
    if (attributes)
        pthread_attr_getdetachstate(attributes, &state);
    fiber->detached = state == PTHREAD_CREATE_DETACHED;
    fiber->masked = crew.current->masked;
    context_make(&fiber->context, fiber->stack.low, fiber->stack.size, entry,
                 fiber);
    enlist(fiber);
    *result = fiber;
    return 0;
}

void fiber_ended(struct fiber *fiber)
{
    fiber->ended = true;
    crew.alive--;
}

void fiber_leave_stack(struct fiber *fiber)
{
    if (fiber->pool)
        stack_give(fiber->pool, &fiber->stack);
    fiber->pool = NULL;
}

void fiber_free(struct fiber *fiber)
{
    discharge(fiber);
    if (fiber == &crew.main)
        return;
    tls_block_free(fiber->tls);
    scrap(fiber);
}

/* Their stacks stay, as after any fork; the child may still look at what lies
 * there. */
void fiber_forget_others(void)
{
    for (struct fiber *f = crew.first, *newer; f; f = newer) {
        newer = f->newer;
        if (f != crew.current)
            discharge(f);
    }
    crew.alive = 1;
}
